using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.QuickSwabs.Collecting;

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

    internal sealed class Handler(QuickSwabsDb db, CollectionGuard guard, Region region, TimeProvider clock) : IRequestHandler<RegisterMyself, string>
    {
        public async Task<string> Handle(RegisterMyself request, CancellationToken cancellationToken)
        {
            await guard.Count(db, "preregistration", request.Address, "Troppe registrazioni da questo collegamento: attenda {0} minuti e riprovi.", cancellationToken);
            var now = clock.GetUtcNow();
            var code = CollectionCode.Make();
            db.Preregistrations.Add(new()
            {
                Id = Guid.CreateVersion7(now), CodeHash = CollectionCodes.HashOf(code), MadeAt = now.UtcDateTime,
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
