using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Hl7;
using Platform.Referti.LabFiles;

namespace Platform.Referti.LabMessages;

/// <summary>A file of messages, of any size, by the same road as over HTTP: read once, one message in memory at a time.</summary>
internal static class ImportReferti
{
    private const string Usage = "Usage: import referti FILE [--lab CODE] [--format NAME]";
    private const int WrongUsage = 2;
    private const int SomeRefused = 1;
    private const int RefusalsShown = 20;
    private const int Armful = 250;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    public static ConsoleCommand Command { get; } =
        new("import referti", "import referti FILE [--lab CODE] [--format NAME]   take results from a file: HL7 v2, CSV or xlsx", (services, arguments, cancellation) =>
            Run(services, arguments, Console.Out, cancellation));

    public static async Task<int> Run(IServiceProvider services, string[] arguments, TextWriter said, CancellationToken cancellation)
    {
        var region = services.GetRequiredService<Region>();
        var words = arguments.ToList();
        var format = Option(words, "--format");
        var lab = Option(words, "--lab");
        var configuration = services.GetRequiredService<IConfiguration>();
        bool IsLab(string? code) => region.Facilities.Any(f => f.Kind == FacilityKind.Lab && f.Code == code);
        var named = lab ?? words.Find(IsLab);
        words.RemoveAll(w => w == named);
        var otherwise = named ?? configuration["Referti:DefaultLab"];
        if (words is not [var file] || (named is not null && !IsLab(named)))
        {
            await said.WriteLineAsync(words is not [_] ? Usage : $"{Usage}. No laboratory of this region has such a code.");
            return WrongUsage;
        }

        if (!File.Exists(file))
        {
            await said.WriteLineAsync("The file is not there.");
            return WrongUsage;
        }

        if (!await LooksLikeHl7(file, cancellation))
        {
            return IsLab(otherwise)
                ? await services.GetRequiredService<ImportConsole>().Run<LabFileImport>(file, format, otherwise!, said, cancellation)
                : await Refuse(said, "A table names no laboratory: say which it is with --lab CODE.");
        }

        var tally = new Tally();
        var waiting = new List<(int Index, string Sender, Incoming Incoming)>();
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
                await Take();
                await said.WriteLineAsync($"Message {entry.Index}: MSH-4 names no laboratory of this region. Say which it is with --lab CODE. Nothing of this message or after it was taken.");
                return WrongUsage;
            }

            if (waiting.Count == Armful || (waiting.Count > 0 && waiting[0].Sender != sender))
                await Take();
            waiting.Add((entry.Index, sender!, Hl7Reader.Read(entry).Incoming));
            if (silent.Elapsed < Silence)
                continue;
            await said.WriteLineAsync($"{tally.Messages} messages, {Percent(stream)} % of the file, {Rate(tally, since)} a second");
            silent.Restart();
        }

        await Take();
        foreach (var problem in batch.Problems)
            await said.WriteLineAsync(problem.Reason);
        await said.WriteLineAsync($"{tally} in {since.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s, {Rate(tally, since)} a second");
        return tally.Refused > 0 || tally.Messages == 0 ? SomeRefused : 0;

        async Task Take()
        {
            if (waiting.Count == 0)
                return;
            var taken = await intake.TakeAll([.. waiting.Select(w => w.Incoming)], waiting[0].Sender, null, cancellation);
            foreach (var (message, answer) in waiting.Zip(taken))
            {
                tally.Count(answer);
                if (answer.Verdict != AckCode.AA && tally.Refused <= RefusalsShown)
                    await said.WriteLineAsync($"Message {message.Index} ({message.Incoming.ControlId}): {answer.Verdict} {Why(answer)}");
            }

            waiting.Clear();
        }
    }

    private static async Task<int> Refuse(TextWriter said, string why)
    {
        await said.WriteLineAsync(why);
        return WrongUsage;
    }

    // --name VALUE or --name=VALUE, taken out of the words.
    private static string? Option(List<string> words, string name)
    {
        var at = words.FindIndex(w => w == name || w.StartsWith(name + "=", StringComparison.Ordinal));
        if (at < 0)
            return null;
        var value = words[at].Length > name.Length ? words[at][(name.Length + 1)..] : at + 1 < words.Count ? words[at + 1] : null;
        words.RemoveRange(at, words[at].Length > name.Length || value is null ? 1 : 2);
        return value;
    }

    private static async Task<bool> LooksLikeHl7(string file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(file);
        var head = new byte[64];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        var text = System.Text.Encoding.Latin1.GetString(head, 0, read).TrimStart('\u00EF', '\u00BB', '\u00BF', '\v', ' ', '\t', '\r', '\n');
        return text.Length > 3 && text[..3] is "MSH" or "FHS" or "BHS";
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
