using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>The lab cannot use a tube: broken, leaking, without label. Whoever asked finds it among what is to be repeated.</summary>
[Requires(TestingModule.MayReceiveSamples)]
internal sealed record RejectSample : ICommand<string>
{
    public Guid Id { get; init; }

    /// <summary>In place of the id, where the tube is in the hand.</summary>
    public string? AccessionNumber { get; init; }

    public Failure? Why { get; init; }
    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<RejectSample>
    {
        public Validator()
        {
            RuleFor(r => r.AccessionNumber).NotEmpty().When(r => r.Id == default).WithMessage("Legga o scriva il numero del campione.")
                .MaximumLength(40).WithMessage("Il codice letto non è un numero di campione.");
            RuleFor(r => r.Why).Must(w => w is { } why && Failures.AtReception.Contains(why)).WithMessage("Scelga perché il campione non si può esaminare.");
            RuleFor(r => r.Note).MaximumLength(RequestMove.NoteLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<RejectSample, string>
    {
        public Task<string> Handle(RejectSample request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var number = Samples.AccessionNumber.Normalise(request.AccessionNumber);
            var swab = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayReceiveSamples)
                .SingleOrDefaultAsync(r => request.Id == default ? r.AccessionNumber == number : r.Id == request.Id, cancellationToken)
                ?? throw (request.Id == default
                    ? new Refusal("sample-unknown", "Il campione {0} non è conosciuto.", number) { Kind = RefusalKind.Unprocessable }
                    : Refusal.NotFound());
            if (swab.State == SwabRequestState.Failed && swab.Failure == request.Why)
                return swab.AccessionNumber!; // The form came twice.
            var act = user.Act(clock);
            swab.Reject(request.Why!.Value, request.Note?.Trim(), act);
            db.Tell(new SampleFailed(swab.Id, swab.PatientId, swab.RequestedBy, swab.Failure!.Value.ToString(), act.At));
            await db.SaveChangesAsync(cancellationToken);
            return swab.AccessionNumber!;
        });
    }
}

/// <summary>Samples that left so many days ago (the region's limit) and never arrived are given up; one that arrives after all is
/// taken in as any other.</summary>
/// <returns>How many.</returns>
[BetweenModules]
internal sealed record GiveUpLostSamples : ICommand<int>
{
    private const int AtOnce = 500;

    internal sealed class Handler(TestingDb db, Region region, TimeProvider clock) : IRequestHandler<GiveUpLostSamples, int>
    {
        public async Task<int> Handle(GiveUpLostSamples request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var before = now.AddDays(-region.Swabs.Limit("lost_after_days", region.DayOf(clock.GetUtcNow())));
            var lost = await db.Requests.Include(r => r.Moves).Where(r => r.State == SwabRequestState.Sent && r.SentAt < before)
                .OrderBy(r => r.SentAt).Take(AtOnce).ToListAsync(cancellationToken);
            foreach (var swab in lost)
            {
                swab.Reject(Failure.Lost, null, new(now, null, ""));
                db.Tell(new SampleFailed(swab.Id, swab.PatientId, swab.RequestedBy, nameof(Failure.Lost), now));
            }

            await db.SaveChangesAsync(cancellationToken);
            return lost.Count;
        }
    }
}

internal sealed class GiveUpLostSamplesEachNight(IMediator mediator) : IScheduledJob
{
    public static string Name => "testing.lost-samples";
    public static string Title => "Segnala i campioni mai arrivati al laboratorio";
    public static string Cron => "0 40 4 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation) => new("{0} campioni dati per persi", await mediator.Send(new GiveUpLostSamples(), cancellation));
}
