using System.Formats.Cbor;
using System.Globalization;

namespace Platform.Certificates.Hcert;

/// <summary>What a certificate says, of whatever country: names, birth, and its one entry with the keys of the schema.</summary>
/// <param name="Kind"><c>vaccination</c>, <c>test</c>, <c>recovery</c>; <c>exemption</c> is Italy's own, outside the European schema.</param>
/// <param name="BirthDate">As it is written: the month or the day may be missing.</param>
internal sealed record ReadDcc(
    string? FamilyName, string? FamilyNameInMrz, string? GivenName, string? GivenNameInMrz, string BirthDate, string Kind, IReadOnlyDictionary<string, string> Entry)
{
    private const int MostEntries = 50;

    private static readonly Dictionary<string, string> Kinds = new() { ["v"] = "vaccination", ["t"] = "test", ["r"] = "recovery", ["e"] = "exemption" };

    public string Uvci => this["ci"];

    public string this[string key] => Entry.GetValueOrDefault(key, "");

    public int? Number(string key) => int.TryParse(this[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A time of day after it is passed over.</summary>
    public DateOnly? Day(string key) =>
        this[key] is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public DateTime? Instant(string key) =>
        DateTimeOffset.TryParse(this[key], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.UtcDateTime : null;

    /// <summary>Full years, by the latest day that fits what is known of her birth; null where nothing is.</summary>
    public int? AgeOn(DateOnly day)
    {
        var parts = BirthDate.Split('-');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            return null;
        var month = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var m) ? m : 12;
        var last = parts.Length > 2 && int.TryParse(parts[2].Split('T')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var d) ? d : 31;
        return day.Year - year - ((day.Month, day.Day).CompareTo((month, last)) < 0 ? 1 : 0);
    }

    /// <returns>Null unless it has one entry of one kind, and a name.</returns>
    public static ReadDcc? From(CborReader cbor)
    {
        Dictionary<string, string> names = [], said = [];
        var entries = new List<(string Kind, Dictionary<string, string> Entry)>();
        Map(cbor, (reader, key) =>
        {
            if (key == "nam")
                names = Texts(reader);
            else if (Kinds.TryGetValue(key, out var kind) && reader.PeekState() == CborReaderState.StartArray)
                Array(reader, r => entries.Add((kind, Texts(r))));
            else if (Text(reader) is { } text)
                said[key] = text;
        });
        var named = names.GetValueOrDefault("fnt") is { Length: > 0 } || names.GetValueOrDefault("gnt") is { Length: > 0 };
        return entries is not [var (only, entry)] || !named ? null
            : new(names.GetValueOrDefault("fn"), names.GetValueOrDefault("fnt"), names.GetValueOrDefault("gn"), names.GetValueOrDefault("gnt"),
                said.GetValueOrDefault("dob", ""), only, entry);
    }

    private static Dictionary<string, string> Texts(CborReader cbor)
    {
        var texts = new Dictionary<string, string>();
        Map(cbor, (reader, key) =>
        {
            if (Text(reader) is { } text)
                texts[key] = text;
        });
        return texts;
    }

    // Numbers as text too; whatever else is passed over.
    private static string? Text(CborReader cbor)
    {
        if (cbor.PeekState() == CborReaderState.Tag)
            cbor.ReadTag();
        switch (cbor.PeekState())
        {
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return cbor.ReadTextString();
            case CborReaderState.UnsignedInteger:
                return cbor.ReadUInt64().ToString(CultureInfo.InvariantCulture);
            default:
                cbor.SkipValue();
                return null;
        }
    }

    private static void Map(CborReader cbor, Action<CborReader, string> read)
    {
        cbor.ReadStartMap();
        for (var count = 0; cbor.PeekState() != CborReaderState.EndMap; count++)
        {
            if (count == MostEntries)
                throw new CborContentException("Too many entries.");
            if (Text(cbor) is { } key)
                read(cbor, key);
            else
                cbor.SkipValue();
        }

        cbor.ReadEndMap();
    }

    private static void Array(CborReader cbor, Action<CborReader> read)
    {
        cbor.ReadStartArray();
        for (var count = 0; cbor.PeekState() != CborReaderState.EndArray; count++)
        {
            if (count == MostEntries)
                throw new CborContentException("Too many entries.");
            read(cbor);
        }

        cbor.ReadEndArray();
    }
}
