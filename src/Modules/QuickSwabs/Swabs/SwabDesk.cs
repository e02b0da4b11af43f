using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Devices;
using Platform.QuickSwabs.Points;
using Platform.Testing.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>Beginning a test and giving it its result, alike on the screen, from the API and from a desk that was off line.</summary>
internal sealed class SwabDesk(QuickSwabsDb db, DeviceList devices, PointBook points, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock)
{
    /// <param name="collectedAt">UTC.</param>
    public async Task<QuickSwab> Begin(Guid id, PersonThere person, SwabDone done, DateTime collectedAt, string permission, CancellationToken cancellation)
    {
        var point = (await points.One(permission, done.PointCode, cancellation)).CheckAtWork(collectedAt);
        var patient = await Find(id, person, cancellation);
        patient.CheckAlive();
        var day = region.DayOf(collectedAt);
        var device = await devices.Find(done.DeviceJrc, day, cancellation)
            ?? throw Invalid(nameof(done.DeviceJrc), "Il dispositivo non è nell'elenco comune europeo.");
        var swab = QuickSwab.Begin(
            id, patient, point, new(device, done.Lot!.Trim().ToUpperInvariant(), done.KitExpiry!.Value), new(done.Symptoms, done.SymptomsSince, done.Link), collectedAt, day, Act());
        db.Swabs.Add(swab);
        return swab;
    }

    /// <summary>A positive that is to be confirmed opens its molecular request before its result is saved: repeated, it finds the same request.</summary>
    public async Task Read(QuickSwab swab, QuickSwabResult result, DateTime readAt, CancellationToken cancellation)
    {
        swab.CheckReadable(readAt);
        var (meaning, request) = await Follow(swab, result, cancellation);
        swab.Read(result, readAt, meaning, request, Act());
        if (result != QuickSwabResult.Invalid)
            db.Tell(new QuickSwabRecorded(swab.Facts(NameOf(swab))));
    }

    public async Task Correct(QuickSwab swab, QuickSwabResult result, string reason, CancellationToken cancellation)
    {
        swab.CheckCorrectable();
        var former = swab.Result!.Value;
        var (meaning, request) = await Follow(swab, result, cancellation);
        swab.Correct(result, reason, meaning, request, Act());
        // Of an invalid one nobody has heard yet.
        if (former == QuickSwabResult.Invalid)
            db.Tell(new QuickSwabRecorded(swab.Facts(NameOf(swab))));
        else
            db.Tell(new QuickSwabCorrected(swab.Facts(NameOf(swab)), former));
    }

    public Act Act() => new(clock.GetUtcNow().UtcDateTime, user.Id, user.DisplayName);

    private string NameOf(QuickSwab swab) => region.QuickSwabs.FindPoint(swab.PointCode)?.Name ?? swab.PointCode;

    private async Task<(PositiveMeaning, Guid?)> Follow(QuickSwab swab, QuickSwabResult result, CancellationToken cancellation)
    {
        var meaning = region.QuickSwabs.MeaningOf(region.DayOf(swab.CollectedAt), swab.Symptoms, swab.Link);
        // Of a result that turned positive again, another request than the one that was withdrawn.
        Guid? request = result == QuickSwabResult.Positive && meaning == PositiveMeaning.Molecular
            ? await mediator.Send(new AskConfirmation(StableId.Of(swab.Id, $"confirmation {swab.Told}"), swab.PatientId!.Value, swab.SymptomsSince), cancellation)
            : null;
        return (meaning, request);
    }

    /// <summary>Whoever is there shows her card: known by its code, or entered in the registry now.</summary>
    private async Task<PatientSummary> Find(Guid id, PersonThere person, CancellationToken cancellation)
    {
        var code = PersonCode.Tidy(person.FiscalCode);
        var known = await mediator.Send(new PatientsByIdentity(code, null, null, null), cancellation);
        if (known.Count > 1)
            throw new Refusal("several-people", "Più persone hanno questo codice: la sua ASL deve chiarire chi è.");
        if (known is [var one])
        {
            // A slip of the scanner must not put a test on another person.
            if ((person.BirthDate is { } born && born != one.BirthDate)
                || (person.FamilyName is { Length: > 0 } family && SearchText.Of(family) != SearchText.Of(one.FamilyName) && SearchText.Of(one.FamilyName) != SearchText.Of(person.GivenName ?? "")))
                throw new Refusal("other-person", "Cognome o data di nascita non sono quelli della persona con questo codice: controlli il documento.") { Kind = RefusalKind.Unprocessable };
            return one;
        }

        if (string.IsNullOrWhiteSpace(person.FamilyName) || string.IsNullOrWhiteSpace(person.GivenName) || string.IsNullOrWhiteSpace(person.Residence))
        {
            throw new ValidationException(
                new (string Field, string? Value, string Says)[]
                {
                    (nameof(person.FamilyName), person.FamilyName, "La persona non è in anagrafe: scriva il cognome."),
                    (nameof(person.GivenName), person.GivenName, "La persona non è in anagrafe: scriva il nome."),
                    (nameof(person.Residence), person.Residence, "La persona non è in anagrafe: scriva il comune di residenza."),
                }.Where(f => string.IsNullOrWhiteSpace(f.Value)).Select(f => new ValidationFailure(f.Field, f.Says)));
        }

        return await mediator.Send(
            new EnterPerson(StableId.Of(id, "person"), code, person.FamilyName, person.GivenName, null, person.BirthDate, person.Residence, person.Email, person.Phone), cancellation);
    }

    private static ValidationException Invalid(string field, string says) => new([new ValidationFailure(field, says)]);
}

/// <summary>Who stands at the desk, as her documents say.</summary>
internal sealed record PersonThere(
    string? FiscalCode, string? FamilyName, string? GivenName, DateOnly? BirthDate, string? Residence, string? Email, string? Phone);

/// <summary>Where and with what the test is done.</summary>
internal sealed record SwabDone(string? PointCode, string? DeviceJrc, string? Lot, DateOnly? KitExpiry, bool Symptoms, DateOnly? SymptomsSince, bool Link);

internal static class Rules
{
    public static void Person<T>(AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, string?>> code)
    {
        validator.RuleFor(code).NotEmpty().WithMessage("Scriva il codice fiscale, o il codice STP o ENI.").MaximumLength(20).WithMessage("Il codice è troppo lungo.");
    }

    public static void Kit<T>(
        AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, string?>> point, System.Linq.Expressions.Expression<Func<T, string?>> device,
        System.Linq.Expressions.Expression<Func<T, string?>> lot, System.Linq.Expressions.Expression<Func<T, DateOnly?>> expiry)
    {
        validator.RuleFor(point).NotEmpty().WithMessage("Scelga il punto.");
        validator.RuleFor(device).NotEmpty().WithMessage("Scelga il dispositivo.");
        validator.RuleFor(lot).NotEmpty().WithMessage("Scriva il lotto del kit.").MaximumLength(QuickSwab.LotLength).WithMessage("Al massimo 40 caratteri.");
        validator.RuleFor(expiry).NotNull().WithMessage("Indichi la scadenza del kit.");
    }
}
