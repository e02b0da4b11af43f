using System.Globalization;
using System.Text;

namespace Platform.Patients.Contracts.FiscalCodes;

/// <summary>The register of places of birth, read once from a file of comma-separated values and kept in memory.</summary>
public sealed class BirthPlaces : IBirthPlaces
{
    private static readonly string[] Header = ["belfiore", "name", "province_or_country", "valid_from", "valid_to"];

    private readonly Dictionary<string, BirthPlaceLife> _places;

    private BirthPlaces(Dictionary<string, BirthPlaceLife> places) => _places = places;

    /// <inheritdoc />
    public IReadOnlyCollection<BirthPlaceLife> All => _places.Values;

    /// <summary>How many codes there are.</summary>
    public int Count => _places.Count;

    /// <inheritdoc />
    public BirthPlaceLife? Find(string code) => _places.GetValueOrDefault(code);

    /// <summary>
    /// Loads <c>belfiore,name,province_or_country,valid_from,valid_to</c>: UTF-8, the header line first, quotes after
    /// RFC 4180, dates as 2016-01-31 and both included, empty when not known. A code may have several lines, one for
    /// each span of its life; the name and the province are those of the latest.
    /// </summary>
    /// <param name="csv">Read to its end and left open.</param>
    /// <exception cref="FormatException">The file is not so; the message names the line and what is wrong.</exception>
    public static BirthPlaces Load(Stream csv)
    {
        ArgumentNullException.ThrowIfNull(csv);

        var text = ReadAll(csv);
        var lines = new CsvLines(text);
        if (!lines.Next() || !lines.Fields.SequenceEqual(Header, StringComparer.OrdinalIgnoreCase))
        {
            throw Wrong(1, $"the header must be '{string.Join(',', Header)}'");
        }

        var spans = new Dictionary<string, List<Span>>(16_000);
        while (lines.Next())
        {
            var (code, span) = SpanOf(lines.Fields, lines.Line);
            if (!spans.TryGetValue(code, out var ofCode))
            {
                spans.Add(code, ofCode = new List<Span>(1));
            }

            ofCode.Add(span);
        }

        if (spans.Count == 0)
        {
            throw Wrong(2, "there is no place after the header");
        }

        return new BirthPlaces(spans.ToDictionary(pair => pair.Key, pair => LifeOf(pair.Key, pair.Value)));
    }

    private static string ReadAll(Stream csv)
    {
        using var reader = new StreamReader(csv, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
        var text = new StringBuilder();
        var line = 1;
        try
        {
            for (Span<char> buffer = new char[8192]; reader.Read(buffer) is > 0 and var read;)
            {
                line += buffer[..read].Count('\n');
                text.Append(buffer[..read]);
            }
        }
        catch (DecoderFallbackException invalid)
        {
            throw new FormatException($"Places of birth, after line {line}: the text is not UTF-8.", invalid);
        }

        return text.ToString();
    }

    private static (string Code, Span Span) SpanOf(List<string> fields, int line)
    {
        if (fields.Count != Header.Length)
        {
            throw Wrong(line, $"{fields.Count} fields instead of {Header.Length}");
        }

        var code = fields[0].Trim();
        if (!FiscalCode.IsPlaceCode(code))
        {
            throw Wrong(line, $"'{code}' is not a Belfiore code, one capital letter and three digits");
        }

        var name = fields[1].Trim();
        if (name.Length == 0)
        {
            throw Wrong(line, "the name is empty");
        }

        var from = DateOf(fields[3], Header[3], line);
        var to = DateOf(fields[4], Header[4], line);
        if (from > to)
        {
            throw Wrong(line, $"{Header[3]} is after {Header[4]}");
        }

        return (code, new Span(name, fields[2].Trim(), from, to));
    }

    private static DateOnly? DateOf(string field, string column, int line)
    {
        var text = field.Trim();
        if (text.Length == 0)
        {
            return null;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Wrong(line, $"{column} '{text}' is not a date as 2016-01-31");
    }

    private static BirthPlaceLife LifeOf(string code, List<Span> spans)
    {
        var latest = spans[0];
        foreach (var span in spans)
        {
            if (span.IsLaterThan(latest))
            {
                latest = span;
            }
        }

        return new BirthPlaceLife(code, latest.Name, latest.Province, spans.ConvertAll(span => (span.From, span.To)));
    }

    private static FormatException Wrong(int line, string what) => new($"Places of birth, line {line}: {what}.");

    private readonly record struct Span(string Name, string Province, DateOnly? From, DateOnly? To)
    {
        public bool IsLaterThan(Span other) => Ends == other.Ends ? Starts > other.Starts : Ends > other.Ends;

        private DateOnly Starts => From ?? DateOnly.MinValue;

        private DateOnly Ends => To ?? DateOnly.MaxValue;
    }

    private sealed class CsvLines(string text)
    {
        private int _at;
        private int _nextLine = 1;

        public List<string> Fields { get; } = new(8);

        /// <summary>The line on which the current record starts, counted from 1.</summary>
        public int Line { get; private set; }

        public bool Next()
        {
            do
            {
                if (_at >= text.Length)
                {
                    return false;
                }

                Line = _nextLine;
                ReadRecord();
            }
            while (Fields is [""]);

            return true;
        }

        private void ReadRecord()
        {
            Fields.Clear();
            while (true)
            {
                Fields.Add(_at < text.Length && text[_at] == '"' ? Quoted() : Bare());
                if (_at >= text.Length)
                {
                    return;
                }

                switch (text[_at++])
                {
                    case ',':
                        continue;
                    case '\r' when _at < text.Length && text[_at] == '\n':
                        _at++;
                        _nextLine++;
                        return;
                    case '\r' or '\n':
                        _nextLine++;
                        return;
                    default:
                        throw Wrong(_nextLine, "a quote is in the wrong place");
                }
            }
        }

        private string Bare()
        {
            var length = text.AsSpan(_at).IndexOfAny(",\r\n\"");
            var start = _at;
            _at = length < 0 ? text.Length : start + length;
            return text[start.._at];
        }

        private string Quoted()
        {
            var start = ++_at;
            while (true)
            {
                var length = text.AsSpan(_at).IndexOf('"');
                if (length < 0)
                {
                    throw Wrong(Line, "a quote is not closed");
                }

                _nextLine += text.AsSpan(_at, length).Count('\n');
                _at += length + 1;
                if (_at >= text.Length || text[_at] != '"')
                {
                    return text[start..(_at - 1)].Replace("\"\"", "\"", StringComparison.Ordinal);
                }

                _at++;
            }
        }
    }
}
