using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>A citizen confirms what she has chosen; who books for another has stated her consent, and that is kept beside the booking.</summary>
[OpenToAll("The pass in the booking says who she is and that she may.")]
internal sealed record ConfirmBooking : ICommand<BookedAnswer>
{
    public required BookVaccination Booking { get; init; }
    public bool ForOther { get; init; }

    internal sealed class Handler(VaccinationDb db, IMediator mediator, BookingPasses passes, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<ConfirmBooking, BookedAnswer>
    {
        public async Task<BookedAnswer> Handle(ConfirmBooking request, CancellationToken cancellationToken)
        {
            var booked = await mediator.Send(request.Booking, cancellationToken);
            // The booking stands by now: sent again after a failure in between, it is the same, and what is missing is added.
            if (request.ForOther && !await db.ConsentStatements.AnyAsync(c => c.BookingId == booked.Id, cancellationToken))
            {
                db.Add(new ConsentStatement
                {
                    BookingId = booked.Id, PatientId = passes.Open(request.Booking.Pass).PatientId, StatedAt = clock.GetUtcNow().UtcDateTime, Address = request.Booking.Address,
                });
                try
                {
                    await db.SaveChangesAsync(cancellationToken);
                }
                catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
                {
                    // The same button pressed twice.
                }
            }

            return booked;
        }
    }
}

/// <summary>Who booked for her stated that she has her consent, or represents her by law.</summary>
internal sealed class ConsentStatement : IOfPatient
{
    public const int AddressLength = 64;

    public required Guid BookingId { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;
    public required DateTime StatedAt { get; init; }

    /// <summary>Network address of who stated it.</summary>
    public required string Address { get; init; }
}
