using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts;
using Platform.Patients.People;
using Platform.Tests.Harness;
using Platform.Tests.Testing;
using Platform.UserManagement.AuditLog;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Doses;

namespace Platform.Tests.VaccinationBooking;

/// <summary>On a person's page stand her doses and her appointments, for who may read them.</summary>
public sealed class VaccinationTimelineTests
{
    [Theory, OnEachEngine]
    public async Task Doses_and_appointments_stand_on_the_persons_page_for_who_may_read_them_and_the_reading_is_noted(Engine engine)
    {
        await using var app = await TestingApp.Start(engine);
        await app.OpenCampaign();
        var person = await TestingApp.Person(app);
        await app.Drain();
        var doctor = As.Gp(TestingApp.Gp);
        var today = app.Region.DayOf(app.Clock.Now);
        await app.Send(new NoteDoseElsewhere { Id = Guid.CreateVersion7(), Person = person.Id, Vaccine = "comirnaty", Kind = DoseKind.First, Day = today.AddDays(-20), Where = "Francia" }, As.Sisp(person.AslCode));
        var (first, second) = (await app.Slot(1, 1, 3), await app.Slot(2, 1, 30));
        await app.AtOnce([app.Order(person.Id, first, second)]);
        await app.Drain();

        var page = await app.Send(new PersonDetails(person.Id), doctor);
        Assert.Equal(
            [("Vaccinazione prenotata", "Comirnaty · Hub di prova"), ("Vaccinazione prenotata", "Comirnaty · Hub di prova"), ("Prima dose: Comirnaty", "Francia")],
            page.Timeline.Where(e => e.Url == $"/vaccination/people/{person.Id}").Select(e => (e.Title, e.Text!)));
        Assert.Equal(app.Clock.Now.UtcDateTime.Date.AddDays(30).AddHours(9), page.Timeline[0].At);
        await app.Drain();
        Assert.Contains((await app.Send(new SearchAudit(person.Id, null, null) { Size = 200 }, As.Administrator())).Rows, l => l.Action == "read" && l.Actor == doctor.DisplayName);

        var gp = await app.SignedIn(doctor);
        var screen = await gp.Open($"/vaccination/people/{person.Id}");
        Assert.Contains("Appuntamenti", screen.Text, StringComparison.Ordinal);
        Assert.Contains("Hub di prova Prenotata", screen.Text, StringComparison.Ordinal);
        Assert.Contains("Vaccinazione prenotata", (await gp.Open($"/patients/{person.Id}")).Text, StringComparison.Ordinal);

        var order = (await app.Db<VaccinationDb, List<Booking>>(db => Task.FromResult(db.Bookings.ToList())))[0];
        await app.Send(new CancelBooking { Id = Guid.CreateVersion7(), Code = order.Code, FiscalCode = person.FiscalCode });
        Assert.Equal(2, (await app.Send(new PersonDetails(person.Id), doctor)).Timeline.Count(e => e.Title == "Prenotazione della vaccinazione annullata"));

        // Another doctor's, and another ASL's, is not found; who may see the person but not read vaccinations sees none of it.
        foreach (var other in new[] { As.Gp(TestingApp.OtherGp), As.Sisp("010210") })
            Assert.Equal("not-found", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new PersonsVaccinations(person.Id), other))).Code);
        var secretary = await app.Send(new PersonDetails(person.Id), As.Secretary(TestingApp.Gp));
        Assert.DoesNotContain(secretary.Timeline, e => e.Url?.StartsWith("/vaccination", StringComparison.Ordinal) == true);
    }
}
