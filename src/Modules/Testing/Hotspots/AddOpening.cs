using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Hotspots;

/// <summary>New hours of a hotspot on a weekday, from a day on; for one day alone when it is also the last. Their slots of the
/// coming days are opened at once.</summary>
/// <returns>How many slots were opened.</returns>
[Requires(TestingModule.MayManageHotspots)]
internal sealed record AddOpening : ICommand<int>
{
    /// <summary>Made by the client: the same at each repetition.</summary>
    public Guid Id { get; init; }

    public string? Hotspot { get; init; }

    /// <summary>Null for the weekday of the first day.</summary>
    public DayOfWeek? Weekday { get; init; }

    public TimeOnly? From { get; init; }
    public TimeOnly? To { get; init; }
    public int? SlotMinutes { get; init; }
    public int? Capacity { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }

    internal sealed class Validator : AbstractValidator<AddOpening>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(o => o.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(o => o.Weekday).IsInEnum().WithMessage("Scelga il giorno della settimana.");
            RuleFor(o => o.From).NotNull().WithMessage("Indichi l'ora di apertura.");
            RuleFor(o => o.To).NotNull().WithMessage("Indichi l'ora di chiusura.");
            RuleFor(o => o.SlotMinutes).NotNull().InclusiveBetween(1, 1440).WithMessage("Indichi i minuti di una fascia, da 1 a 1440.");
            RuleFor(o => o.Capacity).NotNull().InclusiveBetween(1, 500).WithMessage("Indichi i posti di una fascia, da 1 a 500.");
            RuleFor(o => o.ValidFrom).NotNull().WithMessage("Indichi il primo giorno.")
                .Must(day => day is null || day >= region.DayOf(clock.GetUtcNow())).WithMessage("Il primo giorno non può essere nel passato.")
                .LessThan(new DateOnly(2100, 1, 1)).WithMessage("Indichi un giorno entro il 2099.");
        }
    }

    internal sealed class Handler(TestingDb db, IMediator mediator, ICurrentUser user, TimeProvider clock) : IRequestHandler<AddOpening, int>
    {
        public Task<int> Handle(AddOpening request, CancellationToken cancellationToken) => db.OnceMore(() => Add(request, cancellationToken));

        private async Task<int> Add(AddOpening request, CancellationToken cancellationToken)
        {
            var hotspot = await db.Hotspots.AsNoTracking().Within(Hotspots.Hotspot.Scope, user, TestingModule.MayManageHotspots)
                .SingleOrDefaultAsync(h => h.Code == request.Hotspot, cancellationToken) ?? throw Refusal.NotFound();
            if (await db.Openings.AnyAsync(o => o.Id == request.Id, cancellationToken))
                return 0; // The form came twice.
            var from = request.ValidFrom!.Value;
            var opening = Opening.Of(
                request.Id, hotspot.Code, request.Weekday ?? from.DayOfWeek, request.From!.Value, request.To!.Value, request.SlotMinutes!.Value,
                request.Capacity!.Value, from, request.ValidUntil, user.Act(clock).ActorName);
            var others = await db.Openings.AsNoTracking().Where(o => o.HotspotCode == hotspot.Code && o.Weekday == opening.Weekday).ToListAsync(cancellationToken);
            if (others.Exists(o => o.Overlaps(opening)))
                throw new Refusal("opening-overlaps", "In quei giorni e in quelle ore l'hotspot ha già un'apertura: prima la faccia finire.");
            db.Openings.Add(opening);
            await db.SaveChangesAsync(cancellationToken);
            return await mediator.Send(new OpenSlots(), cancellationToken);
        }
    }
}

/// <summary>Hours end with a day. Who had an appointment after it is moved; the slots left over are taken away.</summary>
[Requires(TestingModule.MayManageHotspots)]
internal sealed record EndOpening : ICommand<MovedPeople>
{
    public Guid Id { get; init; }
    public DateOnly? LastDay { get; init; }

    internal sealed class Validator : AbstractValidator<EndOpening>
    {
        public Validator(Region region, TimeProvider clock) =>
            RuleFor(o => o.LastDay).NotNull().WithMessage("Indichi l'ultimo giorno.")
                .Must(day => day is null || day >= region.DayOf(clock.GetUtcNow()).AddDays(-1)).WithMessage("L'ultimo giorno non può essere nel passato.")
                .LessThan(new DateOnly(2100, 1, 1)).WithMessage("Indichi un giorno entro il 2099.");
    }

    internal sealed class Handler(TestingDb db, MovePeople movePeople, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<EndOpening, MovedPeople>
    {
        public async Task<MovedPeople> Handle(EndOpening request, CancellationToken cancellationToken)
        {
            var mine = db.Hotspots.Within(Hotspot.Scope, user, TestingModule.MayManageHotspots).Select(h => h.Code);
            var opening = await db.Openings.SingleOrDefaultAsync(o => o.Id == request.Id && mine.Contains(o.HotspotCode), cancellationToken)
                ?? throw Refusal.NotFound();
            var act = user.Act(clock);
            var lastDay = request.LastDay!.Value;
            var after = region.UtcOf(lastDay.AddDays(1), TimeOnly.MinValue);
            var slots = db.Slots.Where(s => s.OpeningId == opening.Id && s.StartsAt >= after && s.StartsAt > act.At);
            if (opening.ValidUntil != lastDay) // otherwise the form came twice, or was interrupted
            {
                opening.End(lastDay);
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await slots.ExecuteUpdateAsync(set => set.SetProperty(s => s.Closed, true), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            var closed = await slots.Where(s => s.Closed && s.Booked > 0).Select(s => s.Id).ToListAsync(cancellationToken);
            var moved = await movePeople.From(opening.Id, opening.HotspotCode, closed, "Orario dell'hotspot cambiato", act, cancellationToken);
            await slots.Where(s => s.Closed && s.Booked == 0 && !db.Requests.Any(r => r.SlotId == s.Id)).ExecuteDeleteAsync(cancellationToken);
            return moved;
        }
    }
}
