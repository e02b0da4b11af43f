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

/// <summary>What becomes of a laboratory's message, from its bytes to the report.</summary>
public sealed class MessageTests
{
    [Theory, OnEachEngine]
    public async Task A_result_for_a_sample_of_ours_is_released_and_closes_its_request(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();

        var answer = await app.Take(Message("M1", sample.Person, sample.Number), sample.Lab);

        Assert.Equal("AA", Code(answer));
        var report = Assert.Single(await app.Reports());
        Assert.Equal((ReportResult.Detected, 1, sample.Person.Id, sample.RequestId), (report.Result, report.CurrentVersion, report.PatientId, report.RequestId));
        Assert.Equal((sample.Person.AslCode, sample.Person.GpCode, sample.Lab), (report.AslCode, report.GpCode, report.LabCode));
        Assert.Equal(new DateTime(2021, 11, 15, 7, 30, 0, DateTimeKind.Utc), report.CollectedAt);
        Assert.Equal(SwabRequestState.Reported, await app.StateOf(sample.RequestId));
        Assert.Empty(await app.Queue());
    }

    [Theory, OnEachEngine]
    public async Task The_same_message_twice_is_one_report_and_the_same_answer(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var message = Message("M1", sample.Person, sample.Number);

        Assert.Equal("AA", Code(await app.Take(message, sample.Lab)));
        Assert.Equal("AA", Code(await app.Take(message, sample.Lab)));

        Assert.Single((await app.Reports()).SelectMany(r => r.Versions));
        Assert.Single(await app.Messages());
    }

    [Theory, OnEachEngine]
    public async Task The_same_message_many_times_at_once_is_one_report(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var bytes = Encoding.UTF8.GetBytes(Message("M1", sample.Person, sample.Number));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => app.Send(new ReceiveLabMessages(bytes), As.LabSystem(sample.Lab)))));
        await app.Drain();

        Assert.All(answers, a => Assert.Equal("AA", Code(Encoding.UTF8.GetString(a.Content))));
        Assert.Single((await app.Reports()).SelectMany(r => r.Versions));
        Assert.Single(await app.Messages());
    }

    [Theory, OnEachEngine]
    public async Task Different_messages_of_one_sample_at_once_are_one_report(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() =>
            app.Send(new ReceiveLabMessages(Encoding.UTF8.GetBytes(Message($"M{i}", sample.Person, sample.Number))), As.LabSystem(sample.Lab)))));
        await app.Drain();

        Assert.Single((await app.Reports()).SelectMany(r => r.Versions));
        Assert.Equal(6, (await app.Messages()).Count(m => m.State == LabMessageState.Issued));
    }

    [Theory, OnEachEngine]
    public async Task Another_content_under_a_known_control_id_is_an_error_and_is_kept_to_be_seen(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("M1", sample.Person, sample.Number), sample.Lab);

        var answer = await app.Take(Message("M1", sample.Person, sample.Number, NotDetected), sample.Lab);

        Assert.Equal("AE", Code(answer));
        Assert.Contains("duplicate-control-id", answer, StringComparison.Ordinal);
        Assert.Equal(ReportResult.Detected, Assert.Single(await app.Reports()).Result);
        Assert.Equal(WaitingReason.DuplicateControlId, Assert.Single(await app.Queue()).ReasonCode);
        Assert.Equal(2, (await app.Messages()).Count);
    }

    [Theory, OnEachEngine]
    public async Task Unknown_codes_values_and_states_are_kept_and_shown_never_guessed(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        (string Reason, string Message)[] table =
        [
            (ProblemCodes.UnknownValue, Message("U1", sample.Person, sample.Number, "12345678^Boh^SCT")),
            (ProblemCodes.UnknownValue, Message("U2", sample.Person, sample.Number, "^Negative *** High ***")),
            (ProblemCodes.UnknownTestCode, Message("U3", sample.Person, sample.Number, test: "99999-9^SARS-CoV-2 something^LN")),
            (ProblemCodes.UnknownStatus, Message("U4", sample.Person, sample.Number, status: "Q")),
            (ProblemCodes.ContradictoryValue, Message("U5", sample.Person, sample.Number, "260373001^Not detected^SCT")),
            (ProblemCodes.NoOverallResult, Message("U6", sample.Person, sample.Number, test: "94533-7^N gene^LN")),
            (WaitingReason.Preliminary, Message("U7", sample.Person, sample.Number, status: "P")),
            (WaitingReason.FutureTime, Message("U8", sample.Person, sample.Number, collected: "20211201083000+0100")),
        ];

        foreach (var (reason, message) in table)
        {
            var answer = await app.Take(message, sample.Lab);
            Assert.Equal("AA", Code(answer));
            Assert.Contains(reason, answer, StringComparison.Ordinal);
        }

        Assert.Empty(await app.Reports());
        Assert.Equal(table.Select(t => t.Reason).Order(), (await app.Queue()).Select(u => u.ReasonCode).Order());
        Assert.Equal(SwabRequestState.Received, await app.StateOf(sample.RequestId));
    }

    [Theory, OnEachEngine]
    public async Task What_is_not_an_ORU_of_production_is_refused_with_its_reason(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        (string Reason, string Message)[] table =
        [
            ("unsupported-message-type", Message("R1", sample.Person, sample.Number, type: "OML^O21")),
            ("unsupported-event", Message("R2", sample.Person, sample.Number, type: "ORU^R30")),
            ("not-production", Message("R3", sample.Person, sample.Number, processing: "T")),
            ("unsupported-version", Message("R4", sample.Person, sample.Number, version: "3.0")),
            ("missing-control-id", Message("", sample.Person, sample.Number)),
        ];

        foreach (var (reason, message) in table)
        {
            var answer = await app.Take(message, sample.Lab);
            Assert.Equal("AR", Code(answer));
            Assert.Contains(reason, answer, StringComparison.Ordinal);
        }

        Assert.Empty(await app.Reports());
        Assert.Empty(await app.Queue());
        // And once put right it may come under the same control id.
        Assert.Equal("AA", Code(await app.Take(Message("R3", sample.Person, sample.Number), sample.Lab)));
        Assert.Single(await app.Reports());
    }

    [Theory, OnEachEngine]
    public async Task Of_a_panel_only_the_virus_counts_and_targets_stand_beside_the_answer(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();

        await app.Take(Message("P1", sample.Person, sample.Number, observations: string.Join('\r',
            "OBX|1|CWE|92142-9^Influenza A RNA^LN||260373001^Detected^SCT||||||F",
            $"OBX|2|CWE|{Pcr}||{NotDetected}||||||F",
            $"OBX|3|CWE|94533-7^N gene^LN||{NotDetected}||||||F",
            "OBX|4|NM|94745-7^CT^LN||38.2|||||||F".Replace("|||||||F", "||||||F", StringComparison.Ordinal))), sample.Lab);

        var version = Assert.Single(Assert.Single(await app.Reports()).Versions);
        Assert.Equal(ReportResult.NotDetected, version.Result);
        Assert.Contains("38.2", version.Details, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Antibodies_of_one_sample_are_reports_of_their_own(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample(await app.Person(), TestType.Serology);

        await app.Take(Message("S1", sample.Person, sample.Number, test: "94563-4^IgG^LN", observations: string.Join('\r',
            $"OBX|1|CWE|94563-4^IgG^LN||{Detected}||||||F",
            $"OBX|2|CWE|94564-2^IgM^LN||{NotDetected}||||||F")), sample.Lab);

        Assert.Equal([ReportResult.Detected, ReportResult.NotDetected], (await app.Reports()).Select(r => r.Result).Order());
        Assert.Empty(await app.Queue());
    }

    [Theory, OnEachEngine]
    public async Task Of_a_batch_the_bad_ones_are_answered_as_such_and_the_others_go_on(Engine engine)
    {
        await using var app = await Start(engine);
        var first = await app.Sample();
        var second = await app.Sample(await app.Person("Bianchi", "Carla", new(1990, 2, 3)));
        var batch = "FHS|^~\\&|LIS|LAB\rBHS|^~\\&|LIS|LAB\r"
            + Message("B1", first.Person, first.Number)
            + Message("B2", null, "X", type: "ADT^A01")
            + Message("B3", first.Person, "THEIRS-3", value: "??")
            + Message("B4", second.Person, "THEIRS-4", test: "94558-4^Ag^LN")
            + "BTS|4\rFTS|1\r";

        var answer = await app.Take(batch, first.Lab);

        Assert.StartsWith("BHS|", answer, StringComparison.Ordinal);
        Assert.Equal(["AA", "AR", "AA", "AA"], answer.Split('\r').Where(l => l.StartsWith("MSA|", StringComparison.Ordinal)).Select(l => l.Split('|')[1]));
        Assert.Equal(2, (await app.Reports()).Count);
        Assert.Equal(ProblemCodes.UnknownValue, Assert.Single(await app.Queue()).ReasonCode);
    }

    [Theory, OnEachEngine]
    public async Task The_sender_reads_what_became_of_her_message_and_nobody_else_does(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("Q1", sample.Person, sample.Number), sample.Lab);

        var told = await app.Send(new LabMessageByControlId("Q1"), As.LabSystem(sample.Lab));
        Assert.Equal(("AA", LabMessageState.Issued, 0), (told.Acknowledgement, told.State, told.Earlier));
        var result = Assert.Single(told.Results);
        Assert.Equal((sample.Person.FiscalCode, "94500-6", "260373001", "F", "258500001"),
            (result.Patient.FiscalCode, result.Test!.Code, result.Value!.Code, result.Status, result.Specimen!.Code));
        Assert.Equal(("issued", 1), (result.Outcome.State, result.Outcome.ReportVersion!.Value));

        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() =>
            app.Send(new LabMessageByControlId("Q1"), As.LabSystem("LAB-003")))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() =>
            app.Send(new LabMessageByControlId("Q2"), As.LabSystem(sample.Lab)))).Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() =>
            app.Send(new LabMessageByControlId("Q1"), As.Lab(sample.Lab)))).Kind);
    }
}
