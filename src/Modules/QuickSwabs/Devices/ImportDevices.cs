using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Devices;

/// <summary>Brings the common list up to date from the value set of the EU that the certificates use too (covid-19-lab-test-manufacturer-and-name): new devices are
/// added, those that are active no longer are withdrawn from the day the list says. Importing it again changes nothing.</summary>
[Requires(QuickSwabsModule.MayImportDevices)]
internal sealed record ImportDevices(byte[] File) : ICommand<ImportedDevices>
{
    /// <summary>The list of July 2021 has 30 KB.</summary>
    public const int LargestFile = 2_000_000;

    public static readonly ConsoleCommand Command = new("import antigen-devices", "import antigen-devices FILE     the EU's value set of antigen tests (JSON)", async (services, arguments, cancellation) =>
    {
        if (arguments is not [var file])
        {
            await Console.Error.WriteLineAsync("Which file? import antigen-devices FILE");
            return 2;
        }

        try
        {
            var done = await services.GetRequiredService<IMediator>().Send(new ImportDevices(await System.IO.File.ReadAllBytesAsync(file, cancellation)), cancellation);
            Console.WriteLine($"{done.Added} added, {done.Withdrawn} withdrawn, {done.Changed} changed, {done.Lines} lines");
            return 0;
        }
        catch (Exception wrong) when (wrong is Refusal or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(wrong is Refusal refusal ? string.Format(CultureInfo.CurrentCulture, refusal.Message, refusal.Arguments) : wrong.Message);
            return 2;
        }
    });

    internal sealed class Handler(QuickSwabsDb db, DeviceList devices, Region region) : IRequestHandler<ImportDevices, ImportedDevices>
    {
        public async Task<ImportedDevices> Handle(ImportDevices request, CancellationToken cancellationToken)
        {
            var (day, lines) = Read(request.File);
            var known = (await devices.All(cancellationToken)).GroupBy(d => d.Jrc).ToDictionary(d => d.Key, d => d.Last());
            var rows = await db.Devices.ToDictionaryAsync(d => d.Jrc, cancellationToken);
            var (added, withdrawn, changed) = (0, 0, 0);
            foreach (var line in lines)
            {
                var before = known.GetValueOrDefault(line.Jrc);
                DateOnly? until = line.Active ? null : before?.Valid.Until ?? line.Since;
                if (before is not null && (before.Maker, before.Name, before.Valid.Until) == (line.Maker, line.Name, until))
                    continue;
                if (before is null)
                    added++;
                else if (until is not null && before.Valid.Until is null)
                    withdrawn++;
                else
                    changed++;
                if (!rows.TryGetValue(line.Jrc, out var row))
                {
                    db.Devices.Add(row = new()
                    {
                        Jrc = line.Jrc, Maker = "", Name = "", Minutes = before?.Minutes ?? region.QuickSwabs.Limit(QuickSwabRules.UsualMinutes, day),
                        ValidFrom = before?.Valid.From ?? line.Since, ValidUntil = null, ListOf = day,
                    });
                }

                (row.Maker, row.Name, row.ValidUntil, row.ListOf) = (line.Maker, line.Name, until, day);
                if (until is { } end && row.ValidFrom > end)
                    row.ValidFrom = end;
            }

            await db.SaveChangesAsync(cancellationToken);
            return new(day, lines.Count, added, withdrawn, changed);
        }

        /// <exception cref="Refusal"><c>no-device-list</c>, with what is wrong and where.</exception>
        private static (DateOnly Day, IReadOnlyList<Line> Lines) Read(byte[] file)
        {
            try
            {
                var set = JsonSerializer.Deserialize<ValueSet>(file) ?? throw new JsonException();
                if (set.Id != "covid-19-lab-test-manufacturer-and-name" || set.Values is not { Count: > 0 } || !DateOnly.TryParseExact(set.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    throw Wrong("valueSetId, valueSetDate");
                return (day, [.. set.Values.Select(v => LineOf(v.Key, v.Value, day))]);
            }
            catch (JsonException wrong)
            {
                throw Wrong($"{wrong.LineNumber + 1}");
            }
        }

        private static Line LineOf(string jrc, Value value, DateOnly day)
        {
            // Makers hold commas («Co., Ltd»), names of devices none.
            var display = (value?.Display ?? "").Replace('（', '(').Replace('）', ')').Trim();
            var comma = display.LastIndexOf(", ", StringComparison.Ordinal);
            if (jrc.Length is 0 or > 10 || !jrc.All(char.IsAsciiDigit) || comma < 1 || display.Length - comma - 2 is < 1 or > 160 || comma > 120)
                throw Wrong(jrc.Length > 10 ? jrc[..10] : jrc);
            var since = DateOnly.TryParse(value!.Version?.Split('T', ' ')[0], CultureInfo.InvariantCulture, out var said) && said <= day ? said : day;
            return new(jrc, display[..comma], display[(comma + 2)..], value.Active, since);
        }

        private static Refusal Wrong(string where) =>
            new("no-device-list", "Il file non è l'elenco europeo dei test antigenici (value set JSON): controlli «{0}».", where) { Kind = RefusalKind.Unprocessable };
    }

    private sealed record Line(string Jrc, string Maker, string Name, bool Active, DateOnly Since);

    private sealed record ValueSet(
        [property: JsonPropertyName("valueSetId")] string? Id, [property: JsonPropertyName("valueSetDate")] string? Date,
        [property: JsonPropertyName("valueSetValues")] Dictionary<string, Value>? Values);

    private sealed record Value(
        [property: JsonPropertyName("display")] string? Display, [property: JsonPropertyName("active")] bool Active, [property: JsonPropertyName("version")] string? Version);
}

internal sealed record ImportedDevices(DateOnly ListOf, int Lines, int Added, int Withdrawn, int Changed);

/// <summary>The whole list, with what was withdrawn.</summary>
[Requires(QuickSwabsModule.MayImportDevices)]
internal sealed record WholeDeviceList : IQuery<IReadOnlyList<AntigenDevice>>
{
    internal sealed class Handler(DeviceList devices) : IRequestHandler<WholeDeviceList, IReadOnlyList<AntigenDevice>>
    {
        public Task<IReadOnlyList<AntigenDevice>> Handle(WholeDeviceList request, CancellationToken cancellationToken) => devices.All(cancellationToken);
    }
}
