using System.Text;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Referti;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;
using Platform.Referti.Unmatched;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>What a fault left between storing a message and working it through.</summary>
public sealed class LeftoverTests
{
    [Theory, OnEachEngine]
    public async Task A_message_left_half_done_is_taken_up_again(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("L1", sample.Person, sample.Number), sample.Lab);
        await Leave(app, sample, "L2", reading => reading);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await Round(app);

        Assert.Equal(2, (await app.Reports()).Count);
        Assert.All(await app.Messages(), m => Assert.Equal(LabMessageState.Issued, m.State));
    }

    [Theory, OnEachEngine]
    public async Task What_fails_each_time_waits_behind_the_others_and_goes_to_a_person_in_the_end(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        // What was stored cannot be made a report of: its details are not there.
        await Leave(app, sample, "P1", reading => reading.Replace("\"details\":[]", "\"details\":null", StringComparison.Ordinal));
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await Round(app);
        Assert.Equal((LabMessageState.Accepted, 1), await State(app));

        await Round(app); // Its pause is not over: nothing happens.
        Assert.Equal((LabMessageState.Accepted, 1), await State(app));
        var screen = await (await app.SignedIn(As.Lab(sample.Lab))).Open("/referti/messages");
        Assert.Contains("P1", screen.Text, StringComparison.Ordinal);
        var row = screen.Page.QuerySelectorAll("main tbody tr").Single().Children.Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal(["In lavorazione", "1"], row[^2..]);

        for (var round = 2; round <= 7; round++)
        {
            app.Clock.Advance(LabMessage.PauseAfter(round));
            await Round(app);
        }

        Assert.Equal((LabMessageState.Waiting, 7), await State(app));
        var waiting = await app.Db<RefertiDb, UnmatchedReport>(db => db.Unmatched.AsNoTracking().SingleAsync());
        Assert.Equal(WaitingReason.NotProcessed, waiting.ReasonCode);
        app.Clock.Advance(TimeSpan.FromDays(2));
        await Round(app);
        Assert.Equal((LabMessageState.Waiting, 7), await State(app));
    }

    [Theory, OnEachEngine]
    public async Task What_cannot_even_be_read_back_stops_nothing_else(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await Leave(app, sample, "X1", _ => "{");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await Leave(app, sample, "X2", reading => reading);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await Round(app);
        var states = (await app.Messages()).ToDictionary(m => m.ControlId, m => m.State);
        Assert.Equal(LabMessageState.Issued, states["X2"]);
        Assert.Equal(LabMessageState.Accepted, states["X1"]);
    }

    // As after a fault between storing and working through.
    private static Task<int> Leave(PlatformApp app, Sample sample, string controlId, Func<string, string> stored) =>
        app.Db<RefertiDb, int>(async db =>
        {
            var text = Message(controlId, sample.Person, "THEIRS-9", test: "94558-4^Ag^LN");
            var oru = OruReader.Read(Hl7Message.Parse(Encoding.UTF8.GetBytes(text)));
            var message = LabMessage.Of(Guid.CreateVersion7(app.Clock.Now), sample.Lab, Asl, null, controlId, new string('0', 64), Encoding.UTF8.GetBytes(text),
                AckCode.AA, MessageReading.Of(oru, oru.AllProblems), app.Clock.Now.UtcDateTime);
            db.Messages.Add(message);
            var reading = db.Entry(message).Property(m => m.Reading);
            var altered = stored(reading.CurrentValue);
            Assert.Equal(controlId[0] == 'L' || controlId == "X2", altered == reading.CurrentValue);
            reading.CurrentValue = altered;
            return await db.SaveChangesAsync();
        });

    private static async Task Round(PlatformApp app)
    {
        await using var scope = app.Scope();
        await ActivatorUtilities.CreateInstance<WorkThroughMessages>(scope.ServiceProvider).Run(default);
    }

    private static async Task<(LabMessageState, int)> State(PlatformApp app) =>
        await app.Db<RefertiDb, (LabMessageState, int)>(async db =>
        {
            var message = await db.Messages.AsNoTracking().SingleAsync();
            return (message.State, message.Attempts);
        });
}
