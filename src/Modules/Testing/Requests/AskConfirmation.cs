using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

/// <summary>A positive quick swab opens the molecular request by itself; nobody authorises it, the rule of the day has.</summary>
internal static class Confirmation
{
    /// <summary>In swab_reasons.csv.</summary>
    public const string Reason = "quick-swab";

    internal sealed class Asked(TestingDb db, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<AskConfirmation, Guid>
    {
        public Task<Guid> Handle(AskConfirmation request, CancellationToken cancellationToken) => db.OnceMore(() => Ask(request, cancellationToken));

        private async Task<Guid> Ask(AskConfirmation request, CancellationToken cancellation)
        {
            var open = await db.Requests.Where(r => r.Id == request.Id || (r.OpenFor == request.PatientId && r.TestType == TestType.Molecular))
                .OrderBy(r => r.Id == request.Id ? 0 : 1).Select(r => r.Id).FirstOrDefaultAsync(cancellation);
            if (open != default)
                return open;
            var patient = await mediator.Send(new PatientById(request.PatientId), cancellation) ?? throw Refusal.NotFound();
            var today = region.DayOf(clock.GetUtcNow());
            var wish = Wish.Of(region.Swabs, today, TestType.Molecular, Reason, [], request.SymptomsSince, null);
            db.Requests.Add(SwabRequest.Ask(request.Id, patient, wish, proposed: false, today, user.Act(clock)));
            await db.SaveChangesAsync(cancellation);
            return request.Id;
        }
    }

    internal sealed class Places(TestingDb db, Region region, TimeProvider clock) : IRequestHandler<FirstPlaces, IReadOnlyList<FirstPlace>>
    {
        public async Task<IReadOnlyList<FirstPlace>> Handle(FirstPlaces request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var notBefore = now.UtcDateTime.AddMinutes(region.Swabs.Limit("notice_minutes", region.DayOf(now)));
            return await db.Slots.Where(s => !s.Closed && s.Place == "" && s.Booked < s.Capacity && s.StartsAt > notBefore)
                .Join(db.Hotspots.Where(h => !h.AtHome && (h.MunicipalityIstat == request.NearMunicipality || h.AslCode == request.NearAsl)), s => s.HotspotCode, h => h.Code, (s, h) => new { s, h })
                .OrderBy(x => x.h.MunicipalityIstat == request.NearMunicipality ? 0 : 1).ThenBy(x => x.s.StartsAt).ThenBy(x => x.h.Code)
                .Take(request.Most).Select(x => new FirstPlace(x.s.Id, x.h.Code, x.h.Name, x.h.MunicipalityIstat, x.s.StartsAt)).ToListAsync(cancellationToken);
        }
    }

    internal sealed class Booked(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<BookConfirmation, SwabPlace>
    {
        public Task<SwabPlace> Handle(BookConfirmation request, CancellationToken cancellationToken) => db.OnceMore(() => Book(request, cancellationToken));

        private async Task<SwabPlace> Book(BookConfirmation request, CancellationToken cancellation)
        {
            var swab = await db.Requests.Include(r => r.Moves).SingleOrDefaultAsync(r => r.Id == request.RequestId, cancellation) ?? throw Refusal.NotFound();
            if (swab.State != SwabRequestState.Requested)
                return Of(swab); // The form came twice, or somebody was quicker.
            var slot = await db.Slots.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SlotId, cancellation) ?? throw Refusal.NotFound();
            var act = user.Act(clock);
            if (slot.StartsAt <= act.At)
                throw new Refusal("slot-past", "L'orario scelto è già passato: ne scelga un altro.");
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (!await db.TakePlace(slot.Id, cancellation))
                throw new Refusal("slot-full", "I posti di questo orario sono appena finiti: scelga un altro orario.");
            swab.Book(slot, act);
            db.Tell(new SwabRequested(swab.Id, swab.PatientId, swab.TestType, slot.HotspotCode, slot.StartsAt, swab.RequestedBy));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return Of(swab);
        }
    }

    internal sealed class Placed(TestingDb db) : IRequestHandler<PlaceOfRequest, SwabPlace?>
    {
        public async Task<SwabPlace?> Handle(PlaceOfRequest request, CancellationToken cancellationToken) =>
            await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == request.RequestId, cancellationToken) is { } swab ? Of(swab) : null;
    }

    private static SwabPlace Of(SwabRequest swab) =>
        new(swab.Id, swab.State, swab.SlotId is null || swab.HotspotCode.Length == 0 ? null : swab.HotspotCode, swab.SlotId is null ? null : swab.SlotAt);
}
