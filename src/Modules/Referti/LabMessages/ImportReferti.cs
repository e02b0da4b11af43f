using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Hl7;

namespace Platform.Referti.LabMessages;

/// <summary>A file of messages, of any size, by the same road as over HTTP: read once, one message in memory at a time.</summary>
internal static class ImportReferti
{
    private const int WrongUsage = 2;
    private const int SomeRefused = 1;
    private const int RefusalsShown = 20;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    public static ConsoleCommand Command { get; } =
        new("import referti", "import referti FILE [--lab CODE]   take HL7 v2 messages from a file", (services, arguments, cancellation) =>
            Run(services, arguments, Console.Out, cancellation));

    public static async Task<int> Run(IServiceProvider services, string[] arguments, TextWriter said, CancellationToken cancellation)
    {
        var region = services.GetRequiredService<Region>();
        const string option = "--lab";
        var words = arguments.Select(a => a.StartsWith(option + "=", StringComparison.Ordinal) ? a[(option.Length + 1)..] : a).Where(a => a != option).ToList();
        var configuration = services.GetRequiredService<IConfiguration>();
        bool IsLab(string? code) => region.Facilities.Any(f => f.Kind == FacilityKind.Lab && f.Code == code);
        var named = words.Find(IsLab);
        var file = words.Find(w => w != named);
        var otherwise = named ?? configuration["Referti:DefaultLab"];
        if (file is null || words.Count > (named is null ? 1 : 2))
        {
            await said.WriteLineAsync(file is null
                ? "Usage: import referti FILE [--lab CODE]"
                : "Usage: import referti FILE [--lab CODE]. No laboratory of this region has such a code.");
            return WrongUsage;
        }

        if (!File.Exists(file))
        {
            await said.WriteLineAsync("The file is not there.");
            return WrongUsage;
        }

        var tally = new Tally();
        var intake = services.GetRequiredService<Intake>();
        var batch = new Hl7Batch();
        var since = Stopwatch.StartNew();
        var silent = Stopwatch.StartNew();
        await using var stream = File.OpenRead(file);
        await foreach (var entry in batch.ReadAsync(stream, cancellation))
        {
            // Who sent it: as the command says, else as the message does (MSH-4), else as the installation is configured.
            var sender = named ?? (entry.HeaderOnly() is { } header && MessageHeader.Of(header).SendingFacility is { } facility && IsLab(facility) ? facility : otherwise);
            if (!IsLab(sender))
            {
                await said.WriteLineAsync($"Message {entry.Index}: MSH-4 names no laboratory of this region. Say which it is with --lab CODE. Nothing of this message or after it was taken.");
                return WrongUsage;
            }

            var incoming = Hl7Reader.Read(entry).Incoming;
            var taken = await intake.Take(incoming, sender!, null, cancellation);
            tally.Count(taken);
            if (taken.Verdict != AckCode.AA && tally.Refused <= RefusalsShown)
                await said.WriteLineAsync($"Message {entry.Index} ({incoming.ControlId}): {taken.Verdict} {Why(taken)}");
            if (silent.Elapsed < Silence)
                continue;
            await said.WriteLineAsync($"{tally.Messages} messages, {Percent(stream)} % of the file, {Rate(tally, since)} a second");
            silent.Restart();
        }

        foreach (var problem in batch.Problems)
            await said.WriteLineAsync(problem.Reason);
        await said.WriteLineAsync($"{tally} in {since.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s, {Rate(tally, since)} a second");
        return tally.Refused > 0 || tally.Messages == 0 ? SomeRefused : 0;
    }

    // Codes and places, never a person's data.
    private static string Why(Taken taken) => string.Join("; ", taken.Problems.Select(p => $"{p.Code}, {p.Segment}{(p.Field is { } field ? $"-{field}" : "")}: {p.Reason}"));

    private static long Percent(FileStream stream) => stream.Length == 0 ? 100 : stream.Position * 100 / stream.Length;

    private static string Rate(Tally tally, Stopwatch since) =>
        (tally.Messages / Math.Max(0.001, since.Elapsed.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);

    private sealed class Tally
    {
        private int known;
        private int issued;
        private int repeated;
        private int waiting;

        public int Messages { get; private set; }
        public int Refused { get; private set; }

        public void Count(Taken taken)
        {
            Messages++;
            if (taken.Verdict != AckCode.AA)
                Refused++;
            if (taken.AlreadyKnown)
            {
                known++;
                return;
            }

            foreach (var outcome in taken.Outcomes)
            {
                issued += outcome.State == OutcomeState.Issued ? 1 : 0;
                repeated += outcome.State == OutcomeState.Repeated ? 1 : 0;
                waiting += outcome.State == OutcomeState.Waiting ? 1 : 0;
            }
        }

        public override string ToString() =>
            $"{Messages} messages: {issued} released, {repeated} said already, {waiting} waiting, {known} known already, {Refused} refused;";
    }
}
