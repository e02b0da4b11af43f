using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.Referti;
using Platform.Referti.Contracts;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;
using Platform.Referti.Unmatched;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>What a laboratory says again of a sample: corrections, annulments, and what only looks like them.</summary>
public sealed class CorrectionTests
{
    [Theory, OnEachEngine]
    public async Task Another_laboratory_neither_repeats_nor_corrects_nor_annuls_what_was_released(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("L1", sample.Person, sample.Number), sample.Lab);
        var other = sample.Lab == "LAB-003" ? "LAB-001" : "LAB-003";

        foreach (var (id, value, status) in new[] { ("L2", Detected, "F"), ("L3", NotDetected, "C"), ("L4", Detected, "D") })
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1)); // The queue is read in the order of time.
            Assert.Equal("AA", Code(await app.Take(Message(id, sample.Person, sample.Number, value, status), other)));
        }

        var report = Assert.Single(await app.Reports());
        Assert.Equal((sample.Lab, ReportResult.Detected, 1), (report.LabCode, report.Result, report.CurrentVersion));
        var waiting = await app.Queue();
        Assert.Equal(3, waiting.Count);
        Assert.All(waiting, w => Assert.Equal(WaitingReason.ReportedElsewhere, w.ReasonCode));

        // Nor does anybody do it from the queue.
        var refused = await Assert.ThrowsAsync<Refusal>(() => app.Send(
            new MatchUnmatched { Id = waiting[1].Id, SeenVersion = waiting[1].Version, RequestId = sample.RequestId }, As.Lab(other)));
        Assert.Equal("reported-elsewhere", refused.Code);
        Assert.Single(Assert.Single(await app.Reports()).Versions);
    }

    [Theory, OnEachEngine]
    public async Task A_correction_is_a_version_and_everyone_entitled_is_told(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("K1", sample.Person, sample.Number), sample.Lab);

        await app.Take(Message("K2", sample.Person, sample.Number, NotDetected, status: "C"), sample.Lab);

        var report = Assert.Single(await app.Reports());
        Assert.Equal((ReportResult.NotDetected, 2, ReportVersionKind.Correction), (report.Result, report.CurrentVersion, report.CurrentKind));
        Assert.Equal([ReportResult.Detected, ReportResult.NotDetected], report.Versions.OrderBy(v => v.Number).Select(v => v.Result));
        await Told(app, As.Gp(Gp), "Referto corretto, ora negativo: {0}", "Referto positivo: {0}");
        await Told(app, As.Sisp(Asl), "Referto corretto, ora negativo: {0}", "Referto positivo: {0}");
        await Told(app, As.Sisp("010203"));

        // The same correction again, under another control id, says nothing new.
        await app.Take(Message("K3", sample.Person, sample.Number, NotDetected, status: "C"), sample.Lab);
        Assert.Equal(2, Assert.Single(await app.Reports()).CurrentVersion);
    }

    private static async Task Told(PlatformApp app, Identity who, params string[] subjects)
    {
        var messages = await app.Send(new Platform.Notifications.Inbox.InboxList(true, "report"), who);
        Assert.Equal(subjects, messages.Rows.Select(m => m.Subject).Distinct().Order(StringComparer.Ordinal));
        Assert.All(messages.Rows, m => Assert.Equal(MessagePriority.High, m.Priority));
    }

    [Theory, OnEachEngine]
    public async Task Another_final_result_is_no_correction_and_an_equal_one_nothing_new(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("F1", sample.Person, sample.Number), sample.Lab);

        await app.Take(Message("F2", sample.Person, sample.Number), sample.Lab);
        await app.Take(Message("F3", sample.Person, sample.Number, NotDetected), sample.Lab);

        Assert.Equal(1, Assert.Single(await app.Reports()).CurrentVersion);
        Assert.Equal(WaitingReason.ContradictsIssued, Assert.Single(await app.Queue()).ReasonCode);
    }

    [Theory, OnEachEngine]
    public async Task A_deleted_result_annuls_its_report_and_the_request_waits_again(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("D1", sample.Person, sample.Number), sample.Lab);

        await app.Take(Message("D2", sample.Person, sample.Number, status: "D"), sample.Lab);

        var report = Assert.Single(await app.Reports());
        Assert.Equal((true, 2, ReportResult.Detected), (report.IsAnnulled, report.CurrentVersion, report.Result));
        Assert.Equal(SwabRequestState.Received, await app.StateOf(sample.RequestId));

        // A late repetition of the annulled result does not bring it back by itself.
        await app.Take(Message("D3", sample.Person, sample.Number), sample.Lab);
        Assert.True(Assert.Single(await app.Reports()).IsAnnulled);
        Assert.Equal(WaitingReason.AnnulledBefore, Assert.Single(await app.Queue()).ReasonCode);
    }

    [Theory, OnEachEngine]
    public async Task An_annulment_that_overtakes_its_report_does_not_leave_it_standing(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("A1", sample.Person, sample.Number, status: "D"));
        await app.Take(Message("A2", sample.Person, sample.Number));
        Assert.Empty(await app.Reports());
        Assert.Equal(
            [WaitingReason.AnnulledBefore, WaitingReason.NothingToAnnul],
            (await app.Queue()).Select(u => u.ReasonCode).Order(StringComparer.Ordinal));
    }
}
