using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>Takes orders for places and answers after they are committed: those that come within the same moment share a commit.</summary>
internal sealed class BookingDesk : IAsyncDisposable
{
    // On SQLite there is one writer; a server commits one group while it reads for the other.
    private const int ServerLanes = 2;
    private const int AtMost = 128;

    private readonly IServiceScopeFactory scopes;
    private readonly BookingPulse pulse;
    private readonly TimeProvider clock;
    private readonly Gathering<LedgerOrder, LedgerAnswer> gathering;

    public BookingDesk(IServiceScopeFactory scopes, BookingPulse pulse, IDatabaseEngine engine, IConfiguration configuration, TimeProvider clock)
    {
        (this.scopes, this.pulse, this.clock) = (scopes, pulse, clock);
        gathering = new(
            engine.Server is null ? 1 : configuration.GetValue("Vaccination:Lanes", ServerLanes), configuration.GetValue("Vaccination:GroupAtMost", AtMost), Commit);
    }

    /// <summary>Orders that wait for their commit or are in it.</summary>
    public int Waiting => gathering.Waiting;

    /// <summary>Rivals for a slot go through one lane, where they are decided without a lock between them.</summary>
    public async Task<LedgerAnswer> Take(LedgerOrder order)
    {
        var from = clock.GetTimestamp();
        var answer = await gathering.Do(order, order.First.GetHashCode());
        pulse.Note(clock.GetElapsedTime(from));
        return answer;
    }

    public ValueTask DisposeAsync() => gathering.DisposeAsync();

    private async Task<IReadOnlyList<LedgerAnswer>> Commit(IReadOnlyList<LedgerOrder> orders)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IBookingLedger>().Commit(orders);
    }
}
