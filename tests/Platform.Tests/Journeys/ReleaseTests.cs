using System.Net;
using Platform.Notifications.Inbox;
using Platform.Patients.Contracts;
using Platform.Referti.Collection;
using Platform.Referti.Contracts;
using Platform.Referti.Deliveries;
using Platform.Referti.Proposals;
using Platform.Referti.Reports;
using Platform.Referti.Unmatched;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using Platform.Tests.Referti;

namespace Platform.Tests.Journeys;

/// <summary>What a laboratory releases, on its way to those who wait for it.</summary>
public sealed class ReleaseTests
{
    [Theory, OnEachEngine]
    public async Task In_a_laboratory_that_wants_two_people_the_doctor_is_told_only_after_the_second_one(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine, TwoPeople.Region());
        var sample = await app.Sample();
        var (writer, reader) = (As.Lab(sample.Lab), TwoPeople.Other(sample.Lab));

        // Written, sent back, written again: the doctor knows nothing of it.
        var first = await app.Send(app.Result(sample, ReportResult.Detected), writer);
        await app.Send(new SendBackProposal { Id = first.Id, Why = "Controllo positivo da ripetere" }, reader);
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        var second = await app.Send(app.Result(sample, ReportResult.NotDetected), writer);
        await app.Drain();
        Assert.Empty((await app.Send(new InboxList(false, null), As.Gp(RefertiApp.Gp))).Rows);
        Assert.Empty((await app.Send(new ReportList(null, null, null, null, false), As.Sisp(RefertiApp.Asl))).Rows);

        await app.Send(new ReleaseProposal(second.Id), reader);
        await app.Drain();
        Assert.NotEmpty((await app.Send(new InboxList(false, null), As.Gp(RefertiApp.Gp))).Rows);
        Assert.Equal(ReportResult.NotDetected, Assert.Single((await app.Send(new ReportList(null, null, null, null, false), As.Sisp(RefertiApp.Asl))).Rows).Result);
        Assert.Equal(SwabRequestState.Reported, await app.StateOf(sample.RequestId));
    }

    [Theory, OnEachEngine]
    public async Task A_result_without_a_code_is_matched_by_hand_closes_the_request_and_is_delivered(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await app.Sample();
        var mistyped = sample.Number[..5] + (sample.Number[5] == '7' ? '8' : '7') + sample.Number[6..];
        await app.Take(RefertiApp.Message("J1", sample.Person, mistyped, code: "", family: "Ferarris"), sample.Lab);
        var waiting = Assert.Single(await app.Queue());
        Assert.Empty(await app.Reports());

        var seen = await app.Send(new OneUnmatched(waiting.Id, null), As.Lab(sample.Lab));
        var meant = Assert.Single(seen.Candidates);
        await app.Send(new MatchUnmatched
        {
            Id = waiting.Id, SeenVersion = waiting.Version, PatientId = meant.Patient.Id, RequestId = Assert.Single(meant.Requests).Id, DifferencesSeen = true,
        }, As.Lab(sample.Lab));
        await app.Drain();

        Assert.Equal(SwabRequestState.Reported, await app.StateOf(sample.RequestId));
        var report = Assert.Single(await app.Reports());
        var told = (await app.Send(new DeliveriesOf(report.Id), As.Gp(RefertiApp.Gp))).Rows;
        Assert.Contains(told, d => d is { Channel: DeliveryChannel.Inbox, State: DeliveryState.Done, Recipient: "GpList:990007" });
        Assert.Contains(told, d => d is { Channel: DeliveryChannel.Letter, State: DeliveryState.Waiting, Recipient: "citizen" });
    }

    [Theory, OnEachEngine]
    public async Task A_citizen_reads_her_result_its_correction_and_its_annulment_and_who_guesses_is_stopped(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await app.Sample();
        var code = (await app.Send(new GiveCode { RequestId = sample.RequestId }, As.Hotspot(RefertiApp.Hotspot))).Code;
        await app.Take(RefertiApp.Message("K1", sample.Person, sample.Number), sample.Lab);
        Assert.Contains("Positivo", (await Fetch(app, code, sample.Person)).Text, StringComparison.Ordinal);

        await app.Take(RefertiApp.Message("K2", sample.Person, sample.Number, RefertiApp.NotDetected, status: "C"), sample.Lab);
        var corrected = await Fetch(app, code, sample.Person);
        Assert.Contains("ha corretto questo referto", corrected.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Positivo", corrected.Text, StringComparison.Ordinal);
        await app.Take(RefertiApp.Message("K3", sample.Person, sample.Number, status: "D"), sample.Lab);
        Assert.Contains("Referto annullato", (await Fetch(app, code, sample.Person)).Text, StringComparison.Ordinal);

        var guesses = new List<HttpStatusCode>();
        for (var i = 0; i <= 5; i++)
            guesses.Add((await Fetch(app, code, sample.Person with { BirthDate = new(1950, 1, 1 + i) })).Status);
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.UnprocessableEntity, 5), HttpStatusCode.TooManyRequests], guesses);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Fetch(app, code, sample.Person)).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.OK, (await Fetch(app, code, sample.Person)).Status);
    }

    private static async Task<Screen> Fetch(PlatformApp app, string code, PatientSummary person)
    {
        var citizen = app.Visitor();
        return await citizen.Submit(await citizen.Open("/ritiro"), "Mostra il referto", ("Codice per il ritiro", code),
            ("Data di nascita", person.BirthDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
