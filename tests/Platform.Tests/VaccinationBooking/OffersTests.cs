using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.Notifications;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Offers;
using Platform.VaccinationBooking.People;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Who waits for a place gets it in the order of the line, for a while, once.</summary>
public sealed class OffersTests
{
    [Theory, OnEachEngine]
    public async Task Places_that_open_are_offered_in_order_expire_to_the_next_and_are_accepted_once(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(3);
        foreach (var person in people)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(people.IndexOf(person) + 1, (await app.Send(Wish(person))).Position);
        }

        Assert.Equal(1, (await app.Send(Wish(people[0]))).Position);
        await Offer(app);
        Assert.Empty(await Offers(app));

        var (first, second) = (await app.Slot(1, 1, 3), await app.Slot(2, 1, 30));
        await Offer(app);
        await Offer(app);
        var offer = Assert.Single(await Offers(app));
        Assert.Equal((people[0].PatientId, first, second), (offer.PatientId, offer.FirstSlotId, offer.SecondSlotId!.Value));
        Assert.Equal("C’è un posto per lei", await app.Db<NotificationsDb, string>(db => db.Mails.Select(m => m.Subject).SingleAsync()));
        Assert.Equal(LedgerOutcome.SlotGone, (await app.AtOnce([app.Order(people[2].PatientId, first, second)]))[0].Outcome);
        await app.EveryPlaceIsAccountedFor();

        // She does not answer: the place goes to the next, and she stands behind.
        app.Clock.Advance(PlaceOffer.NearMeFor + TimeSpan.FromMinutes(1));
        Assert.Equal("offer-over", await PlaceMovesTests.Refused(() => app.Send(Answer(people[0], offer))));
        await Offer(app);
        offer = (await Offers(app)).Single(o => o.State == OfferState.Open);
        Assert.Equal(people[1].PatientId, offer.PatientId);
        Assert.Equal("offer-not-found", await PlaceMovesTests.Refused(() => app.Send(Answer(people[0], offer))));

        // From eight windows at once it is one booking.
        var accepted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => app.Send(Answer(people[1], offer)))));
        Assert.Single(accepted.Select(a => a.BookingCode).Distinct());
        Assert.Equal(BookingChannel.Offer, await app.Db<VaccinationDb, BookingChannel>(db => db.Bookings.Select(b => b.Channel).SingleAsync()));
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal("already-booked", await PlaceMovesTests.Refused(() => app.Send(Wish(people[1]))));
        Assert.Equal(2, (await app.Send(Wish(people[0]))).Position);
    }

    [Theory, OnEachEngine]
    public async Task Left_over_doses_go_to_the_stand_by_list_and_what_is_declined_to_the_next(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(3);
        foreach (var person in people)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await app.Send(Wish(person) with { Kind = WishKind.StandBy });
        }

        await app.Slot(2, 5, 30);
        var evening = app.Region.LocalOf(app.Clock.Now.UtcDateTime).AddHours(2);
        var left = new OfferLeftOvers { Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Campaign = VaccinationApp.Campaign, Vaccine = "comirnaty", Doses = 2, At = TimeOnly.FromDateTime(evening) };
        Assert.Equal("not-found", await PlaceMovesTests.Refused(() => app.Send(left, As.VaccinationCentre("CV-002"))));
        Assert.Equal(2, await app.Send(left, As.VaccinationCentre(VaccinationApp.Centre)));
        Assert.Equal(0, await app.Send(left, As.VaccinationCentre(VaccinationApp.Centre)));
        await app.EveryPlaceIsAccountedFor();

        var offers = await Offers(app);
        Assert.Equal(OfferState.Declined, (await app.Send(Answer(people[0], offers.Single(o => o.PatientId == people[0].PatientId)) with { Accept = false })).State);
        await app.Send(Answer(people[1], offers.Single(o => o.PatientId == people[1].PatientId)));
        await Offer(app);
        Assert.Equal(people[2].PatientId, (await Offers(app)).Single(o => o.State == OfferState.Open).PatientId);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task An_open_offer_keeps_its_place_while_other_dates_are_looked_at_and_gives_it_back_when_they_are_booked(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        foreach (var person in people)
            await app.Send(Wish(person));
        var (first, second) = (await app.Slot(1, 1, 3), await app.Slot(2, 1, 30));
        await Offer(app);
        var offer = Assert.Single(await Offers(app));
        var she = people.Single(p => p.PatientId == offer.PatientId);
        var (other, otherSecond) = (await app.Slot(1, 1, 4), await app.Slot(2, 1, 32));
        // She keeps other places while she confirms, twice: the offered ones stay hers.
        var until = app.Clock.Now.UtcDateTime.AddMinutes(10);
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(LedgerOutcome.Done, (await app.AtOnce([app.Order(she.PatientId, other, otherSecond, holdUntil: until)]))[0].Outcome);
        Assert.Equal([false, true], await app.Db<VaccinationDb, List<bool>>(db => db.Holds.OrderBy(h => h.Offered).Select(h => h.Offered).ToListAsync()));
        Assert.Equal(LedgerOutcome.SlotGone, (await app.AtOnce([app.Order(people.Single(p => p != she).PatientId, first, second)]))[0].Outcome);
        await app.EveryPlaceIsAccountedFor();
        // Nor is a second place offered to her while the first is open.
        Assert.Equal(LedgerOutcome.AlreadyOffered, (await app.AtOnce([app.Order(she.PatientId, other, otherSecond, holdUntil: until) with { Channel = BookingChannel.Offer }]))[0].Outcome);
        Assert.Equal(OfferState.Open, (await app.Send(new OpenOffer { Code = offer.Code, FiscalCode = she.FiscalCode })).State);

        // She books the dates that she chose: the offered place is free for the other, and the offer says where she stands.
        Assert.Equal(LedgerOutcome.Done, (await app.AtOnce([app.Order(she.PatientId, other, otherSecond)]))[0].Outcome);
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Holds.CountAsync()));
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal("already-booked", await PlaceMovesTests.Refused(() => app.Send(new OpenOffer { Code = offer.Code, FiscalCode = she.FiscalCode })));
        Assert.Equal("already-booked", await PlaceMovesTests.Refused(() => app.Send(Answer(she, offer))));
        await Offer(app);
        Assert.Equal(people.Single(p => p != she).PatientId, (await Offers(app)).Single(o => o.Id != offer.Id).PatientId);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task Who_stands_in_both_lists_gets_one_place_and_every_offer_has_its_hold_however_many_hosts_offer(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(3);
        foreach (var kind in Enum.GetValues<WishKind>())
        {
            foreach (var person in people)
                await app.Send(Wish(person) with { Kind = kind });
        }

        await app.Slot(1, 5, 1);
        await app.Slot(1, 5, 3);
        await app.Slot(2, 10, 30);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var scope = app.Scope();
            await scope.ServiceProvider.GetRequiredService<OfferPlaces>().Run(default);
        })));
        var offers = await Offers(app);
        Assert.Equal(people.Select(p => p.PatientId).Order(), offers.Select(o => o.PatientId).Order());
        Assert.Equal(offers.Select(o => o.Id).Order(), await app.Db<VaccinationDb, List<Guid>>(db => db.Holds.OrderBy(h => h.Id).Select(h => h.Id).ToListAsync()));
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task Who_waits_where_nothing_is_free_holds_up_nobody_behind_her(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(251);
        var since = app.Clock.Now.UtcDateTime;
        // Two hundred and fifty of Cuneo ask before the one of Torino, where the centre is.
        await app.Db<VaccinationDb, int>(db =>
        {
            db.AddRange(people.Select((person, i) => new PlaceWish
            {
                Id = Guid.CreateVersion7(), CampaignCode = VaccinationApp.Campaign, PatientId = person.PatientId, GroupId = VaccinationApp.Group, Priority = 1, Kind = WishKind.NearMe,
                OpenKey = PlaceWish.OpenKeyOf(VaccinationApp.Campaign, person.PatientId, WishKind.NearMe), MunicipalityIstat = i < 250 ? "004078" : "001272", Since = since.AddSeconds(i),
                Email = "anna@example.org", Language = "it",
            }));
            return db.SaveChangesAsync();
        });
        await app.Slot(1, 5, 3);
        await app.Slot(2, 5, 30);
        await Offer(app);
        Assert.Equal(people[250].PatientId, Assert.Single(await Offers(app)).PatientId);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task The_code_of_an_offer_opens_nothing_by_itself_and_its_mail_says_nothing_else(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        await app.Send(Wish(people[0]));
        await app.Slot(1, 1, 3);
        await app.Slot(2, 1, 30);
        await Offer(app);
        var offer = Assert.Single(await Offers(app));
        var mail = await app.Db<NotificationsDb, Platform.Notifications.Mails.Mail>(db => db.Mails.AsNoTracking().SingleAsync());
        Assert.Contains(Booking.Shown(offer.Code), mail.Body, StringComparison.Ordinal);
        foreach (var personal in new[] { people[0].FiscalCode!, people[0].FamilyName, people[0].GivenName, "Hub di prova", "COVID" })
            Assert.DoesNotContain(personal, mail.Subject + mail.Body, StringComparison.OrdinalIgnoreCase);
        // With another's fiscal code, or none of ours, it is as unknown as a code that is none; without one it is asked for.
        foreach (var (code, fiscalCode) in new[] { (offer.Code, people[1].FiscalCode!), (offer.Code, "RSSMRA80A01L219M"), ("ACDEFGHJKM", people[0].FiscalCode!) })
        {
            Assert.Equal("offer-not-found", await PlaceMovesTests.Refused(() => app.Send(new OpenOffer { Code = code, FiscalCode = fiscalCode })));
            foreach (var accept in new[] { true, false })
                Assert.Equal("offer-not-found", await PlaceMovesTests.Refused(() => app.Send(new AnswerOffer { Code = code, FiscalCode = fiscalCode, Accept = accept })));
        }

        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(new OpenOffer { Code = offer.Code }));
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(new AnswerOffer { Code = offer.Code, Accept = true }));
        Assert.Equal((OfferState.Open, 0), ((await Offers(app))[0].State, await app.Db<VaccinationDb, int>(db => db.Bookings.CountAsync())));
        // Nor is it a booking's code.
        Assert.Equal("booking-not-found", await PlaceMovesTests.Refused(() => app.Send(new FindBooking { Code = offer.Code, FiscalCode = people[0].FiscalCode })));
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task The_pages_of_the_line_and_of_the_offer_say_what_is_wrong_and_keep_what_was_typed(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var visitor = app.Visitor();
        var screen = await visitor.Open("/vaccini/avviso");
        Assert.Contains("prima i gruppi con priorità", screen.Text, StringComparison.Ordinal);
        screen = await visitor.Submit(await visitor.Open("/vaccini/offerta"), "Mostra il posto", ("Codice dell’offerta", "ABCD"), ("Codice fiscale", "NESSUNO"));
        Assert.Contains("Non c’è un’offerta", screen.Text, StringComparison.Ordinal);
    }

    private static AskForPlace Wish(Vaccinee person) => new()
    {
        Campaign = VaccinationApp.Campaign, FiscalCode = person.FiscalCode, Card = VaccinationApp.Card, Municipality = "001272", Email = "anna@example.org",
    };

    private static AnswerOffer Answer(Vaccinee person, PlaceOffer offer) => new() { Code = Booking.Shown(offer.Code), FiscalCode = person.FiscalCode, Accept = true };

    private static Task Offer(PlatformApp app) => app.Services.GetRequiredService<JobRunner>().Run(OfferPlaces.Name, default);

    private static Task<List<PlaceOffer>> Offers(PlatformApp app) => app.Db<VaccinationDb, List<PlaceOffer>>(db => db.Offers.AsNoTracking().OrderBy(o => o.MadeAt).ThenBy(o => o.Id).ToListAsync());
}
