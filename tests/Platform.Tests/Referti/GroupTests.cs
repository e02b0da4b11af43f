using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.Referti.Contracts;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;
using Platform.Referti.Unmatched;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>Many messages in one transaction come to what they would one by one.</summary>
public sealed class GroupTests
{
    [Theory, OnEachEngine]
    public async Task One_that_fails_fails_alone_and_is_kept(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var messages = Enumerable.Range(0, 5).Select(i => Read(Message($"G{i}", null, $"N-{i}", code: Code(i)))).ToList();
        messages[0] = Read(Message("G0", person, "N-0"));
        // What was read cannot be made a report of: its details are not there.
        messages[2] = Read(Message("G2", await app.Person("Verdi", "Mara"), "N-2"));
        messages[2] = messages[2] with { Reading = messages[2].Reading with { Results = [messages[2].Reading.Results[0] with { Details = null! }] } };

        var taken = await app.Services.GetRequiredService<Intake>().TakeAll(messages, Lab, null, default);
        await app.Drain();

        Assert.All(taken, t => Assert.Equal(AckCode.AA, t.Verdict));
        var states = (await app.Messages()).ToDictionary(m => m.ControlId, m => m.State);
        Assert.Equal(LabMessageState.Issued, states["G0"]);
        Assert.Equal(LabMessageState.Accepted, states["G2"]); // The job takes it up.
        Assert.Equal(3, states.Values.Count(s => s == LabMessageState.Waiting));
    }

    [Theory, OnEachEngine]
    public async Task Corrections_repetitions_and_namesakes_of_one_batch_are_seen_in_their_order(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var batch = string.Concat(
            Message("B1", sample.Person, sample.Number), Message("B2", sample.Person, sample.Number), Message("B3", sample.Person, sample.Number, NotDetected, "C"),
            Message("B1", sample.Person, sample.Number), Message("B1", sample.Person, sample.Number, NotDetected), Message("B4", sample.Person, "OTHER", test: "94558-4^Ag^LN"));

        var answer = Encoding.UTF8.GetString((await app.Send(new ReceiveLabMessages(Encoding.UTF8.GetBytes(batch)), As.LabSystem(sample.Lab))).Content);

        Assert.Equal(["AA|B1", "AA|B2", "AA|B3", "AA|B1", "AE|B1", "AA|B4"],
            answer.Split('\r').Where(l => l.StartsWith("MSA|", StringComparison.Ordinal)).Select(l => string.Join('|', l.Split('|')[1..3])));
        var reports = await app.Reports();
        Assert.Equal([ReportResult.NotDetected, ReportResult.Detected], reports.OrderBy(r => r.TestType).Select(r => r.Result));
        Assert.Equal(2, reports.Single(r => r.RequestId == sample.RequestId).Versions.Count);
        Assert.Equal(WaitingReason.DuplicateControlId, Assert.Single(await app.Queue()).ReasonCode);
    }

    [Fact]
    public void No_two_of_an_armful_touch_one_sample_or_one_person()
    {
        var random = new Random(5);
        var messages = Enumerable.Range(0, 900)
            .Select(i => Read(Message($"C{random.Next(800)}", null, $"N-{random.Next(400)}", code: Code(random.Next(300)), test: random.Next(9) == 0 ? "1234-5^Altro^LN" : Pcr))).ToList();

        var armfuls = Armfuls.Of(messages).ToList();

        Assert.Equal(messages, armfuls.SelectMany(a => a));
        Assert.InRange(armfuls.Count, 10, 600);
        foreach (var armful in armfuls.Where(a => a.Count > 1))
        {
            Assert.All(armful, m => Assert.Equal(AckCode.AA, m.Verdict));
            Assert.Distinct(armful.Select(m => m.ControlId));
            Assert.Distinct(armful.Select(m => m.Reading.Results[0].Person.FiscalCode));
            Assert.Distinct(armful.SelectMany(m => m.Reading.Results[0].Numbers));
        }
    }

    private static string Code(int i) => $"RSSMRA{80 + (i % 20)}A{10 + (i / 20 % 20)}L{219 + (i / 400)}X";

    private static Incoming Read(string message) => Hl7Reader.Read(new(1, 0, Encoding.UTF8.GetBytes(message), false)).Incoming;
}
