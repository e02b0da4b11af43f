using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

/// <summary>Who asked takes another place for the person, or the first one when there is none yet.</summary>
[Requires(TestingModule.MayRequest)]
internal sealed record MoveBooking : ICommand<Unit>
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public Guid? SlotId { get; init; }

    internal sealed class Validator : AbstractValidator<MoveBooking>
    {
        public Validator() => RuleFor(r => r.SlotId).NotEmpty().WithMessage("Scelga l'orario.");
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<MoveBooking, Unit>
    {
        public async Task<Unit> Handle(MoveBooking request, CancellationToken cancellationToken)
        {
            var swab = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayRequest)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (swab.SlotId == request.SlotId)
                return Unit.Value; // The form came twice.
            if (swab.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            var slot = await db.Slots.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SlotId, cancellationToken) ?? throw Refusal.NotFound();
            var act = user.Act(clock);
            if (slot.StartsAt <= act.At)
                throw new Refusal("slot-past", "L'orario scelto è già passato: ne scelga un altro.");
            if (swab.HomeAddress is null && await db.Hotspots.AnyAsync(h => h.Code == slot.HotspotCode && h.AtHome, cancellationToken))
                throw new Refusal("not-at-home", "Questa richiesta non è per un prelievo a domicilio: scelga un hotspot.");

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await db.ExchangePlaces(swab.SlotId, slot.Id, cancellationToken))
                throw new Refusal("slot-full", "I posti di questo orario sono appena finiti: scelga un altro orario.");
            var before = swab.State == SwabRequestState.Booked ? swab.SlotAt : null;
            swab.Book(slot, act);
            if (before is { } at)
                db.Tell(new AppointmentMoved(swab.Id, swab.PatientId, swab.RequestedBy, at, slot.HotspotCode, slot.StartsAt, ByClosure: false));
            else
                db.Tell(new SwabRequested(swab.Id, swab.PatientId, swab.TestType, slot.HotspotCode, slot.StartsAt, swab.RequestedBy));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
