using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Notifications.Mails;
using Platform.Patients;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Offers;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Two records become one: one booking stands, places come back, nobody is told nothing.</summary>
public sealed class MergedVaccineesTests
{
    [Theory, OnEachEngine]
    public async Task Of_two_open_bookings_the_earlier_stands_and_the_others_places_are_free_and_its_address_is_told(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        var (survivor, merged) = (people[0].PatientId, people[1].PatientId);
        var (late, early) = ((await app.Slot(1, 1, 10), await app.Slot(2, 1, 40)), (await app.Slot(1, 1, 5), await app.Slot(2, 1, 35)));
        await app.AtOnce([
            app.Order(survivor, late.Item1, late.Item2) with { Email = "prima@example.org" },
            app.Order(merged, early.Item1, early.Item2) with { Email = "seconda@example.org" },
        ]);
        await app.Drain();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await Merge(app, survivor, merged);

        var open = Assert.Single(await app.Db<VaccinationDb, List<Booking>>(db => db.Bookings.Where(b => b.OpenKey != null).ToListAsync()));
        Assert.Equal((survivor, Booking.OpenKeyOf(VaccinationApp.Campaign, survivor), "seconda@example.org"), (open.PatientId, open.OpenKey!, open.Email!));
        Assert.Equal(2, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
        await app.EveryPlaceIsAccountedFor();
        var told = (await app.Db<NotificationsDb, List<Mail>>(db => db.Mails.AsNoTracking().ToListAsync())).Where(m => m.Subject == "La sua prenotazione è annullata");
        Assert.Single(told);
        Assert.Equal("merge", await app.Db<VaccinationDb, string?>(db => db.BookingChanges.Select(c => c.Why).FirstAsync()));
        // Told again it changes nothing.
        await Merge(app, survivor, merged);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task What_was_kept_and_what_was_wished_is_the_survivors(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        var (survivor, merged) = (people[0].PatientId, people[1].PatientId);
        var (first, second) = (await app.Slot(1, 2, 5), await app.Slot(2, 2, 35));
        var until = app.Clock.Now.UtcDateTime.AddMinutes(10);
        await app.AtOnce([app.Order(merged, first, second, holdUntil: until)]);
        foreach (var person in people)
        {
            await app.Send(new AskForPlace { Campaign = VaccinationApp.Campaign, FiscalCode = person.FiscalCode, Card = VaccinationApp.Card, Municipality = "001272", Email = "anna@example.org" });
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await Merge(app, survivor, merged);
        Assert.Equal(survivor, await app.Db<VaccinationDb, Guid>(db => db.Holds.Select(h => h.PatientId).SingleAsync()));
        var wish = Assert.Single(await app.Db<VaccinationDb, List<PlaceWish>>(db => db.Wishes.Where(w => w.OpenKey != null).ToListAsync()));
        Assert.Equal(PlaceWish.OpenKeyOf(VaccinationApp.Campaign, survivor, WishKind.NearMe), wish.OpenKey);
        await app.EveryPlaceIsAccountedFor();
        // Her hold is hers to confirm.
        Assert.Equal(LedgerOutcome.Done, (await app.AtOnce([app.Order(survivor, first, second)]))[0].Outcome);
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal(2, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
    }

    private static async Task Merge(PlatformApp app, Guid survivor, Guid merged)
    {
        await app.Db<PatientsDb, int>(db =>
        {
            db.Tell(new PatientsMerged(survivor, merged));
            return db.SaveChangesAsync();
        });
        await app.Drain();
    }
}
