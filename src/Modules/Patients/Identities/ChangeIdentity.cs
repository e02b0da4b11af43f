using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Duplicates;
using Platform.Patients.Facts;
using Platform.Patients.People;

namespace Platform.Patients.Identities;

/// <summary>Her true code arrived, an STP or ENI was issued or renewed, or her data were written down wrong. The codes
/// that stood for the new one stay as past identities.</summary>
[Requires(PatientsModule.Register)]
internal sealed record ChangeIdentity : ICommand<Unit>
{
    public Guid Id { get; init; }

    /// <summary>Of the data that were on the screen.</summary>
    public int Version { get; init; }

    /// <summary>Codice fiscale, STP or ENI; empty leaves the codes as they are.</summary>
    public string? FiscalCode { get; init; }

    public DateOnly? IssuedOn { get; init; }
    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }
    public Sex? Sex { get; init; }
    public DateOnly? BirthDate { get; init; }
    public string? BirthPlace { get; init; }

    internal Declared Declared => new(FiscalCode, FamilyName, GivenName, Sex, BirthDate, BirthPlace, IssuedOn);

    internal sealed class Validator : AbstractValidator<ChangeIdentity>
    {
        public Validator(PersonCheck check) =>
            RuleFor(c => c).Custom((form, context) =>
            {
                foreach (var misfit in check.Identity(form.Declared).Wrong)
                    context.AddFailure(misfit.Field, misfit.Reason);
            });
    }

    internal sealed class Handler(
        PatientsDb db, PersonCheck check, Likely likely, Story story, ICurrentUser user, IDatabaseEngine engine, Region region, TimeProvider clock)
        : IRequestHandler<ChangeIdentity, Unit>
    {
        public async Task<Unit> Handle(ChangeIdentity request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Register)
                .FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (patient.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            var person = check.Identity(request.Declared).Person!;
            if ((person.FiscalCode ?? person.Other?.Value) is { } code && code != patient.FiscalCode
                && patient.Identities.All(i => i.Value != code) && await likely.Has(code, cancellationToken))
            {
                throw SomebodyElses();
            }

            var before = patient.Summary();
            if (!patient.Identify(person, region.DayOf(clock.GetUtcNow())))
                return Unit.Value;
            Tell(before, patient, person.Other);
            db.Tell(new PatientChanged(patient.Summary()));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                db.ChangeTracker.Clear();
                throw SomebodyElses();
            }

            return Unit.Value;
        }

        private void Tell(PatientSummary before, Patient after, OtherCode? other)
        {
            if (before.FiscalCode is null && after.FiscalCode is not null)
                story.Tell(after.Id, FactKind.FiscalCodeGiven);
            else if (before.FiscalCode != after.FiscalCode)
                story.Tell(after.Id, FactKind.FiscalCodeChanged, before.FiscalCode!);
            if (other is not null && !before.OtherCodes.Contains(other.Value))
                story.Tell(after.Id, FactKind.CodeGiven, other.Value, Words.Day(other.From));
            else if (other is not null)
                story.Tell(after.Id, FactKind.CodeRenewed, other.Value, Words.Day(after.Identities.First(i => i.Value == other.Value).ValidTo ?? other.From));
            if ((before.FamilyName, before.GivenName, before.BirthDate, before.Sex) != (after.FamilyName, after.GivenName, after.BirthDate, after.Sex))
                story.Tell(after.Id, FactKind.DataCorrected, string.Create(CultureInfo.InvariantCulture, $"{before.FamilyName} {before.GivenName}, {Words.Day(before.BirthDate)}"));
        }

        private static Refusal SomebodyElses() =>
            new("code-of-another", "Questo codice è già di un'altra scheda dell'anagrafe: se è la stessa persona, le schede vanno unite.");
    }
}
