using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.Patients.Contracts;
using Platform.Patients.Duplicates;

namespace Platform.Patients.People;

internal sealed class EnterPersonHandler(PatientsDb db, PersonCheck check, Likely likely, IMediator mediator, IDatabaseEngine engine, TimeProvider clock)
    : IRequestHandler<EnterPerson, PatientSummary>
{
    public async Task<PatientSummary> Handle(EnterPerson request, CancellationToken cancellationToken)
    {
        if (await mediator.Send(new PatientById(request.Id), cancellationToken) is { } entered)
            return entered;
        var now = clock.GetUtcNow().UtcDateTime;
        var (person, wrong) = check.Identity(new(request.Code, request.FamilyName, request.GivenName, request.Sex, request.BirthDate, null));
        var (contacts, unreachable) = check.Reach(new(request.Residence, null, request.Email, request.Phone));
        if (person is null || contacts is null)
            throw new ValidationException([.. wrong.Concat(unreachable).Select(w => new ValidationFailure(w.Field, w.Reason))]);
        var alike = await likely.Of(person, cancellationToken);
        if (alike.Any(a => a.Likeness is Likeness.SameCode or Likeness.FormerCode or Likeness.Omocodia || person.FiscalCode is null
            || (a.Patient.FiscalCode is null && a.Likeness == Likeness.SameNames)))
        {
            throw new Refusal("same-name", "Nell'anagrafe c'è già una persona che potrebbe essere la stessa: controlli il codice, o la faccia registrare dalla sua ASL.");
        }

        var patient = Patient.Register(request.Id, person, contacts, now);
        db.Patients.Add(patient);
        db.Tell(new PatientRegistered(patient.Summary()));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
        {
            db.ChangeTracker.Clear();
            return await mediator.Send(new PatientById(request.Id), cancellationToken)
                ?? (request.Code is { } code ? (await mediator.Send(new PatientsByIdentity(code, null, null, null), cancellationToken)).SingleOrDefault() : null)
                ?? throw Refusal.ChangedMeanwhile();
        }

        return patient.Summary();
    }
}
