using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>Places moved and left, beside <see cref="IBookingLedger"/>, which takes them: each order whole in a transaction, or not at all.
/// Guarded counts let the slower of two rivals fail, on every engine. Slots come first and in the order of their ids, as in the ledger,
/// so that nobody waits in a ring.</summary>
internal sealed class PlaceLedger(VaccinationDb db, CampaignBook campaigns, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock)
{
    private const int Tries = 20;

    /// <exception cref="Refusal">What happened, and what to do next: everything is as it was.</exception>
    public async Task Commit(MovePlaces order)
    {
        // Before the transaction: what is read of campaigns takes a connection of its own.
        var code = await db.Bookings.Where(b => b.Id == order.Booking).Select(b => b.CampaignCode).SingleOrDefaultAsync() ?? throw Refusal.NotFound();
        var page = await campaigns.Find(code);
        await Again(order.Id, order.Booking, now => Move(order, page, now));
    }

    private async Task Move(MovePlaces order, CampaignPage? page, DateTime now)
    {
        var booking = await Read(order.Booking);
        var standing = booking.Appointments.Where(a => a.State != AppointmentState.Cancelled).ToDictionary(a => a.Dose);
        Guid[] places = [.. standing.Values.Select(a => a.SlotId), .. order.To.Values];
        var slots = await db.Slots.AsNoTracking().Where(s => places.Contains(s.Id)).ToDictionaryAsync(s => s.Id);
        var moved = order.To.Where(t => !standing.TryGetValue(t.Key, out var a) || a.SlotId != t.Value).OrderBy(t => t.Key).ToList();
        if (moved.Count == 0)
            return;
        // Whose place was closed by others moves as often as she needs.
        var atMost = moved.Any(t => standing.TryGetValue(t.Key, out var a) && slots.TryGetValue(a.SlotId, out var s) && s.Closed) && order.MovesAtMost is not null
            ? int.MaxValue : order.MovesAtMost;
        MoveLaw.Check(booking, moved.ToDictionary(), slots, atMost, order.Mixed, region, now);
        await CheckHers(page, booking, moved, slots, order.Mixed, now);

        await Count([.. moved.SelectMany(t => new[] { (standing[t.Key].SlotId, -1, t.Key), (t.Value, +1, t.Key) })], now);
        foreach (var (dose, to) in moved)
        {
            var (old, slot) = (standing[dose], slots[to]);
            await db.Appointments.Where(a => a.Id == old.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.SlotId, to).SetProperty(a => a.StartsAt, slot.StartsAt)
                    .SetProperty(a => a.State, AppointmentState.Booked).SetProperty(a => a.RemindedAt, (DateTime?)null));
            Note(order.Id, booking, BookingChangeKind.Moved, dose, old, slot, now, order.Why, order.Cause, order.By);
        }

        var last = slots[moved[^1].Value];
        var counted = booking.Moves + (atMost is null or int.MaxValue ? 0 : 1);
        await Turn(booking, set => set.SetProperty(b => b.CentreCode, last.CentreCode).SetProperty(b => b.VaccineCode, last.VaccineCode).SetProperty(b => b.Moves, counted));
        db.Tell(new VaccinationsMoved([booking.Id], order.Cause));
        db.Touched(user, "write", "vaccination.Booking", booking.PatientId, order.Address, order.By);
    }

    /// <exception cref="Refusal"><c>booking-over</c> when nothing of it is to come.</exception>
    public Task Commit(LeavePlaces order) => Again(order.Id, order.Booking, now => Leave(order, now));

    /// <summary>Within the caller's transaction, who saves.</summary>
    /// <exception cref="Refusal"><c>booking-over</c>, <c>dose-under-way</c>.</exception>
    public async Task Leave(LeavePlaces order, DateTime now)
    {
        var booking = await Read(order.Booking);
        if (booking.State == BookingState.Cancelled)
            return;
        MoveLaw.CheckOpen(booking);
        var left = booking.Appointments.Where(a => a.State == AppointmentState.Booked || (a.State == AppointmentState.NoShow && !order.KeepMissed)).OrderBy(a => a.Dose).ToList();
        if (booking.Appointments.Exists(a => a.State == AppointmentState.CheckedIn))
            throw new Refusal("dose-under-way", "È già stata accolta al centro: per rinunciare si rivolga all’accettazione.");

        await Count([.. left.Select(a => (a.SlotId, -1, a.Dose))], now);
        foreach (var appointment in left)
        {
            await db.Appointments.Where(a => a.Id == appointment.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AppointmentState.Cancelled));
            Note(order.Id, booking, BookingChangeKind.Cancelled, appointment.Dose, appointment, null, now, order.Why, order.Cause, order.By);
        }

        await Turn(booking, set => set.SetProperty(b => b.State, BookingState.Cancelled).SetProperty(b => b.OpenKey, (string?)null).SetProperty(b => b.EndedAt, now));
        db.Tell(new VaccinationsCancelled([booking.Id], order.Cause));
        db.Touched(user, "write", "vaccination.Booking", booking.PatientId, order.Address, order.By);
    }

    // What is due to her by herself: ages of the vaccine, and of a dose booked alone its vaccine and its first day.
    private async Task CheckHers(CampaignPage? page, Booking booking, List<KeyValuePair<int, Guid>> moved, Dictionary<Guid, VaccinationSlot> slots, bool mixed, DateTime now)
    {
        if (page is null)
            return;
        var born = await db.Vaccinees.Where(v => v.PatientId == booking.PatientId).Select(v => v.BirthDate).SingleOrDefaultAsync();
        if ((await db.TurnOf(page, booking.PatientId, born, region, now, default)).ToBook is not { } hers)
            return;
        var alone = booking.Appointments.Count == 1 && hers.Count == 1;
        foreach (var slot in moved.Select(m => slots[m.Value]))
        {
            var day = region.DayOf(new DateTimeOffset(slot.StartsAt, TimeSpan.Zero));
            if (alone && !mixed ? !hers.Suits(slot.VaccineCode, day, region.Vaccination) : !hers.SuitsAge(slot.VaccineCode, day, region.Vaccination))
                throw MoveLaw.NotForHer();
        }
    }

    private async Task Again(Guid id, Guid booking, Func<DateTime, Task> order)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                if (await db.BookingChanges.AnyAsync(c => c.Id == id && c.BookingId == booking))
                    return;
                await order(clock.GetUtcNow().UtcDateTime);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                return;
            }
            catch (PlaceRace) when (attempt < Tries)
            {
            }
            catch (DbUpdateException failure) when (attempt < Tries && engine.IsDuplicate(failure))
            {
                // The same order from another window: it is found now.
            }
            catch (DbException failure) when (attempt < Tries && failure.IsTransient)
            {
            }
        }
    }

    private async Task<Booking> Read(Guid id) =>
        await db.Bookings.AsNoTracking().Include(b => b.Appointments).SingleOrDefaultAsync(b => b.Id == id) ?? throw Refusal.NotFound();

    private async Task Count(IReadOnlyCollection<(Guid Slot, int By, int Dose)> steps, DateTime now)
    {
        if (await db.CountPlaces(steps.Select(s => (s.Slot, s.By)), now) is { } failed)
            throw steps.Where(s => s.Slot == failed).Sum(s => s.By) > 0 ? MoveLaw.Gone(steps.First(s => s.Slot == failed).Dose) : new PlaceRace();
    }

    private async Task Turn(Booking booking, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<Booking>> set)
    {
        var turned = await db.Bookings.Where(b => b.Id == booking.Id && b.Version == booking.Version)
            .ExecuteUpdateAsync(setters => { set(setters); setters.SetProperty(b => b.Version, booking.Version + 1); });
        if (turned == 0)
            throw new PlaceRace();
    }

    private void Note(
        Guid order, Booking booking, BookingChangeKind kind, int dose, Appointment from, VaccinationSlot? to, DateTime now, string? why, Guid? cause, Guid? by) =>
        db.Add(new BookingChange
        {
            // The first row has the order's own id, by which it is known again.
            Id = db.BookingChanges.Local.Any(c => c.Id == order) ? StableIdOf(order, dose) : order,
            BookingId = booking.Id, Kind = kind, Dose = dose, FromSlotId = from.SlotId, FromAt = from.StartsAt, ToSlotId = to?.Id, ToAt = to?.StartsAt, At = now,
            ById = user.Id, ByName = user.IsSignedIn ? user.DisplayName : user.IsPlatform ? "platform" : CitizensTouch.NameOf(by), Why = why, CauseId = cause,
        });

    private static Guid StableIdOf(Guid order, int dose) => BuildingBlocks.Messaging.StableId.Of(order, "dose" + dose);
}

internal static class CitizensTouch
{
    /// <summary>A citizen, who has no account: with the id that she has in the registry where her digital identity has told it.</summary>
    public static string NameOf(Guid? citizen) => citizen is { } id ? $"citizen {id}" : "citizen";

    /// <summary>The audit's line: of the operator who acts, or of a citizen.</summary>
    public static void Touched(this VaccinationDb db, ICurrentUser user, string action, string what, Guid patient, string? address, Guid? by = null)
    {
        if (user.IsSignedIn || user.IsPlatform)
            db.Audit(action, what, [patient]);
        else
            db.Tell(new PersonDataTouched(action, what, [patient], [], NameOf(by), address, System.Diagnostics.Activity.Current?.TraceId.ToString()));
    }
}
