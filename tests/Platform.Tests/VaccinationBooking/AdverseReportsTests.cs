using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Pharmacovigilance;
using Platform.VaccinationBooking.Stock;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Reports of adverse events, from the centre to the file for the national network.</summary>
public sealed class AdverseReportsTests
{
    [Theory, OnEachEngine]
    public async Task A_report_goes_once_in_a_file_that_can_be_had_again(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var (nurse, sisp, stranger) = (As.VaccinationCentre(VaccinationApp.Centre), As.Sisp("010301"), As.Sisp("010203"));
        var person = (await app.People(1))[0];
        var lot = await app.Send(
            new ChangeStock { Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Delivery, Vaccine = "comirnaty", LotNumber = "EX1", ExpiresOn = new(2022, 3, 1), Doses = 6 }, nurse);
        var arrival = await app.Send(new WalkIn { Centre = VaccinationApp.Centre, Campaign = VaccinationApp.Campaign, FiscalCode = person.FiscalCode }, nurse);
        await app.Send(new AssessArrival { Id = arrival, Consent = ConsentBy.Herself }, nurse);
        var dose = await app.Send(new GiveDose { Id = Guid.CreateVersion7(), Arrival = arrival, Lot = lot, Site = InjectionSite.LeftDeltoid }, nurse);
        var report = new ReportAdverseEvent { Id = Guid.CreateVersion7(), Dose = dose, Reactions = ["rash"], Serious = true, Criterion = AdverseCriterion.Hospitalised, Outcome = AdverseOutcome.Improving, Note = "Orticaria" };
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(report with { Criterion = null }, nurse));
        await app.Send(report, nurse);

        app.Clock.Advance(TimeSpan.FromHours(40));
        var waiting = Assert.Single((await app.Send(new ReportFiles(), sisp)).Waiting, w => w.Reports > 0);
        Assert.Equal((1, 1, 1), (waiting.Reports, waiting.Serious, waiting.Late));
        var send = new SendAdverseEvents { Id = Guid.CreateVersion7(), Asl = "010301" };
        Assert.Equal("not-found", (await Assert.ThrowsAsync<Refusal>(() => app.Send(send, stranger))).Code);
        var files = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.Send(send, sisp))));
        Assert.All(files, f => Assert.Equal(send.Id, f));
        Assert.Equal("no-reports", (await Assert.ThrowsAsync<Refusal>(() => app.Send(send with { Id = Guid.CreateVersion7() }, sisp))).Code);

        for (var again = 0; again < 2; again++)
        {
            var row = Assert.Single((await app.Send(new ReportsOfFile(send.Id), sisp)).Reports);
            Assert.Equal(("PA", "Ospedalizzazione o prolungamento del ricovero", "Miglioramento", "EX1", new DateOnly(2022, 3, 1), "Prima dose"), (row.Initials, row.Criterion, row.Outcome, row.Lot, row.LotExpiresOn!.Value, row.Dose));
        }

        Assert.Equal("not-found", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ReportsOfFile(send.Id), stranger))).Code);
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.AdverseEvents.CountAsync(e => e.SentIn == null)));
    }
}
