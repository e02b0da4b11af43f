using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.Notifications;
using Platform.Notifications.Mails;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Operations;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Places kept in vain come back; who books, moves or is expected soon is told by mail.</summary>
public sealed class HoldsAndMailsTests
{
    [Theory, OnEachEngine]
    public async Task Holds_that_expire_while_others_confirm_and_change_them_leak_no_place(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(40);
        var (first, second) = (await app.Slot(1, 40, 10), await app.Slot(2, 40, 45));
        var (other, otherSecond) = (await app.Slot(1, 40, 11), await app.Slot(2, 40, 46));
        var now = app.Clock.Now.UtcDateTime;
        await app.AtOnce(people.Select((p, i) => app.Order(p.PatientId, first, second, holdUntil: now.AddMinutes(i % 2 == 0 ? 10 : 30))));
        app.Clock.Advance(TimeSpan.FromMinutes(11));

        // Twice the job, on two hosts, while some confirm and some change at the same moment.
        var jobs = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await using var scope = app.Scope();
            return await scope.ServiceProvider.GetRequiredService<GiveBackHolds>().GiveBack(default);
        })).ToList();
        var confirm = app.AtOnce(people.Take(20).Select((p, i) => i % 4 < 2
            ? app.Order(p.PatientId, first, second) : app.Order(p.PatientId, other, otherSecond, holdUntil: now.AddMinutes(60))));
        await Task.WhenAll(jobs);
        Assert.All(await confirm, a => Assert.Equal(LedgerOutcome.Done, a.Outcome));
        await app.EveryPlaceIsAccountedFor();
        // Of the twenty that stood by, ten were over.
        Assert.Equal((10, 20), (await app.Db<VaccinationDb, int>(db => db.Bookings.CountAsync()), await app.Db<VaccinationDb, int>(db => db.Holds.CountAsync())));
    }

    [Theory, OnEachEngine]
    public async Task A_place_kept_in_vain_is_shown_as_free_by_who_looks_next(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var (first, second) = (await app.Slot(1, 1, 10), await app.Slot(2, 1, 45));
        await app.AtOnce([app.Order((await app.People(1))[0].PatientId, first, second, holdUntil: app.Clock.Now.UtcDateTime.AddMinutes(10))]);
        Assert.Empty((await app.Send(new Availability(VaccinationApp.Campaign, VaccinationApp.Centre, null))).Slots);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(first, Assert.Single((await app.Send(new Availability(VaccinationApp.Campaign, VaccinationApp.Centre, null))).Slots).Id);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task The_receipt_the_move_the_reminder_and_the_cancellation_are_mailed_once_each_and_say_nothing_of_health(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        var (first, second, later) = (await app.Slot(1, 1, 10), await app.Slot(2, 1, 45), await app.Slot(2, 1, 47));
        var order = app.Order(person.PatientId, first, second) with { Email = "anna@example.org", Language = "en" };
        var booked = (await app.AtOnce([order, order]))[0];
        await app.Drain();
        var receipt = Assert.Single(await Mails(app));
        Assert.Equal("Your booking is registered", receipt.Subject);
        Assert.Contains("Via Roma 1, Torino", receipt.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(booked.Code!, receipt.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("vaccin", receipt.Body.Replace("/vaccini/gestisci", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

        await app.Send(new MoveDose { Id = Guid.CreateVersion7(), Code = booked.Code, FiscalCode = person.FiscalCode, Dose = 2, Slot = later });
        await app.Drain();
        await Remind(app);
        Assert.Equal(2, (await Mails(app)).Count);

        app.Clock.Advance(TimeSpan.FromDays(8));
        await Remind(app);
        await Remind(app);
        Assert.Equal("A reminder of your appointment", (await Mails(app))[^1].Subject);
        Assert.Equal(3, (await Mails(app)).Count);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Send(new CancelBooking { Id = Guid.CreateVersion7(), Code = booked.Code, FiscalCode = person.FiscalCode });
        await app.Drain();
        app.Clock.Advance(TimeSpan.FromDays(37));
        await Remind(app);
        Assert.Equal("Your booking is cancelled", (await Mails(app))[^1].Subject);
        Assert.Equal(4, (await Mails(app)).Count);
    }

    [Theory, OnEachEngine]
    public async Task Who_books_within_the_three_days_gets_the_receipt_and_no_reminder(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var order = app.Order((await app.People(1))[0].PatientId, await app.Slot(1, 1, 2), await app.Slot(2, 1, 30)) with { Email = "anna@example.org" };
        await app.AtOnce([order]);
        await app.Drain();
        await Remind(app);
        Assert.Equal("La sua prenotazione è registrata", Assert.Single(await Mails(app)).Subject);
    }

    private static Task Remind(PlatformApp app) => app.Services.GetRequiredService<JobRunner>().Run(RemindOfAppointments.Name, default);

    private static Task<List<Mail>> Mails(PlatformApp app) => app.Db<NotificationsDb, List<Mail>>(db => db.Mails.AsNoTracking().OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync());
}
