using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Facts;
using Platform.Patients.People;

namespace Platform.Patients.Registry;

/// <summary>Takes over from the regional registry what the operator chose of the differences. The registry is asked again:
/// nothing is written that only a browser said.</summary>
[Requires(PatientsModule.Register)]
internal sealed record AcceptFromRegistry : ICommand<Unit>
{
    public Guid Id { get; init; }

    /// <summary>Of the data that were on the screen.</summary>
    public int Version { get; init; }

    public List<RegistryField> Fields { get; init; } = [];

    internal sealed class Validator : AbstractValidator<AcceptFromRegistry>
    {
        public Validator() => RuleFor(c => c.Fields).NotEmpty().WithMessage("Scelga almeno un dato da prendere dal registro.");
    }

    internal sealed class Handler(
        PatientsDb db, IRegionalRegistry registry, Comparison comparison, PersonCheck check, Story story, ICurrentUser user, IDatabaseEngine engine,
        Region region, Texts texts, TimeProvider clock) : IRequestHandler<AcceptFromRegistry, Unit>
    {
        public async Task<Unit> Handle(AcceptFromRegistry request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Register).Include(p => p.Assignments)
                .FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (patient.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            var there = await Find(patient.CodeShown, cancellationToken);
            var taken = comparison.Of(patient, there).Where(d => d.MayAccept && request.Fields.Contains(d.Field)).Select(d => d.Field).ToHashSet();
            if (taken.Count == 0)
                return Unit.Value;

            bool Take(RegistryField field) => taken.Contains(field);
            var today = region.DayOf(clock.GetUtcNow());
            var before = patient.Summary();
            var (person, identity) = check.Identity(new(
                Take(RegistryField.FiscalCode) ? there.FiscalCode : patient.FiscalCode,
                Take(RegistryField.FamilyName) ? there.FamilyName : patient.FamilyName, Take(RegistryField.GivenName) ? there.GivenName : patient.GivenName,
                Take(RegistryField.Sex) ? (there.Sex == "F" ? Sex.Female : Sex.Male) : patient.Sex,
                Take(RegistryField.BirthDate) ? there.BirthDate : patient.BirthDate, Take(RegistryField.BirthPlace) ? there.BirthPlace : patient.BirthPlaceCode));
            var (contacts, reach) = check.Reach(new(
                Take(RegistryField.Residence) ? there.Residence : patient.ResidenceIstat, Take(RegistryField.Address) ? there.Address : patient.Address,
                patient.Email, patient.Phone, Take(RegistryField.Domicile) ? there.Domicile : patient.DomicileIstat));
            if (identity.Concat(reach).FirstOrDefault() is { } wrong)
                throw new Refusal("registry-disagrees", "Questi dati del registro insieme non stanno in piedi: {0}", wrong.Reason);

            patient.Identify(person!, today);
            patient.Reach(contacts!);
            if (Take(RegistryField.Death))
            {
                patient.Die(there.DiedOn!.Value, today);
                db.Tell(new PatientDied(patient.Summary(), there.DiedOn.Value));
            }

            story.Tell(patient.Id, FactKind.FollowedRegistry, string.Join(", ", taken.Order().Select(f => f.Say(texts))));
            story.TellMoves(before, patient, region);
            db.Tell(new PatientChanged(patient.Summary()));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                db.ChangeTracker.Clear();
                throw new Refusal("code-of-another", "Questo codice è già di un'altra scheda dell'anagrafe: se è la stessa persona, le schede vanno unite.");
            }

            return Unit.Value;
        }

        private async Task<RegistryPerson> Find(string? code, CancellationToken cancellation)
        {
            try
            {
                return (code is null ? null : await registry.Find(code, cancellation))
                    ?? throw new Refusal("registry-unknown", "Il registro regionale non conosce questo codice.");
            }
            catch (RegistryAbsent)
            {
                throw new Refusal("registry-absent", "Il registro regionale non risponde: riprovi più tardi.");
            }
        }
    }
}
