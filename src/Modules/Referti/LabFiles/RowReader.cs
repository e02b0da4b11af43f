using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Referti.Contracts;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;
using Platform.Testing.Contracts;

namespace Platform.Referti.LabFiles;

/// <summary>Reads one row of a file by its description: to what an HL7 message of one result would be, or to all that is
/// wrong with it. The row is its own name: the same row again, in whatever file, is known.</summary>
internal sealed class RowReader(FileMap map, IBirthPlaces places, Region region, DateOnly today)
{
    public const string NotReceived = "not_received";

    // The text of the row as it is kept: names of columns and cells, in the map's order.
    private static readonly JsonSerializerOptions Kept = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public (Incoming? Incoming, IReadOnlyList<RowFault> Faults) Read(TableRow row)
    {
        if (row.Fault is { } broken)
            return (null, [new(row.Line, "", broken, [.. row.FaultArguments ?? []])]);
        var faults = new List<RowFault>();
        var said = map.Columns.Select((column, index) => Cell(row, column, row.Fields[index], faults)).ToArray();
        var reading = new Cells(map, said);
        Check(row, reading, faults);
        if (faults.Count > 0)
            return (null, faults);

        var bytes = JsonSerializer.SerializeToUtf8Bytes(
            map.Columns.Select((c, i) => (c.Name, Text: row.Fields[i])).Where(c => c.Text.Length > 0).ToDictionary(c => c.Name, c => c.Text), Kept);
        var controlId = $"{map.Name}-{Digest.Of(bytes)[..32]}";
        var result = Result(reading);
        return (new(bytes, controlId, AckCode.AA, new(controlId, map.Name, null, null, null, reading[ColumnIs.Laboratory], null, [result], [], [])), []);
    }

    // The cell without what stands for nothing; null where it is empty or wrong.
    private string? Cell(TableRow row, MapColumn column, string text, List<RowFault> faults)
    {
        if (text.Length == 0 || (column.Nothing?.Contains(text, StringComparer.OrdinalIgnoreCase) ?? false))
        {
            if (text.Length == 0 && (column.Required || IsRequiredHere(row, column)))
                faults.Add(new(row.Line, column.Name, "Il valore è obbligatorio."));
            return null;
        }

        var allowed = column.OneOf ?? column.Values?.Keys.ToArray();
        if (allowed is not null && !allowed.Contains(text, StringComparer.OrdinalIgnoreCase))
            return Wrong("Il valore non è tra quelli ammessi: {0}.", string.Join(", ", allowed));
        if (column.Shape is { } shape && !shape.IsMatch(text))
            return Wrong("Il valore non ha la forma attesa.");
        switch (column.Is)
        {
            case ColumnIs.BirthDate or ColumnIs.CollectedAt or ColumnIs.ReceivedAt or ColumnIs.ReportedAt when Time(text, column) is null:
                return Wrong("Non è una data: si scrive {0}.", string.Join(", ", column.Formats!));
            case ColumnIs.FiscalCode when NationalIdentifier.KindOf(text.ToUpperInvariant()) is null:
                return Wrong("Non è un codice fiscale, un codice STP o un codice ENI.");
            case ColumnIs.FiscalCode when NationalIdentifier.KindOf(text.ToUpperInvariant()) == NationalIdentifierKind.CodiceFiscale
                && !FiscalCode.Read(text.ToUpperInvariant(), places, today).Valid:
                return Wrong("Il codice fiscale non è valido.");
            case ColumnIs.Ct when !decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ct) || ct > 60:
                return Wrong("Non è un valore di CT.");
            case ColumnIs.Device when !CommonList.IsNumber(text):
                return Wrong("Non è un numero dell'elenco comune europeo dei dispositivi.");
            case ColumnIs.Sample or ColumnIs.Number when text.Length > Reports.Report.NumberLength:
                return Wrong("Il valore è troppo lungo.");
        }

        return text;

        string? Wrong(string reason, params object[] arguments)
        {
            faults.Add(new(row.Line, column.Name, reason, arguments));
            return null;
        }
    }

    private bool IsRequiredHere(TableRow row, MapColumn column) => column.RequiredWhen is { } when
        && when.All(w => w.Value.Contains(row.Fields[Array.FindIndex(map.Columns, c => c.Name == w.Key)], StringComparer.OrdinalIgnoreCase));

    private void Check(TableRow row, Cells reading, List<RowFault> faults)
    {
        if (reading.Column(ColumnIs.ResultText) is { } described && reading.Meaning(ColumnIs.Result) is { } meaning
            && ResultValues.OfWords(reading[ColumnIs.ResultText]) is not ResultValue.Unknown and var words && Meaning(words) is { } inWords
            && (meaning == NotReceived || Parse<ReportResult>(meaning) != inWords))
        {
            faults.Add(new(row.Line, described.Name, "La descrizione dell'esito dice altro rispetto al suo codice."));
        }

        if (reading.Time(this, ColumnIs.CollectedAt) is { } collected && reading.Time(this, ColumnIs.ReportedAt) is { } reported
            && reported < collected && reading[ColumnIs.ReportedAt]!.Length > 10 && reading[ColumnIs.CollectedAt]!.Length > 10)
        {
            faults.Add(new(row.Line, reading.Column(ColumnIs.ReportedAt)!.Name, "L'esame precede il prelievo."));
        }
    }

    private ResultReading Result(Cells row)
    {
        var meaning = row.Meaning(ColumnIs.Result)!;
        var status = meaning == NotReceived ? ObservationStatus.CannotBeDone
            : row.Meaning(ColumnIs.Status) is { } said ? Parse<ObservationStatus>(said) : ObservationStatus.Final;
        var code = row[ColumnIs.FiscalCode]?.ToUpperInvariant();
        var kind = code is null ? null : NationalIdentifier.KindOf(code);
        var sample = Number(row[ColumnIs.Sample]);
        var own = Number(row[ColumnIs.Number]);
        var test = Parse<TestType>(row.Meaning(ColumnIs.Test) ?? map.Test!);
        return new(
            1,
            new(kind == NationalIdentifierKind.CodiceFiscale ? code : null, kind == NationalIdentifierKind.Stp ? code : null, kind == NationalIdentifierKind.Eni ? code : null,
                [], row[ColumnIs.FamilyName], row[ColumnIs.GivenName], row.Day(this, ColumnIs.BirthDate), row.Meaning(ColumnIs.Sex), null),
            new(row.Column(ColumnIs.Test) is null ? null : row[ColumnIs.Test]!.ToUpperInvariant(), row[ColumnIs.TestText], map.Name), test,
            new(row[ColumnIs.Result], row[ColumnIs.ResultText], map.Name), meaning == NotReceived ? null : Parse<ReportResult>(meaning),
            status, row[ColumnIs.Status], status == ObservationStatus.Corrected, status == ObservationStatus.Annulled,
            [.. new[] { sample, own }.OfType<string>().Distinct()], null, own, null,
            row.Time(this, ColumnIs.CollectedAt), row.Time(this, ColumnIs.ReceivedAt), row.Time(this, ColumnIs.ReportedAt), row[ColumnIs.Laboratory],
            Details(row), [], map.Identity == RowIdentity.Sample, row[ColumnIs.Device]);
    }

    private static List<DetailReading> Details(Cells row)
    {
        var details = row.All(ColumnIs.Ct).Select(c => new DetailReading(new(null, $"CT {c.Column.Target}", null), c.Text.Replace(',', '.'), null, null)).ToList();
        if (row[ColumnIs.Value] is { } value)
            details.Add(new(new(null, row[ColumnIs.TestText] ?? row[ColumnIs.Test], null), row[ColumnIs.Range] is { } range ? $"{value} ({range})" : value, row[ColumnIs.Unit], null));
        if (row[ColumnIs.Note] is { } note)
            details.Add(new(new(null, "Note", null), note, null, null));
        return details;
    }

    private DateTime? Time(string text, MapColumn column)
    {
        foreach (var format in column.Formats!)
        {
            if (format.Contains('z', StringComparison.Ordinal))
            {
                if (DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
                    || (text.Length > 5 && DateTimeOffset.TryParseExact(text.Insert(text.Length - 2, ":"), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment)))
                    return moment.UtcDateTime;
            }
            else if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1850 and < 2200)
            {
                return column.Is == ColumnIs.BirthDate ? local : region.UtcOf(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
            }
        }

        return null;
    }

    private static ReportResult? Meaning(ResultValue words) => words switch
    {
        ResultValue.Detected => ReportResult.Detected,
        ResultValue.NotDetected => ReportResult.NotDetected,
        ResultValue.Unsuitable => ReportResult.Unsuitable,
        ResultValue.Unknown => null,
        _ => ReportResult.Inconclusive,
    };

    private static string? Number(string? text) => text is null ? null : ResultReading.Number(text) is { Length: > 0 } number ? number : null;

    private static T Parse<T>(string value)
        where T : struct, Enum => Enum.Parse<T>(value.Replace("_", "", StringComparison.Ordinal), true);

    /// <summary>The cells of a row, asked for by what they say.</summary>
    private sealed class Cells(FileMap map, string?[] texts)
    {
        public string? this[ColumnIs kind] => All(kind).Select(c => c.Text).FirstOrDefault();

        public MapColumn? Column(ColumnIs kind) => All(kind).Select(c => c.Column).FirstOrDefault();

        public string? Meaning(ColumnIs kind) => All(kind).Select(c => c.Column.Meanings?.GetValueOrDefault(c.Text)).FirstOrDefault();

        public IEnumerable<(MapColumn Column, string Text)> All(ColumnIs kind) =>
            map.Columns.Zip(texts).Where(c => c.First.Is == kind && c.Second is not null).Select(c => (c.First, c.Second!));

        public DateTime? Time(RowReader reader, ColumnIs kind) => All(kind).Select(c => reader.Time(c.Text, c.Column)).FirstOrDefault();

        public DateOnly? Day(RowReader reader, ColumnIs kind) => Time(reader, kind) is { } at ? DateOnly.FromDateTime(at) : null;
    }
}
