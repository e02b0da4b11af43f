using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.QuickSwabs.Collecting;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Preregistrations;

/// <summary>Somebody writes down at home what the desk would type. Nothing is looked up: whoever writes learns nothing of anybody.</summary>
/// <returns>The code of her square.</returns>
[OpenToAll("She has no account and writes of herself; it is sealed, seen only by the desk that scans her square, and gone after some days.")]
internal sealed record RegisterMyself : ICommand<string>
{
    public string? FiscalCode { get; init; }
    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }
    public DateOnly? BirthDate { get; init; }
    public string? Residence { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public bool Symptoms { get; init; }
    public DateOnly? SymptomsSince { get; init; }
    public bool Link { get; init; }

    /// <summary>Network address, set by the page.</summary>
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<RegisterMyself>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(c => c.FiscalCode).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("Scriva il codice fiscale, o il codice STP o ENI.")
                .Must(code => PersonCode.KindOf(code) is IdentityKind.FiscalCode or IdentityKind.Stp or IdentityKind.Eni or IdentityKind.NumericCode).WithMessage("Il codice non è scritto bene: lo copi dalla tessera.");
            RuleFor(c => c.FamilyName).NotEmpty().WithMessage("Scriva il cognome.").MaximumLength(Preregistration.NameLength).WithMessage("Al massimo 80 caratteri.");
            RuleFor(c => c.GivenName).NotEmpty().WithMessage("Scriva il nome.").MaximumLength(Preregistration.NameLength).WithMessage("Al massimo 80 caratteri.");
            RuleFor(c => c.BirthDate).NotNull().WithMessage("Indichi la data di nascita.")
                .Must(day => day is null || day <= region.DayOf(clock.GetUtcNow())).WithMessage("La data di nascita non può essere nel futuro.");
            RuleFor(c => c.Residence).MaximumLength(80).WithMessage("Al massimo 80 caratteri.");
            RuleFor(c => c.Email).MaximumLength(120).WithMessage("Al massimo 120 caratteri.");
            RuleFor(c => c.Phone).MaximumLength(30).WithMessage("Al massimo 30 caratteri.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, AttemptGuard guard, Region region, TimeProvider clock) : IRequestHandler<RegisterMyself, string>
    {
        public async Task<string> Handle(RegisterMyself request, CancellationToken cancellationToken)
        {
            if (!await guard.Take($"preregistration:{request.Address}", AttemptGuard.OfAddress, cancellationToken))
                throw new Refusal("too-many-attempts", "Troppe registrazioni da questo collegamento: attenda un'ora e riprovi.") { Kind = RefusalKind.TooMany };
            var now = clock.GetUtcNow();
            var code = CollectionCode.Make();
            db.Preregistrations.Add(new()
            {
                Id = Guid.CreateVersion7(now), CodeHash = CollectionCode.HashOf(code), MadeAt = now.UtcDateTime,
                ExpiresAt = now.UtcDateTime.AddDays(region.QuickSwabs.Limit(QuickSwabRules.PreregistrationDays, region.DayOf(now))),
                Said = JsonSerializer.Serialize(new SaidOfHerself(
                    PersonCode.Tidy(request.FiscalCode), request.FamilyName!.Trim(), request.GivenName!.Trim(), request.BirthDate!.Value, request.Residence?.Trim(), request.Email?.Trim(),
                    request.Phone?.Trim(), request.Symptoms, request.Symptoms ? request.SymptomsSince : null, request.Link)),
            });
            await db.SaveChangesAsync(cancellationToken);
            return code;
        }
    }
}

/// <summary>The desk has scanned somebody's square, or typed the code beneath it.</summary>
/// <returns>The pre-registration, under an id that says nothing.</returns>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record ScanPreregistration(string? Code) : ICommand<Guid>, IPaced
{
    internal sealed class Handler(QuickSwabsDb db, TimeProvider clock) : IRequestHandler<ScanPreregistration, Guid>
    {
        public async Task<Guid> Handle(ScanPreregistration request, CancellationToken cancellationToken)
        {
            var (hash, now) = (CollectionCode.HashOf(request.Code), clock.GetUtcNow().UtcDateTime);
            var found = await db.Preregistrations.AsNoTracking().SingleOrDefaultAsync(p => p.CodeHash == hash && p.ExpiresAt > now, cancellationToken);
            return found is { SwabId: null }
                ? found.Id
                : throw new Refusal("preregistration-unknown", "Il codice non è di una pre-registrazione aperta: è scaduta, già usata, o scritta male.") { Kind = RefusalKind.Unprocessable };
        }
    }
}

/// <summary>What was said in a pre-registration that the desk has scanned.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record ScannedPreregistration(Guid Id) : IQuery<ScannedPreregistrationAnswer>
{
    internal sealed class Handler(QuickSwabsDb db, TimeProvider clock) : IRequestHandler<ScannedPreregistration, ScannedPreregistrationAnswer>
    {
        public async Task<ScannedPreregistrationAnswer> Handle(ScannedPreregistration request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var found = await db.Preregistrations.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.Id && p.ExpiresAt > now && p.SwabId == null, cancellationToken) ?? throw Refusal.NotFound();
            var said = JsonSerializer.Deserialize<SaidOfHerself>(found.Said)!;
            return new(found.Id, said.FiscalCode, said.FamilyName, said.GivenName, said.BirthDate, said.Residence, said.Email, said.Phone, said.Symptoms, said.SymptomsSince, said.Link);
        }
    }
}

[Shows(FieldClass.Identity, "FiscalCode", "FamilyName", "GivenName", "BirthDate")]
[Shows(FieldClass.Contacts, "Residence", "Email", "Phone")]
[Shows(FieldClass.Work)]
internal sealed record ScannedPreregistrationAnswer(
    Guid Id, string? FiscalCode, string? FamilyName, string? GivenName, DateOnly? BirthDate, string? Residence, string? Email, string? Phone, bool Symptoms, DateOnly? SymptomsSince, bool Link)
    : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [];
    public IEnumerable<Guid> RecordsShown => [Id];
}

/// <summary>A pre-registration becomes a test: its code fetches the result from then on, and what was said of herself is emptied.</summary>
internal sealed class PreregistrationDesk(QuickSwabsDb db, Region region, TimeProvider clock)
{
    public async Task Use(Guid id, QuickSwab swab, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var found = await db.Preregistrations.SingleOrDefaultAsync(p => p.Id == id && p.SwabId == null && p.ExpiresAt > now.UtcDateTime, cancellation);
        if (found is null)
            return; // Used or gone meanwhile: the test stands on what the desk has typed.
        (found.SwabId, found.PatientId, found.Said) = (swab.Id, swab.PatientId, "{}");
        db.Codes.Add(new()
        {
            Hash = found.CodeHash, SwabId = swab.Id, PatientId = swab.PatientId, MadeAt = now.UtcDateTime,
            ExpiresAt = now.UtcDateTime.AddDays(region.QuickSwabs.Limit(QuickSwabRules.OnLineDays, region.DayOf(now))),
        });
    }
}
