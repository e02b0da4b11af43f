using System.Collections.Concurrent;

namespace Platform.VaccinationBooking.Centres;

/// <summary>What this host has seen of slots without asking for it: where they are, and which somebody has just found full. It decides
/// nothing; it keeps rivals in one lane, and a crowd from running into a door that is closed.</summary>
internal sealed class KnownSlots(TimeProvider clock)
{
    private const int KeptCentres = 500_000;
    private const int KeptGone = 4096;

    private readonly ConcurrentDictionary<Guid, string> centres = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> gone = new();

    public void Saw(IReadOnlyList<FreePlaces> places)
    {
        if (centres.Count > KeptCentres)
            centres.Clear();
        foreach (var place in places)
            centres.TryAdd(place.Id, place.Centre);
    }

    /// <returns>The same for all slots of a centre, as far as they are known here.</returns>
    public int LaneOf(Guid slot) => centres.TryGetValue(slot, out var centre) ? centre.GetHashCode(StringComparison.Ordinal) : slot.GetHashCode();

    public void FoundGone(Guid slot)
    {
        // Boards are read anew every few seconds: what is older says nothing any more.
        if (gone.Count >= KeptGone)
            gone.Clear();
        gone[slot] = clock.GetUtcNow();
    }

    /// <param name="at">When a board was read: what it knows is newer than what was found before.</param>
    public bool GoneSince(DateTimeOffset at, Guid slot) => gone.TryGetValue(slot, out var found) && found >= at;
}
