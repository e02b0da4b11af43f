using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

/// <summary>One person after the other, each in a transaction of her own: what is interrupted goes on where it stopped.</summary>
internal static class GroupSwabs
{
    private const int Quarter = 15;

    internal sealed class Asked(TestingDb db, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<RequestSwabs, IReadOnlyList<PlacedSwab>>
    {
        public async Task<IReadOnlyList<PlacedSwab>> Handle(RequestSwabs request, CancellationToken cancellationToken)
        {
            var where = request.Where;
            if (!await db.Hotspots.AnyAsync(h => h.Code == where.Hotspot, cancellationToken))
                throw Refusal.NotFound();
            if (where.Visit is not null)
                await db.OnceMore(() => Open(where, cancellationToken));
            var people = await mediator.Send(new PatientsByIds([.. request.Patients]), cancellationToken);
            var placed = new List<PlacedSwab>();
            foreach (var id in request.Patients)
            {
                placed.Add(people.GetValueOrDefault(id) is { DiedOn: null } patient
                    ? await db.OnceMore(() => Place(request, patient, cancellationToken))
                    : new(id, null, null, null, null, WithoutPlace.Died));
            }

            return placed;
        }

        private async Task<PlacedSwab> Place(RequestSwabs request, PatientSummary patient, CancellationToken cancellation)
        {
            var (act, where) = (user.Act(clock), request.Where);
            var id = StableId.Of(request.Cause, patient.Id.ToString());
            db.ChangeTracker.Clear();
            var swab = await db.Requests.Include(r => r.Moves).Where(r => r.Id == id || (r.OpenFor == patient.Id && r.TestType == request.TestType))
                .OrderBy(r => r.Id == id ? 0 : 1).FirstOrDefaultAsync(cancellation);
            if (swab is not null && swab.State != SwabRequestState.Requested)
                return await Standing(swab, id, cancellation);
            if (swab is null)
            {
                var wish = Wish.Of(region.Swabs, region.DayOf(clock.GetUtcNow()), request.TestType, request.Reason, [], null, null);
                db.Requests.Add(swab = SwabRequest.Ask(id, patient, wish, proposed: false, region.DayOf(clock.GetUtcNow()), act));
                await db.SaveChangesAsync(cancellation);
            }

            var visit = where.Visit ?? "";
            var from = where.From > act.At ? where.From : act.At;
            var free = db.Slots.AsNoTracking().Where(s => s.HotspotCode == where.Hotspot && s.Place == visit && !s.Closed && s.Booked < s.Capacity && s.StartsAt >= from && s.StartsAt < where.To)
                .OrderBy(s => s.StartsAt).ThenBy(s => s.Id);
            while (await free.FirstOrDefaultAsync(cancellation) is { } slot)
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                if (!await db.TakePlace(slot.Id, cancellation))
                    continue; // Somebody was quicker: the next one.
                swab.Book(slot, act);
                db.Tell(new SwabRequested(swab.Id, swab.PatientId, swab.TestType, slot.HotspotCode, slot.StartsAt, swab.RequestedBy));
                await db.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                return new(patient.Id, swab.Id, slot.HotspotCode, where.Visit, slot.StartsAt, null);
            }

            return new(patient.Id, swab.Id, null, null, null, WithoutPlace.NoneFree);
        }

        private async Task<PlacedSwab> Standing(SwabRequest swab, Guid id, CancellationToken cancellation)
        {
            if (swab.Id != id && swab.State is not (SwabRequestState.Booked or SwabRequestState.CheckedIn))
                return new(swab.PatientId, null, null, null, null, WithoutPlace.Underway);
            var visit = await db.Slots.Where(s => s.Id == swab.SlotId).Select(s => s.Place).FirstOrDefaultAsync(cancellation);
            return new(swab.PatientId, swab.Id, swab.HotspotCode, string.IsNullOrEmpty(visit) ? null : visit, swab.SlotAt, null);
        }

        // The hours at the school are made for the group: as many places as can be seen to in a quarter of an hour.
        private async Task<int> Open(GroupPlace where, CancellationToken cancellation)
        {
            var there = await db.Slots.Where(s => s.HotspotCode == where.Hotspot && s.Place == where.Visit && s.StartsAt >= where.From && s.StartsAt < where.To)
                .Select(s => s.StartsAt).ToListAsync(cancellation);
            for (var start = where.From; start.AddMinutes(Quarter) <= where.To; start = start.AddMinutes(Quarter))
            {
                if (!there.Contains(start))
                    db.Slots.Add(new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), HotspotCode = where.Hotspot, StartsAt = start, Minutes = Quarter, Capacity = where.PerQuarter, Place = where.Visit! });
            }

            return await db.SaveChangesAsync(cancellation);
        }
    }

    internal sealed class Withdrawn(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<WithdrawSwabs, IReadOnlyList<Guid>>
    {
        public async Task<IReadOnlyList<Guid>> Handle(WithdrawSwabs request, CancellationToken cancellationToken)
        {
            var gone = new List<Guid>();
            foreach (var id in request.Requests)
            {
                if (await db.OnceMore(() => Withdraw(id, request.Why, cancellationToken)))
                    gone.Add(id);
            }

            return gone;
        }

        private async Task<bool> Withdraw(Guid id, string why, CancellationToken cancellation)
        {
            var swab = await db.Requests.Include(r => r.Moves).SingleOrDefaultAsync(r => r.Id == id, cancellation);
            if (swab is null || swab.AccessionNumber is not null || !SwabMoves.Allows(swab.State, SwabRequestState.Cancelled))
                return false;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (swab.SlotId is { } slot)
                await db.GiveBackPlace(slot, cancellation);
            var act = user.Act(clock);
            swab.Cancel(why, act);
            db.Tell(new SwabRequestCancelled(swab.Id, swab.PatientId, swab.HotspotCode, act.At));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        }
    }

    internal sealed class Near(TestingDb db) : IRequestHandler<HotspotsNear, IReadOnlyList<NearHotspot>>
    {
        public async Task<IReadOnlyList<NearHotspot>> Handle(HotspotsNear request, CancellationToken cancellationToken) =>
            await db.Hotspots.Where(h => h.AslCode == request.Asl || (h.MunicipalityIstat == request.Municipality && !h.AtHome))
                .OrderBy(h => h.AtHome ? 1 : 0).ThenBy(h => h.MunicipalityIstat == request.Municipality ? 0 : 1).ThenBy(h => h.Name)
                .Select(h => new NearHotspot(h.Code, h.Name, h.Address, h.MunicipalityIstat, h.AtHome)).ToListAsync(cancellationToken);
    }
}
