using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Notifications.Contracts;
using Platform.Notifications.Inbox;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement;

namespace Platform.Tests.Journeys;

/// <summary>From a doctor's request to the inboxes of everyone entitled, across all modules, on real messages.</summary>
public sealed class MainPathTests
{
    private const string Family = "Ghirlandaio";
    private const string Given = "Domitilla";

    private static readonly Identity Doctor = As.Gp(RefertiApp.Gp);
    private static readonly Identity Sisp = As.Sisp(RefertiApp.Asl);

    [Theory, OnEachEngine]
    public async Task A_positive_closes_the_request_and_is_read_at_once_by_doctor_and_SISP_and_by_nobody_else(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await GivenASampleInTheLab(app);

        var answer = await WhenTheLabSends(app, sample, "JOURNEY-1", RefertiApp.Detected);

        Assert.Equal("AA", RefertiApp.Code(answer));
        Assert.Equal(SwabRequestState.Reported, await app.StateOf(sample.RequestId));
        var report = Assert.Single(await app.Reports());
        foreach (var entitled in new[] { Doctor, Sisp })
        {
            var message = Assert.Single(await Inbox(app, entitled));
            Assert.Equal(MessagePriority.High, message.Priority);
            Assert.Equal(ReportResult.Detected, (await app.Send(new OneReport(report.Id), entitled)).Report.Result);
        }

        foreach (var stranger in new[] { As.Gp("990014"), As.Sisp("010203"), As.Lab("LAB-002") })
        {
            Assert.Empty(await Inbox(app, stranger));
            Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new OneReport(report.Id), stranger))).Kind);
        }
    }

    [Theory, OnEachEngine]
    public async Task A_negative_is_read_without_urgency(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await GivenASampleInTheLab(app);
        await WhenTheLabSends(app, sample, "JOURNEY-2", RefertiApp.NotDetected);
        Assert.NotEqual(MessagePriority.High, Assert.Single(await Inbox(app, Doctor)).Priority);
        Assert.Equal(SwabRequestState.Reported, await app.StateOf(sample.RequestId));
    }

    [Theory, OnEachEngine]
    public async Task A_correction_and_an_annulment_reach_whoever_read_the_report_and_the_sample_waits_again(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await GivenASampleInTheLab(app);
        await WhenTheLabSends(app, sample, "JOURNEY-3", RefertiApp.Detected);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await WhenTheLabSends(app, sample, "JOURNEY-4", RefertiApp.NotDetected, status: "C");
        app.Clock.Advance(TimeSpan.FromHours(1));
        await WhenTheLabSends(app, sample, "JOURNEY-5", RefertiApp.NotDetected, status: "D");

        var report = Assert.Single(await app.Reports());
        Assert.Equal(
            [ReportVersionKind.Original, ReportVersionKind.Correction, ReportVersionKind.Annulment],
            report.Versions.OrderBy(v => v.Number).Select(v => v.Kind));
        Assert.Equal(3, (await Inbox(app, Sisp)).Count);
        Assert.Equal(SwabRequestState.Received, await app.StateOf(sample.RequestId));
    }

    [Theory, OnEachEngine]
    public async Task Nothing_of_the_person_is_logged_or_mailed_and_each_look_at_her_is_in_the_audit(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        await app.SignedIn(Doctor);
        var sample = await GivenASampleInTheLab(app);
        await WhenTheLabSends(app, sample, "JOURNEY-6", RefertiApp.Detected);
        var report = Assert.Single(await app.Reports());
        await app.Send(new OneReport(report.Id), Doctor);
        await app.Drain();

        Assert.True(app.Log.Count > 20, "Hardly anything was logged.");
        Assert.Empty(PersonalData.Naming(app.Log, Family, Given, sample.Person.FiscalCode!));
        var mails = await app.Db<NotificationsDb, List<string>>(db => db.Mails.Select(m => m.Subject + " " + m.Body).ToListAsync());
        Assert.NotEmpty(mails);
        Assert.Empty(PersonalData.Naming(mails, Family, Given, sample.Person.FiscalCode!, "positivo", "negativo", "COVID", "SARS"));
        var lines = await app.Db<UserManagementDb, List<(string Action, string What, Guid? Actor)>>(async db =>
            [.. (await db.AuditLines.Where(l => l.SubjectId == sample.Person.Id).ToListAsync()).Select(l => (l.Action, l.What, l.ActorId))]);
        Assert.Contains(("write", "patients.Patient", Doctor.Id), lines);
        Assert.Contains(lines, l => l is ("write", "testing.SwabRequest", _));
        Assert.Contains(lines, l => l is ("write", "referti.Report", _));
        Assert.Contains(("read", "referti.OneReport", Doctor.Id), lines);
    }

    [Theory, OnEachEngine]
    public async Task The_same_message_sent_again_changes_nothing_for_anybody(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await GivenASampleInTheLab(app);
        var first = await WhenTheLabSends(app, sample, "JOURNEY-7", RefertiApp.Detected);
        var second = await WhenTheLabSends(app, sample, "JOURNEY-7", RefertiApp.Detected);
        Assert.Equal(RefertiApp.Code(first), RefertiApp.Code(second));
        Assert.Single(Assert.Single(await app.Reports()).Versions);
        Assert.Single(await Inbox(app, Doctor));
    }

    // The doctor of the tests asks for the swab without an account of the platform's, so that nobody knows the requester
    // and the list's doctor are one: she is told as both.
    private static async Task<List<InboxRow>> Inbox(PlatformApp app, Identity who) =>
        [.. (await app.Send(new InboxList(false, null), who)).Rows.DistinctBy(m => (m.Link, m.Subject))];

    private static async Task<Sample> GivenASampleInTheLab(PlatformApp app) =>
        await app.Sample(await app.Person(Family, Given));

    private static async Task<string> WhenTheLabSends(PlatformApp app, Sample sample, string controlId, string value, string status = "F")
    {
        var lab = await app.LabSystem(sample.Lab);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(
            RefertiApp.Message(controlId, sample.Person, sample.Number, value, status)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/hl7-v2");
        using var answer = await lab.PostAsync("/api/v1/referti/messages", content);
        answer.EnsureSuccessStatusCode();
        Assert.Equal("application/hl7-v2", answer.Content.Headers.ContentType?.MediaType);
        await app.Drain();
        return await answer.Content.ReadAsStringAsync();
    }
}
