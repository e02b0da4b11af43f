using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>Puts a waiting room in front of a campaign, opening at an instant; before it numbers are drawn by lot.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record PrepareRoom : ICommand<DateTime>
{
    public string Campaign { get; init; } = "";

    /// <summary>Wall-clock day and time, here.</summary>
    public DateOnly? Day { get; init; }

    public TimeOnly? Time { get; init; }

    internal sealed class Validator : AbstractValidator<PrepareRoom>
    {
        public Validator() => RuleFor(r => r.Day).NotNull().WithMessage("Indichi il giorno di apertura.").Must(d => d is null || d.Value.Year is >= 2020 and < 2100).WithMessage("Indichi un giorno entro il 2099.");
    }

    internal sealed class Handler(VaccinationDb db, CampaignBook book, RoomKeeper rooms, Region region, TimeProvider clock) : IRequestHandler<PrepareRoom, DateTime>
    {
        public Task<DateTime> Handle(PrepareRoom request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var campaign = await db.Campaigns.SingleOrDefaultAsync(c => c.Code == request.Campaign, cancellationToken) ?? throw Refusal.NotFound();
            var opens = region.UtcOf(request.Day!.Value, request.Time ?? TimeOnly.MinValue);
            var room = await db.WaitingRooms.AsNoTracking().SingleOrDefaultAsync(r => r.CampaignCode == campaign.Code, cancellationToken);
            if (room is not null && room.OpensAt != opens)
                throw new Refusal("room-stands", "La coda c’è già, e chi aspetta conosce il suo orario: non si cambia più.");
            if (room is null)
                db.Add(new WaitingRoom { CampaignCode = campaign.Code, OpensAt = opens, SteppedAt = clock.GetUtcNow().UtcDateTime });
            campaign.WaitingRoom = true;
            await db.SaveChangesAsync(cancellationToken);
            book.Forget();
            rooms.Forget(campaign.Code);
            return opens;
        });
    }
}

/// <summary>The waiting room is paused, opened again, or paced by hand.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record SteerRoom : ICommand<WaitingRoomState>
{
    public string Campaign { get; init; } = "";
    public bool Paused { get; init; }

    /// <summary>People a second; null lets the health of the booking decide.</summary>
    public double? Rate { get; init; }

    internal sealed class Validator : AbstractValidator<SteerRoom>
    {
        public Validator() => RuleFor(r => r.Rate).InclusiveBetween(0.1, 10_000).WithMessage("Da 0,1 a 10000 persone al secondo; vuoto: automatico.");
    }

    internal sealed class Handler(IServiceScopeFactory scopes, RoomKeeper rooms, TimeProvider clock) : IRequestHandler<SteerRoom, WaitingRoomState>
    {
        public async Task<WaitingRoomState> Handle(SteerRoom request, CancellationToken cancellationToken)
        {
            var room = await RoomKeeper.Change(scopes, request.Campaign, r => r.Steer(request.Paused, request.Rate, clock.GetUtcNow().UtcDateTime)) ?? throw Refusal.NotFound();
            rooms.Forget(request.Campaign);
            return room.State;
        }
    }
}

/// <summary>The figures of a waiting room, for who steers it.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record RoomFigures(string Campaign) : IQuery<RoomFiguresAnswer>
{
    internal sealed class Handler(VaccinationDb db, BookingPulse pulse, TimeProvider clock) : IRequestHandler<RoomFigures, RoomFiguresAnswer>
    {
        public async Task<RoomFiguresAnswer> Handle(RoomFigures request, CancellationToken cancellationToken)
        {
            var campaign = await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Code == request.Campaign, cancellationToken) ?? throw Refusal.NotFound();
            var hour = clock.GetUtcNow().UtcDateTime.AddHours(-1);
            return new(
                campaign, await db.WaitingRooms.AsNoTracking().SingleOrDefaultAsync(r => r.CampaignCode == campaign.Code, cancellationToken),
                await db.Bookings.CountAsync(b => b.CampaignCode == campaign.Code && b.BookedAt > hour, cancellationToken), Math.Round(pulse.Percentile95), clock.GetUtcNow().UtcDateTime);
        }
    }
}

/// <param name="Room">Null where none stands.</param>
/// <param name="Percentile95">Milliseconds, on this host.</param>
internal sealed record RoomFiguresAnswer(Campaign Campaign, WaitingRoom? Room, int BookedLastHour, double Percentile95, DateTime ReadAt);
