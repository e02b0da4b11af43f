using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Referti;
using Platform.Referti.LabMessages;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.AuditLog;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>What the laboratories sent, on the screen; and who looked at people whom the registry does not know.</summary>
public sealed class MessageScreenTests
{
    [Theory, OnEachEngine]
    public async Task The_lab_and_its_ASL_see_what_came_the_refused_included_and_nobody_else_does(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("M-TAKEN", sample.Person, sample.Number), sample.Lab);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.Take(Message("M-REFUSED", sample.Person, sample.Number, processing: "T"), sample.Lab);
        await app.Drain();

        foreach (var who in new[] { As.Lab(sample.Lab), As.Sisp(Asl) })
        {
            var list = await (await app.SignedIn(who)).Open("/referti/messages");
            Assert.Contains("M-TAKEN", list.Text, StringComparison.Ordinal);
            Assert.Contains("M-REFUSED", list.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(sample.Person.FamilyName, list.Text, StringComparison.OrdinalIgnoreCase);
        }

        var ids = await app.Db<RefertiDb, Dictionary<string, Guid>>(db => db.Messages.ToDictionaryAsync(m => m.ControlId, m => m.Id));
        var lab = await app.SignedIn(As.Lab(sample.Lab));
        var taken = await lab.Open($"/referti/messages/{ids["M-TAKEN"]}");
        Assert.Contains(sample.Person.FamilyName, taken.Text, StringComparison.OrdinalIgnoreCase);
        var report = Assert.Single(await app.Reports());
        Assert.NotNull(taken.Page.QuerySelector($"a[href='/referti/{report.Id}']"));
        var refused = await lab.Open($"/referti/messages/{ids["M-REFUSED"]}");
        Assert.Contains("non è di produzione", refused.Text, StringComparison.Ordinal);
        Assert.Contains("AR", refused.Text, StringComparison.Ordinal);
        var onlyRefused = await lab.Open("/referti/messages?state=Refused");
        Assert.DoesNotContain("M-TAKEN", onlyRefused.Text, StringComparison.Ordinal);

        foreach (var who in new[] { As.Lab("LAB-002"), As.Sisp("010203") })
        {
            var stranger = await app.SignedIn(who);
            Assert.DoesNotContain("M-TAKEN", (await stranger.Open("/referti/messages")).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Open($"/referti/messages/{ids["M-TAKEN"]}")).Status);
        }
    }

    [Theory, OnEachEngine]
    public async Task Each_look_at_somebody_not_matched_yet_leaves_a_line_by_message(Engine engine)
    {
        await using var app = await Start(engine);
        var born = new DateOnly(1985, 8, 1);
        await app.Take(Message("M-UNKNOWN", null, "THEIRS-1", code: CodeOf("Sconosciuta", "Lucia", born), born: born, family: "SCONOSCIUTA"));
        await app.Drain();
        var message = await app.Db<RefertiDb, LabMessage>(db => db.Messages.AsNoTracking().SingleAsync());
        Assert.Equal(["referti.UnmatchedReport"], await Lines()); // That it was written.

        var lab = await app.SignedIn(As.Lab(Lab));
        var queue = await lab.Open("/referti/unmatched");
        Assert.Contains("Sconosciuta", queue.Text, StringComparison.OrdinalIgnoreCase);
        var item = await app.Db<RefertiDb, Guid>(db => db.Unmatched.Select(u => u.Id).SingleAsync());
        await lab.Open($"/referti/unmatched/{item}");
        await lab.Open($"/referti/messages/{message.Id}");
        await app.Send(new LabMessageByControlId("M-UNKNOWN"), As.LabSystem(Lab));
        await app.Drain();
        Assert.Equal(
            ["referti.LabMessageByControlId", "referti.OneLabMessage", "referti.OneUnmatched", "referti.UnmatchedList", "referti.UnmatchedReport"], await Lines());

        var audit = await (await app.SignedIn(As.Administrator())).Open($"/audit?subject={message.Id}");
        Assert.Contains("Documento non ancora abbinato", audit.Text, StringComparison.Ordinal);
        Assert.Contains("referti.OneUnmatched", audit.Text, StringComparison.Ordinal);

        Task<List<string>> Lines() => app.Db<UserManagementDb, List<string>>(db => db.AuditLines
            .Where(l => l.Subject == AuditSubject.Record && l.SubjectId == message.Id).Select(l => l.What).OrderBy(w => w).ToListAsync());
    }
}
