using Platform.Testing.Contracts;
using Platform.Testing.Requests;
using Platform.Testing.Samples;
using Platform.Tests.Harness;
using static Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.Testing;

/// <summary>Orders that come twice at once, from an impatient finger or a line that repeats: the later is answered as the first.</summary>
public sealed class TwiceTests
{
    private const int Times = 6;

    [Theory, OnEachEngine]
    public async Task Taking_sending_and_receiving_twice_at_once_is_done_once_and_answered_alike(Engine engine)
    {
        await using var app = await Start(engine);
        var id = await app.Booked();
        var taken = await AtOnce(() => app.Send(new TakeSample { Id = id }, As.Hotspot(HotspotCode)));
        var number = (await app.Request(id)).AccessionNumber!;
        Assert.All(taken, t => Assert.Equal(number, t.AccessionNumber));
        Assert.Single(taken, t => !t.Already);

        await AtOnce(() => app.Send(new SendSamples { Ids = [id] }, As.Hotspot(HotspotCode)));
        var lab = As.Lab((await app.Request(id)).LabCode!);
        var received = await AtOnce(() => app.Send(new ReceiveSample { AccessionNumber = number }, lab));
        Assert.Single(received, r => !r.Already);
        Assert.Equal(
            [SwabRequestState.Requested, SwabRequestState.Booked, SwabRequestState.Collected, SwabRequestState.Sent, SwabRequestState.Received],
            (await app.Request(id)).Moves.OrderBy(m => m.Number).Select(m => m.State));
    }

    [Theory, OnEachEngine]
    public async Task A_withdrawal_sent_again_is_answered_as_the_first_and_anothers_is_not(Engine engine)
    {
        await using var app = await Start(engine);
        var id = await app.Booked();
        var cancel = new CancelSwabRequest { Id = id, Version = (await app.Request(id)).Version, Reason = "Non serve più" };
        await app.Send(cancel, As.Gp(Gp));
        await app.Send(cancel, As.Gp(Gp));
        Assert.Equal("changed-meanwhile", await RefusedWith(() => app.Send(cancel, As.Sisp(Asl))));
    }

    private static async Task<T[]> AtOnce<T>(Func<Task<T>> order) =>
        await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => Task.Run(order)));
}
