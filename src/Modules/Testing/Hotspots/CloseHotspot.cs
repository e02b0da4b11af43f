using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Requests;

namespace Platform.Testing.Hotspots;

/// <summary>A hotspot is closed for some time. From this moment none of its places can be taken, and whoever had one is moved to
/// the nearest free one and told, with whoever asked for the swab.</summary>
/// <returns>How many were moved; sent again, how many more.</returns>
[Requires(TestingModule.MayManageHotspots)]
internal sealed record CloseHotspot : ICommand<MovedPeople>
{
    /// <summary>Made by the client: the same at each repetition.</summary>
    public Guid Id { get; init; }

    public string? Hotspot { get; init; }
    public DateOnly? FromDay { get; init; }

    /// <summary>Wall-clock time; the whole day when empty.</summary>
    public TimeOnly? FromTime { get; init; }

    public DateOnly? ToDay { get; init; }
    public TimeOnly? ToTime { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<CloseHotspot>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.FromDay).NotNull().WithMessage("Indichi il primo giorno.").LessThan(new DateOnly(2100, 1, 1)).WithMessage("Indichi un giorno entro il 2099.");
            RuleFor(c => c.ToDay).NotNull().WithMessage("Indichi l'ultimo giorno.").LessThan(new DateOnly(2100, 1, 1)).WithMessage("Indichi un giorno entro il 2099.");
            RuleFor(c => c.Reason).NotEmpty().WithMessage("Indichi il motivo della chiusura.").MaximumLength(Closure.ReasonLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(TestingDb db, MovePeople movePeople, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<CloseHotspot, MovedPeople>
    {
        public Task<MovedPeople> Handle(CloseHotspot request, CancellationToken cancellationToken) =>
            db.OnceMore(() => Close(request, cancellationToken));

        private async Task<MovedPeople> Close(CloseHotspot request, CancellationToken cancellationToken)
        {
            var hotspot = await db.Hotspots.AsNoTracking().Within(Hotspots.Hotspot.Scope, user, TestingModule.MayManageHotspots)
                .SingleOrDefaultAsync(h => h.Code == request.Hotspot, cancellationToken) ?? throw Refusal.NotFound();
            var act = user.Act(clock);
            var from = region.UtcOf(request.FromDay!.Value, request.FromTime ?? TimeOnly.MinValue);
            var to = request.ToTime is { } time ? region.UtcOf(request.ToDay!.Value, time) : region.UtcOf(request.ToDay!.Value.AddDays(1), TimeOnly.MinValue);
            if (to <= from || to <= act.At)
                throw new Refusal("closure-impossible", "La chiusura deve finire dopo l'inizio, e non può essere tutta nel passato.") { Kind = RefusalKind.Unprocessable };
            if (!await db.Closures.AnyAsync(c => c.Id == request.Id, cancellationToken))
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                db.Closures.Add(new()
                {
                    Id = request.Id, HotspotCode = hotspot.Code, From = from, To = to, Reason = request.Reason!.Trim(), ByName = act.ActorName, At = act.At,
                });
                await db.SaveChangesAsync(cancellationToken);
                // One statement: who is taking a place at this moment either has it already, and is moved, or finds it closed.
                await db.Slots.Where(s => s.HotspotCode == hotspot.Code && s.StartsAt >= from && s.StartsAt < to)
                    .ExecuteUpdateAsync(set => set.SetProperty(s => s.Closed, true), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            var closed = await db.Slots.Where(s => s.HotspotCode == hotspot.Code && s.Closed && s.Booked > 0 && s.StartsAt >= from && s.StartsAt < to && s.StartsAt > act.At)
                .Select(s => s.Id).ToListAsync(cancellationToken);
            return await movePeople.From(request.Id, hotspot.Code, closed, request.Reason!.Trim(), act, cancellationToken);
        }
    }
}

/// <summary>The hotspot opens again before the end of a closure: the places that are left can be taken.</summary>
[Requires(TestingModule.MayManageHotspots)]
internal sealed record LiftClosure(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<LiftClosure, Unit>
    {
        public async Task<Unit> Handle(LiftClosure request, CancellationToken cancellationToken)
        {
            var mine = db.Hotspots.Within(Hotspot.Scope, user, TestingModule.MayManageHotspots).Select(h => h.Code);
            var closure = await db.Closures.SingleOrDefaultAsync(c => c.Id == request.Id && mine.Contains(c.HotspotCode), cancellationToken)
                ?? throw Refusal.NotFound();
            closure.Lift(user.Act(clock).At);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await db.Slots
                .Where(s => s.HotspotCode == closure.HotspotCode && s.Closed && s.StartsAt >= closure.From && s.StartsAt < closure.To
                    && !db.Closures.Any(c => c.HotspotCode == s.HotspotCode && c.LiftedAt == null && c.From <= s.StartsAt && c.To > s.StartsAt))
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Closed, false), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Whoever still sits in a closed slot, because a closure was interrupted half way, is moved.</summary>
internal sealed class FinishClosures(TestingDb db, MovePeople movePeople, TimeProvider clock) : IScheduledJob
{
    public static string Name => "testing.finish-closures";
    public static string Title => "Sposta chi ha ancora un appuntamento in un hotspot chiuso";
    public static string Cron => "0 5 * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var moved = 0;
        foreach (var closure in await db.Closures.AsNoTracking().Where(c => c.LiftedAt == null && c.To > now).ToListAsync(cancellation))
        {
            var closed = await db.Slots.Where(s => s.HotspotCode == closure.HotspotCode && s.Closed && s.Booked > 0
                    && s.StartsAt >= closure.From && s.StartsAt < closure.To && s.StartsAt > now)
                .Select(s => s.Id).ToListAsync(cancellation);
            var people = await movePeople.From(closure.Id, closure.HotspotCode, closed, closure.Reason, new(now, null, closure.ByName), cancellation);
            moved += people.Moved + people.WithoutPlace;
        }

        return new("{0} persone spostate", moved);
    }
}
