using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Facts;
using Platform.Patients.People;

namespace Platform.Patients.Ties;

/// <summary>Somebody showed a document by which she acts for a person. She herself may be anybody's in the region: whoever
/// notes it has her code and family name before her.</summary>
[Requires(PatientsModule.Register)]
internal sealed record NoteTie : ICommand<Unit>
{
    public Guid PatientId { get; init; }

    /// <summary>Made by the form: sent twice, it notes once.</summary>
    public Guid Id { get; init; }

    public string? ProxyCode { get; init; }
    public string? ProxyFamilyName { get; init; }
    public ProxyKind? Kind { get; init; }
    public DateOnly? From { get; init; }

    /// <summary>Last day; of a parent the day before the child comes of age at the latest.</summary>
    public DateOnly? Until { get; init; }

    public string? Document { get; init; }

    internal sealed class Validator : AbstractValidator<NoteTie>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Il modulo è incompleto: ricarichi la pagina.");
            RuleFor(c => c.ProxyCode).NotEmpty().WithMessage("Indichi il codice fiscale.");
            RuleFor(c => c.ProxyFamilyName).NotEmpty().WithMessage("Indichi il cognome.");
            RuleFor(c => c.Kind).NotNull().WithMessage("Scelga il legame.");
            RuleFor(c => c.From).NotNull().WithMessage("Indichi il primo giorno di validità.");
            RuleFor(c => c.Document).Must(d => Words.Tidy(d) is { Length: <= Tie.DocumentLength }).WithMessage("Indichi il documento visto: tipo, numero e data.");
        }
    }

    internal sealed class Handler(PatientsDb db, Story story, ICurrentUser user, TimeProvider clock) : IRequestHandler<NoteTie, Unit>
    {
        public async Task<Unit> Handle(NoteTie request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Register)
                .FirstOrDefaultAsync(p => p.Id == request.PatientId, cancellationToken) ?? throw Refusal.NotFound();
            if (await db.Ties.AnyAsync(t => t.Id == request.Id, cancellationToken))
                return Unit.Value;
            var (code, family) = (PersonCode.Tidy(request.ProxyCode), SearchText.Of(request.ProxyFamilyName));
            var proxy = await db.Patients.FirstOrDefaultAsync(p => p.FamilySearch == family && db.HavingCode(code).Contains(p.Id), cancellationToken)
                ?? throw new Refusal("proxy-unknown", "Nell'anagrafe nessuno ha questo codice e questo cognome: va prima registrato.");
            if (await db.Ties.AnyAsync(t => t.PatientId == patient.Id && t.ProxyPatientId == proxy.Id && t.Kind == request.Kind!.Value
                    && (t.ValidTo == null || t.ValidTo >= request.From!.Value), cancellationToken))
                throw new Refusal("tie-known", "Questo legame è già annotato.");
            db.Ties.Add(Tie.Note(request.Id, patient, proxy, request.Kind!.Value, request.From!.Value, request.Until, Words.Tidy(request.Document)!,
                clock.GetUtcNow().UtcDateTime, user.DisplayName));
            story.Tell(patient.Id, FactKind.TieNoted, $"{proxy.FamilyName} {proxy.GivenName}", Words.Tidy(request.Document)!);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>From tomorrow she no longer acts for the person.</summary>
[Requires(PatientsModule.Register)]
internal sealed record EndTie(Guid PatientId, Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(PatientsDb db, Story story, ICurrentUser user, BuildingBlocks.Regions.Region region, TimeProvider clock) : IRequestHandler<EndTie, Unit>
    {
        public async Task<Unit> Handle(EndTie request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Register)
                .FirstOrDefaultAsync(p => p.Id == request.PatientId, cancellationToken) ?? throw Refusal.NotFound();
            var tie = await db.Ties.FirstOrDefaultAsync(t => t.Id == request.Id && t.PatientId == patient.Id, cancellationToken) ?? throw Refusal.NotFound();
            var today = region.DayOf(clock.GetUtcNow());
            if (tie.ValidTo <= today)
                throw new Refusal("tie-ended", "Questo legame è già finito.");
            tie.EndOn(today);
            var proxy = await db.Patients.FirstAsync(p => p.Id == tie.ProxyPatientId, cancellationToken);
            story.Tell(patient.Id, FactKind.TieEnded, $"{proxy.FamilyName} {proxy.GivenName}", tie.Document);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
