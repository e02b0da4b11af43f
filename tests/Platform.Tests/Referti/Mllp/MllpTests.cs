using System.Net;
using System.Net.Sockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Platform.Referti.Contracts;
using Platform.Referti.Hl7;
using Platform.Referti.Mllp;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti.Mllp;

/// <summary>Messages over a true socket, framed as MLLP frames them.</summary>
public sealed class MllpTests
{
    [Theory, OnEachEngine]
    public async Task Each_message_is_kept_and_acknowledged_in_its_order_whatever_stands_between(Engine engine)
    {
        await using var app = await Open(engine, ("Referti:Mllp:Peers:127.0.0.1", Lab));
        var person = await app.Person();
        using var line = await Line.To(app);

        await line.Send([.. "garbage\r\n"u8, .. Frame(Message("S1", person, "A-1")), .. Frame("not HL7 at all"), .. Frame(Message("S2", person, "A-2", NotDetected))]);
        Assert.Equal(["AA|S1", "AR|", "AA|S2"], [await line.Ack(), await line.Ack(), await line.Ack()]);

        // Half a message, then the whole: only the whole counts. In small pieces, as networks deliver.
        await line.Send(Frame(Message("S3", person, "A-3"))[..120]);
        foreach (var piece in Frame(Message("S3", person, "A-3")).Chunk(7))
            await line.Send(piece);
        Assert.Equal("AA|S3", await line.Ack());
        // The same again is the same answer.
        await line.Send(Frame(Message("S3", person, "A-3")));
        Assert.Equal("AA|S3", await line.Ack());

        Assert.Equal(["S1", "S2", "S3"], (await app.Messages()).Select(m => m.ControlId).Order());
        Assert.Equal(3, (await app.Reports()).Count);
        Assert.All(await app.Reports(), r => Assert.Equal(Lab, r.LabCode));
    }

    [Theory, OnEachEngine]
    public async Task A_sender_that_leaves_in_the_middle_loses_nothing_and_stops_nobody(Engine engine)
    {
        await using var app = await Open(engine, ("Referti:Mllp:Peers:127.0.0.1", Lab));
        var person = await app.Person();
        using (var gone = await Line.To(app))
            await gone.Send(Frame(Message("G1", person, "A-1"))[..80]);
        using var other = await Line.To(app);
        using var third = await Line.To(app);
        await third.Send(Frame(Message("G3", person, "A-3")));
        await other.Send(Frame(Message("G2", person, "A-2")));
        Assert.Equal(("AA|G2", "AA|G3"), (await other.Ack(), await third.Ack()));
        Assert.DoesNotContain(await app.Messages(), m => m.ControlId == "G1");
        Assert.DoesNotContain(app.Log, l => l.StartsWith("Error ", StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    public async Task Who_sends_is_told_by_MSH_4_where_the_address_does_not_and_nobody_else_is_taken(Engine engine)
    {
        await using var app = await Open(engine, ("Referti:Mllp:Facilities:OSPEDALE", "LAB-003"));
        var person = await app.Person();
        using var line = await Line.To(app);
        await line.Send(Frame(Message("F1", person, "A-1").Replace("|LIS|LAB|", "|LIS|OSPEDALE|", StringComparison.Ordinal)));
        await line.Send(Frame(Message("F2", person, "A-2")));
        Assert.Equal(["AA|F1", "AR|F2"], [await line.Ack(), await line.Ack()]);
        Assert.Equal("LAB-003", Assert.Single(await app.Messages()).LabCode);
    }

    [Fact]
    public async Task A_message_beyond_the_limit_is_refused_by_name_and_the_next_one_taken()
    {
        await using var app = await Open(Engine.Sqlite, ("Referti:Mllp:Peers:127.0.0.1", Lab));
        var person = await app.Person();
        using var line = await Line.To(app);
        await line.Send(Frame(Message("B1", person, "A-1") + new string('x', Hl7Limits.Default.MaxMessageLength)));
        await line.Send(Frame(Message("B2", person, "A-2")));
        Assert.Equal(["AR|B1", "AA|B2"], [await line.Ack(), await line.Ack()]);
    }

    [Fact]
    public void However_it_is_cut_the_frames_are_the_same() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonEmptyString[]>(), Gen.Choose(1, 9).ToArbitrary(),
            (texts, size) =>
            {
                var contents = texts.Select(t => Encoding.UTF8.GetBytes(t.Get.Replace('\v', '-').Replace('\u001c', '-'))).ToList();
                var frames = new MllpFrames(Hl7Limits.Default);
                foreach (var piece in contents.SelectMany(c => MllpFrames.Framed(c)).Chunk(size))
                    frames.Push(piece);
                var read = new List<byte[]>();
                while (frames.TryTake(out var entry))
                    read.Add(entry!.Bytes);
                return read.Count == contents.Count && read.Zip(contents).All(p => p.First.AsSpan().SequenceEqual(p.Second));
            }).QuickCheckThrowOnFailure();

    private static Task<PlatformApp> Open(Engine engine, params (string, string)[] settings) =>
        RefertiApp.Start(engine, [("Referti:Mllp:Port", "0"), .. settings]);

    private static byte[] Frame(string message) => MllpFrames.Framed(Encoding.UTF8.GetBytes(message));

    private sealed class Line(TcpClient client) : IDisposable
    {
        private readonly List<byte> unread = [];

        public static async Task<Line> To(PlatformApp app)
        {
            var client = new TcpClient();
            await client.ConnectAsync(await app.Services.GetRequiredService<MllpListener>().ListensAt.WaitAsync(TimeSpan.FromMinutes(1)));
            return new(client);
        }

        public async Task Send(byte[] bytes) => await client.GetStream().WriteAsync(bytes);

        /// <returns>MSA-1 and MSA-2 of the next acknowledgement.</returns>
        public async Task<string> Ack()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var chunk = new byte[4096];
            while (!unread.Contains(0x1C))
            {
                var read = await client.GetStream().ReadAsync(chunk, patience.Token);
                Assert.True(read > 0, "The line was closed.");
                unread.AddRange(chunk.AsSpan(0, read));
            }

            var end = unread.IndexOf(0x1C);
            var text = Encoding.UTF8.GetString([.. unread.Take(end)]);
            unread.RemoveRange(0, Math.Min(unread.Count, end + 2));
            return string.Join('|', text.Split('\r').Single(l => l.StartsWith("MSA|", StringComparison.Ordinal)).Split('|')[1..].Append("").Take(2));
        }

        public void Dispose() => client.Dispose();
    }
}
