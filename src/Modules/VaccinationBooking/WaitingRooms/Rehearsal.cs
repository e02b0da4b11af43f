using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>A host that has just started recognises and books, some dozens of times, for somebody who does not exist at a place that does not exist: so the
/// first of a crowd do not wait until all is compiled and connected, nor does their waiting mislead the pace. Nothing is written.</summary>
internal sealed class Rehearsal(RecognitionDesk people, BookingDesk bookings, TimeProvider clock)
{
    private const int Rounds = 12;
    private const int AtOnce = 8;

    private static readonly string Nobody = new('0', 16);

    public async Task Run()
    {
        for (var round = 0; round < Rounds; round++)
            await Task.WhenAll(Enumerable.Range(0, AtOnce).SelectMany(_ => new Task[] { people.Of(Nobody, Nobody), bookings.Take(NothingAtAll()) }));
    }

    private LedgerOrder NothingAtAll()
    {
        var now = clock.GetUtcNow();
        return new(Guid.CreateVersion7(now), "", Guid.CreateVersion7(now), Guid.Empty, Guid.CreateVersion7(now), null, now.UtcDateTime);
    }
}
