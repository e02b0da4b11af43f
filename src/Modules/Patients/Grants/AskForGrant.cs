using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Facts;
using Platform.Patients.Openings;
using Platform.Patients.People;

namespace Platform.Patients.Grants;

/// <summary>An ASL asks the one in charge of a person to make her visible to it. Only with her whole codice fiscale before one: no name
/// finds anybody here. The ASL in charge gets a message.</summary>
[Requires(PatientsModule.Grant)]
internal sealed record AskForGrant : ICommand<Unit>
{
    /// <summary>Made by the form: sent twice, it asks once.</summary>
    public Guid Id { get; init; }

    public string? FiscalCode { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<AskForGrant>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Il modulo è incompleto: ricarichi la pagina.");
            RuleFor(c => c.FiscalCode).MustBeWhole();
            RuleFor(c => c.From).NotNull().WithMessage("Indichi il primo giorno di validità.");
            RuleFor(c => c.Until).NotNull().WithMessage("Indichi l'ultimo giorno di validità.");
            RuleFor(c => c.Reason).Must(r => Words.Tidy(r) is { Length: <= Grants.Grant.ReasonLength }).WithMessage("Indichi il motivo, in 300 caratteri al massimo.");
        }
    }

    internal sealed class Handler(PatientsDb db, Story story, ICurrentUser user, OpeningPace pace, Region region, TimeProvider clock) : IRequestHandler<AskForGrant, Unit>
    {
        public async Task<Unit> Handle(AskForGrant request, CancellationToken cancellationToken)
        {
            pace.Take(user.Id);
            var own = user.ScopesOf(PatientsModule.Grant).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code).ToList();
            if (own.Count == 0)
                throw Refusal.Forbidden();
            if (await db.GrantRequests.AnyAsync(r => r.Id == request.Id && own.Contains(r.AslCode), cancellationToken))
                return Unit.Value;
            var (now, asl) = (clock.GetUtcNow(), own[0]);
            var (from, until, today) = (request.From!.Value, request.Until!.Value, region.DayOf(now));
            Grants.Grant.CheckDays(from, until, today);
            var patient = await db.OfWholeCode(request.FiscalCode!, cancellationToken)
                ?? throw new Refusal("person-unknown", "Nessuno nell'anagrafe ha questo codice fiscale.") { Kind = RefusalKind.Unprocessable };
            if (await db.Patients.Within(Patient.Scope, user, PatientsModule.Grant).AnyAsync(p => p.Id == patient.Id, cancellationToken))
                throw new Refusal("visible-already", "La sua ASL vede già questa persona.");
            if (await db.GrantRequests.AnyAsync(r => r.PatientId == patient.Id && r.AslCode == asl && r.State == GrantRequestState.Asked && r.ValidTo >= today, cancellationToken))
                throw new Refusal("asked-already", "La sua ASL l'ha già chiesto e attende la risposta.");
            db.GrantRequests.Add(new()
            {
                Id = request.Id, PatientId = patient.Id, FiscalCode = patient.FiscalCode!, AslCode = asl, Reason = Words.Tidy(request.Reason)!,
                ValidFrom = from, ValidTo = until, AskedAt = now.UtcDateTime, AskedBy = user.Id, AskedByName = user.DisplayName,
            });
            var name = region.FindAsl(asl)?.Name ?? asl;
            story.Tell(patient.Id, FactKind.GrantAsked, name, Words.Day(from), Words.Day(until));
            db.Tell(new GrantAsked(request.Id, patient.Id, name, patient.AslCode));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
