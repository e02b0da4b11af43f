using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Labs;

/// <summary>A lab takes no more samples, from now or from a moment on, until a moment or until it is said to be over.</summary>
[Requires(TestingModule.MayStopLabs)]
internal sealed record StopLab : ICommand<Unit>
{
    /// <summary>Made by the client: the same at each repetition.</summary>
    public Guid Id { get; init; }

    public string? Lab { get; init; }

    /// <summary>Wall-clock time; now when empty.</summary>
    public DateTime? From { get; init; }

    public DateTime? Until { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<StopLab>
    {
        public Validator()
        {
            RuleFor(s => s.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(s => s.Lab).NotEmpty().WithMessage("Scelga il laboratorio.");
            RuleFor(s => s.Reason).NotEmpty().WithMessage("Indichi il motivo del fermo.").MaximumLength(LabStop.ReasonLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<StopLab, Unit>
    {
        public Task<Unit> Handle(StopLab request, CancellationToken cancellationToken) => db.OnceMore(() => Stop(request, cancellationToken));

        private async Task<Unit> Stop(StopLab request, CancellationToken cancellationToken)
        {
            var lab = await db.Labs.AsNoTracking().Within(Labs.Lab.Scope, user, TestingModule.MayStopLabs)
                .SingleOrDefaultAsync(l => l.Code == request.Lab, cancellationToken) ?? throw Refusal.NotFound();
            if (await db.LabStops.AnyAsync(s => s.Id == request.Id, cancellationToken))
                return Unit.Value; // The form came twice.
            var act = user.Act(clock);
            db.LabStops.Add(LabStop.Of(request.Id, lab.Code, Utc(request.From) ?? act.At, Utc(request.Until), request.Reason!.Trim(), act.ActorName));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }

        private DateTime? Utc(DateTime? local) => local is { } at ? region.UtcOf(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at)) : null;
    }
}

/// <summary>The lab works again.</summary>
[Requires(TestingModule.MayStopLabs)]
internal sealed record EndLabStop(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<EndLabStop, Unit>
    {
        public async Task<Unit> Handle(EndLabStop request, CancellationToken cancellationToken)
        {
            var mine = db.Labs.Within(Lab.Scope, user, TestingModule.MayStopLabs).Select(l => l.Code);
            var stop = await db.LabStops.SingleOrDefaultAsync(s => s.Id == request.Id && mine.Contains(s.LabCode), cancellationToken) ?? throw Refusal.NotFound();
            stop.End(user.Act(clock).At);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>The labs of the region with what lies before them; the asker may stop those within her scope.</summary>
[Requires(TestingModule.MayStopLabs)]
internal sealed record LabsAtWork : IQuery<IReadOnlyList<LabAtWork>>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<LabsAtWork, IReadOnlyList<LabAtWork>>
    {
        public async Task<IReadOnlyList<LabAtWork>> Handle(LabsAtWork request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var labs = await db.Labs.Within(Lab.Scope, user, TestingModule.MayStopLabs).OrderBy(l => l.Code).ToListAsync(cancellationToken);
            var backlog = await db.Requests
                .Where(r => r.LabCode != null && (r.State == Contracts.SwabRequestState.Collected || r.State == Contracts.SwabRequestState.Sent || r.State == Contracts.SwabRequestState.Received))
                .GroupBy(r => r.LabCode!).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            var stops = await db.LabStops.AsNoTracking().Where(s => s.Until == null || s.Until > now).OrderBy(s => s.From).ToListAsync(cancellationToken);
            return [.. labs.Select(l => new LabAtWork(
                l.Code, l.Name, l.DailyCapacity, backlog.GetValueOrDefault(l.Code), [.. stops.Where(s => s.LabCode == l.Code)]))];
        }
    }
}

/// <param name="Stops">Those not over yet.</param>
internal sealed record LabAtWork(string Code, string Name, int DailyCapacity, int Backlog, IReadOnlyList<LabStop> Stops);
