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
    public async Task<QuickSwab> Begin(QuickSwabOrder order, DateTime collectedAt, string permission, CancellationToken cancellation)
    {
        var point = (await points.One(permission, order.PointCode, cancellation)).CheckAtWork(collectedAt);
        var patient = await Find(order, cancellation);
        patient.CheckAlive();
        var day = region.DayOf(collectedAt);
        var device = await devices.Find(order.DeviceJrc, day, cancellation)
            ?? throw Invalid(nameof(order.DeviceJrc), "Il dispositivo non è nell'elenco comune europeo.");
        var swab = QuickSwab.Begin(
            order.Id, patient, point, new(device, order.Lot!.Trim().ToUpperInvariant(), order.KitExpiry!.Value), new(order.Symptoms, order.SymptomsSince, order.Link), collectedAt, day, Act());
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
    private async Task<PatientSummary> Find(QuickSwabOrder person, CancellationToken cancellation)
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
            new EnterPerson(StableId.Of(person.Id, "person"), code, person.FamilyName, person.GivenName, null, person.BirthDate, person.Residence, person.Email, person.Phone), cancellation);
    }

    private static ValidationException Invalid(string field, string says) => new([new ValidationFailure(field, says)]);
}
