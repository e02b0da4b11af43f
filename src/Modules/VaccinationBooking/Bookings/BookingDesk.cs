using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>Takes orders for places and answers after they are committed: those that come within the same moment share a commit.</summary>
internal sealed class BookingDesk : IAsyncDisposable
{
    // On SQLite there is one writer; a server commits one group while it reads for the other.
    private const int ServerLanes = 2;
    private const int AtMost = 512;
    private const int LingerMilliseconds = 18;

    private readonly IServiceScopeFactory scopes;
    private readonly BookingPulse pulse;
    private readonly KnownSlots known;
    private readonly TimeProvider clock;
    private readonly Gathering<LedgerOrder, LedgerAnswer> gathering;

    public BookingDesk(IServiceScopeFactory scopes, BookingPulse pulse, KnownSlots known, IDatabaseEngine engine, IConfiguration configuration, TimeProvider clock)
    {
        (this.scopes, this.pulse, this.known, this.clock) = (scopes, pulse, known, clock);
        gathering = new(
            engine.Server is null ? 1 : configuration.GetValue("Vaccination:Lanes", ServerLanes), configuration.GetValue("Vaccination:GroupAtMost", AtMost),
            TimeSpan.FromMilliseconds(configuration.GetValue("Vaccination:LingerMilliseconds", LingerMilliseconds)), Commit);
    }

    /// <summary>Orders that wait for their commit or are in it.</summary>
    public int Waiting => gathering.Waiting;

    /// <summary>Rivals for a centre's slots go through one lane, where they are decided without a lock between them.</summary>
    public async Task<LedgerAnswer> Take(LedgerOrder order)
    {
        var from = clock.GetTimestamp();
        try
        {
            var answer = await gathering.Do(order, known.LaneOf(order.First));
            if (answer.Outcome == LedgerOutcome.SlotGone)
                known.FoundGone(answer.Dose == 2 ? order.Second!.Value : order.First);
            if (answer.First is { } first && first.Id != order.First)
                known.FoundGone(order.First);
            if (answer.Second is { } second && second.Id != order.Second)
                known.FoundGone(order.Second!.Value);
            return answer;
        }
        catch (LedgerRace)
        {
            // Tried alone as well: another host is quicker each time, or the order's id is another person's.
            throw Refusal.ChangedMeanwhile();
        }
        finally
        {
            pulse.Note(clock.GetElapsedTime(from));
        }
    }

    public ValueTask DisposeAsync() => gathering.DisposeAsync();

    private async Task<IReadOnlyList<LedgerAnswer>> Commit(IReadOnlyList<LedgerOrder> orders)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IBookingLedger>().Commit(orders);
    }
}
