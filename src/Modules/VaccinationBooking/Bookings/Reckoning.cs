using Platform.BuildingBlocks.Regions;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>Decides over a group of orders, one after the other, on what the transaction has found and locked: pure law, the same on
/// every engine. A place is counted only for an order that is granted whole, so that none leaks.</summary>
internal sealed class Reckoning
{
    private readonly Region region;
    private readonly Dictionary<Guid, SlotState> slots;
    private readonly Dictionary<Guid, int> free;
    private readonly Dictionary<Guid, StandingBooking> byId;
    private readonly Dictionary<(string Campaign, Guid Patient), StandingBooking> open;
    private readonly HashSet<(string Campaign, Guid Patient, long Ticket)> tickets;
    private readonly Dictionary<(string Campaign, Guid Patient, bool Offered), Hold> holds;
    private readonly Dictionary<Guid, Booking> booked = [];
    private readonly Dictionary<Guid, Hold> held = [];
    private readonly HashSet<Guid> letGo = [];

    public Reckoning(Region region, LedgerState found)
    {
        this.region = region;
        slots = found.Slots.ToDictionary(s => s.Id);
        free = found.Slots.ToDictionary(s => s.Id, s => s.Capacity - s.Taken);
        byId = found.Bookings.ToDictionary(b => b.Id);
        // Two records of one person, made one, may each have had an open booking.
        open = found.Bookings.Where(b => b.Open).DistinctBy(b => (b.Campaign, b.PatientId)).ToDictionary(b => (b.Campaign, b.PatientId));
        tickets = [.. found.Bookings.Where(b => b.Ticket is not null).Select(b => (b.Campaign, b.PatientId, b.Ticket!.Value))];
        holds = found.Holds.ToDictionary(h => (h.CampaignCode, h.PatientId, h.Offered));
    }

    public IReadOnlyCollection<Booking> Booked => booked.Values;

    /// <summary>New ones.</summary>
    public IReadOnlyCollection<Hold> Held => held.Values;

    /// <summary>Ids of holds that were there and are no more.</summary>
    public IReadOnlyCollection<Guid> LetGo => letGo;

    /// <summary>By how many places each slot's count changes.</summary>
    public IReadOnlyList<(Guid Slot, int By)> Changes =>
        [.. slots.Values.Select(s => (s.Id, By: s.Capacity - s.Taken - free[s.Id])).Where(c => c.By != 0).OrderBy(c => c.Id)];

    /// <param name="find">Free slots of these days, locked as the others are; those that another transaction holds may be left out.</param>
    /// <returns>An answer for each, in their order. Who accepts another hour of the day is decided again after the rest, should hers be full.</returns>
    public async Task<IReadOnlyList<LedgerAnswer>> Decide(IReadOnlyList<LedgerOrder> orders, Func<IReadOnlyList<SlotDay>, Task<IReadOnlyList<SlotState>>> find)
    {
        var answers = orders.Select(Decide).ToArray();
        int[] again = [.. Enumerable.Range(0, answers.Length).Where(i => orders[i].SameDay && answers[i].Outcome == LedgerOutcome.SlotGone)];
        if (DaysOf(again.Select(i => orders[i])) is { Count: > 0 } days)
        {
            foreach (var slot in await find(days))
            {
                if (slots.TryAdd(slot.Id, slot))
                    free.Add(slot.Id, slot.Capacity - slot.Taken);
            }

            foreach (var i in again)
            {
                var (first, second) = (Nearest(orders[i].First, orders[i].At), orders[i].Second is { } slot ? Nearest(slot, orders[i].At) : (Guid?)null);
                var answer = Decide(orders[i] with { First = first, Second = second });
                answers[i] = answer with { WholeDay = answer.Outcome == LedgerOutcome.SlotGone };
            }
        }

        return answers;
    }

    private LedgerAnswer Decide(LedgerOrder order)
    {
        var whose = (order.Campaign, order.PatientId);
        if (byId.TryGetValue(order.Id, out var before) && before.PatientId == order.PatientId)
            return new(LedgerOutcome.Done, before.Id, before.Code);
        if (open.TryGetValue(whose, out var standing))
            return new(LedgerOutcome.AlreadyBooked, standing.Id, standing.Code);
        if (order.Ticket is { } number && tickets.Contains((order.Campaign, order.PatientId, number)))
            return new(LedgerOutcome.TicketUsed, order.Id);
        if (Unfit(order) is { } unfit)
            return unfit;

        // Her own hold makes room for what she wants now, and so does an offer once she books; should she not get it, they stay.
        var own = order.Offers ? null : holds.GetValueOrDefault((order.Campaign, order.PatientId, false));
        var offered = order.Offers || order.HoldUntil is null ? holds.GetValueOrDefault((order.Campaign, order.PatientId, true)) : null;
        if (order.Offers && offered is not null && offered.Id != order.Id && offered.ExpiresAt > order.At)
            return new(LedgerOutcome.AlreadyOffered, offered.Id);
        Count(own, +1);
        Count(offered, +1);
        var missing = Missing(order.First, order.At) ? 1 : order.Second is { } second && Missing(second, order.At) ? 2 : 0;
        if (missing > 0)
        {
            Count(own, -1);
            Count(offered, -1);
            return new(LedgerOutcome.SlotGone, order.Id, Dose: missing);
        }

        End(own);
        End(offered);
        free[order.First]--;
        if (order.Second is { } also)
            free[also]--;
        return order.HoldUntil is { } until ? Hold(order, until) : Book(order);
    }

    private LedgerAnswer Hold(LedgerOrder order, DateTime until)
    {
        var hold = new Hold
        {
            Id = order.Id, CampaignCode = order.Campaign, PatientId = order.PatientId, GroupId = order.GroupId, FirstSlotId = order.First,
            SecondSlotId = order.Second, ExpiresAt = until, Offered = order.Offers,
        };
        // The same order again keeps its id: the row is written anew.
        holds[(order.Campaign, order.PatientId, order.Offers)] = held[order.Id] = hold;
        return Done(order);
    }

    private LedgerAnswer Done(LedgerOrder order, string? code = null) =>
        new(LedgerOutcome.Done, order.Id, code, First: slots[order.First], Second: order.Second is { } second ? slots[second] : null);

    private LedgerAnswer Book(LedgerOrder order)
    {
        var first = slots[order.First];
        var booking = new Booking
        {
            Id = order.Id, Code = Booking.NewCode(), CampaignCode = order.Campaign, PatientId = order.PatientId, GroupId = order.GroupId,
            CentreCode = first.Centre, VaccineCode = first.Vaccine, OpenKey = Booking.OpenKeyOf(order.Campaign, order.PatientId), Channel = order.Channel,
            TicketNumber = order.Ticket, BookedById = order.Who?.Id, BookedAt = order.At, Email = order.Email, Phone = order.Phone, Language = order.Language,
            Appointments = [Of(order, first), .. order.Second is { } second ? [Of(order, slots[second])] : Array.Empty<Appointment>()],
        };
        booked.Add(order.Id, booking);
        var standing = new StandingBooking(order.Id, booking.Code, order.Campaign, order.PatientId, true, order.Ticket);
        byId[order.Id] = open[(order.Campaign, order.PatientId)] = standing;
        if (order.Ticket is { } number)
            tickets.Add((order.Campaign, order.PatientId, number));
        return Done(order, booking.Code);
    }

    private static Appointment Of(LedgerOrder order, SlotState slot) => new()
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(order.At, TimeSpan.Zero)), BookingId = order.Id, Dose = slot.Dose, SlotId = slot.Id, StartsAt = slot.StartsAt,
    };

    private LedgerAnswer? Unfit(LedgerOrder order)
    {
        if (!slots.TryGetValue(order.First, out var first) || first.Campaign != order.Campaign)
            return new(LedgerOutcome.SlotGone, order.Id, Dose: 1);
        if (first.Dose != (order.ToBook?.First ?? 1) || order.ToBook?.Count is { } count && count == 2 != order.Second is not null)
            return new(LedgerOutcome.SlotsDoNotFit, order.Id);
        if (order.ToBook?.Suits(first.Vaccine, DayOf(first), region.Vaccination) == false)
            return new(LedgerOutcome.NotForHer, order.Id);
        if (order.Second is null)
            return null;
        if (!slots.TryGetValue(order.Second.Value, out var second) || second.Campaign != order.Campaign)
            return new(LedgerOutcome.SlotGone, order.Id, Dose: 2);
        var interval = region.Vaccination.IntervalOf(first.Vaccine, region.DayOf(new DateTimeOffset(order.At, TimeSpan.Zero)));
        var fits = second.Dose == 2 && second.Centre == first.Centre && second.Vaccine == first.Vaccine && interval is not null
            && interval.Allows(DayOf(first), DayOf(second));
        return fits ? null : new(LedgerOutcome.SlotsDoNotFit, order.Id);
    }

    private bool Missing(Guid slot, DateTime now) => free[slot] <= 0 || slots[slot].Closed || slots[slot].StartsAt <= now;

    private List<SlotDay> DaysOf(IEnumerable<LedgerOrder> orders)
    {
        var missing = orders.SelectMany(o => new[] { (Slot: o.First, o.At), (Slot: o.Second ?? o.First, o.At) }.Distinct())
            .Where(w => slots.ContainsKey(w.Slot) && Missing(w.Slot, w.At)).Select(w => (Wanted: slots[w.Slot], w.At, Day: DayOf(slots[w.Slot])));
        return [.. missing.GroupBy(w => (w.Wanted.Campaign, w.Wanted.Centre, w.Wanted.Vaccine, w.Wanted.Dose, w.Day)).Select(wanted =>
        {
            var (begins, ends, now) = (region.UtcOf(wanted.Key.Day, default), region.UtcOf(wanted.Key.Day.AddDays(1), default), wanted.Min(w => w.At));
            // What this group has filled meanwhile is free to who reads it.
            var known = slots.Values.Count(s => s.Centre == wanted.Key.Centre && s.StartsAt >= begins && s.StartsAt < ends);
            return new SlotDay(
                wanted.Key.Campaign, wanted.Key.Centre, wanted.Key.Vaccine, wanted.Key.Dose, now > begins ? now : begins, ends, wanted.First().Wanted.StartsAt, wanted.Count() + known);
        })];
    }

    /// <returns>The slot itself while it has a place, or where its day has no other.</returns>
    private Guid Nearest(Guid slot, DateTime now)
    {
        if (!slots.TryGetValue(slot, out var wanted) || !Missing(slot, now))
            return slot;
        var day = DayOf(wanted);
        return slots.Values.Where(s => s.Campaign == wanted.Campaign && s.Centre == wanted.Centre && s.Vaccine == wanted.Vaccine && s.Dose == wanted.Dose && !Missing(s.Id, now) && DayOf(s) == day)
            .MinBy(s => (s.StartsAt - wanted.StartsAt).Duration())?.Id ?? slot;
    }

    private DateOnly DayOf(SlotState slot) => region.DayOf(new DateTimeOffset(slot.StartsAt, TimeSpan.Zero));

    private void End(Hold? hold)
    {
        if (hold is not null && holds.Remove((hold.CampaignCode, hold.PatientId, hold.Offered)) && !held.Remove(hold.Id))
            letGo.Add(hold.Id);
    }

    private void Count(Hold? hold, int by)
    {
        if (hold is null)
            return;
        free[hold.FirstSlotId] += by;
        if (hold.SecondSlotId is { } second)
            free[second] += by;
    }
}
