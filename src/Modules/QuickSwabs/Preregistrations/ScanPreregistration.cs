using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.QuickSwabs.Preregistrations;

/// <summary>The desk has scanned somebody's square, or typed the code beneath it.</summary>
/// <returns>The pre-registration, under an id that says nothing.</returns>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record ScanPreregistration(string? Code) : ICommand<Guid>, IPaced
{
    internal sealed class Handler(QuickSwabsDb db, TimeProvider clock) : IRequestHandler<ScanPreregistration, Guid>
    {
        public async Task<Guid> Handle(ScanPreregistration request, CancellationToken cancellationToken)
        {
            var (hash, now) = (CollectionCodes.HashOf(request.Code), clock.GetUtcNow().UtcDateTime);
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
