using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Platform.BuildingBlocks.Tables;

/// <summary>Numbers as the sheet shows them, as far as their meaning goes: days as 2021-03-12, moments as 2021-03-12T08:30:00,
/// times as 08:30:00, codes with the zeros in front that their format gives them, all else as a plain number.</summary>
internal sealed partial class XlsxNumbers(XlsxPackage package)
{
    private enum Kind
    {
        Number,
        Moment,
        Code,
    }

    // ECMA-376 18.8.30; 27-36 and 50-58 are days in the spreadsheets of East Asia.
    private static bool IsMoment(int format) => format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    private static readonly SearchValues<char> DayLetters = SearchValues.Create("dmyhsDMYHS");

    private List<(Kind Kind, int Digits)>? styles;

    public string Text(string value, string? style)
    {
        if (value.Length == 0 || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return value;
        styles ??= Read();
        var (kind, digits) = int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < styles.Count ? styles[index] : default;
        if (kind == Kind.Moment && Moment(number) is { } moment)
            return moment;
        var plain = Plain(number, value);
        return kind == Kind.Code && plain.All(char.IsAsciiDigit) ? plain.PadLeft(digits, '0') : plain;
    }

    private static string Plain(double number, string value)
    {
        if (value.All(char.IsAsciiDigit))
            return value;
        // What a sheet keeps as 0.30000000000000004 its reader sees as 0.3.
        var rounded = Math.Abs(number) is >= 1e-10 and < 1e15 ? (double)Math.Round((decimal)number, 12) : number;
        return Math.Abs(rounded) is >= 1e-5 and < 1e28 or 0
            ? ((decimal)rounded).ToString("0.############", CultureInfo.InvariantCulture)
            : rounded.ToString("R", CultureInfo.InvariantCulture);
    }

    private string? Moment(double days)
    {
        if (package.From1904)
            days += 1462;
        // Days before March 1900 are one off: the first spreadsheet took 1900 for a leap year.
        else if (days is >= 1 and < 60)
            days += 1;
        if (days is < 0 or >= 2_958_466)
            return null;
        var moment = DateTime.UnixEpoch.AddDays(-25_569).AddSeconds(Math.Round(days * 86_400));
        return days < 1 ? moment.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : moment.TimeOfDay == TimeSpan.Zero ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }

    private List<(Kind, int)> Read()
    {
        var formats = new Dictionary<int, (Kind, int)>();
        var cells = new List<(Kind, int)>();
        using var reader = package.Open(package.Styles);
        var within = false;
        while (reader?.Read() == true && cells.Count < 100_000)
        {
            if (reader.LocalName == "cellXfs")
                within = reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement;
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "numFmt" } && Id(reader) is { } id)
                formats[id] = KindOf(reader.GetAttribute("formatCode") ?? "");
            else if (within && reader is { NodeType: XmlNodeType.Element, LocalName: "xf" })
                cells.Add(Id(reader) is { } format ? formats.GetValueOrDefault(format, (IsMoment(format) ? Kind.Moment : Kind.Number, 0)) : default);
        }

        return cells;
    }

    private static int? Id(XmlReader reader) =>
        int.TryParse(reader.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static (Kind, int) KindOf(string code)
    {
        code = Literal().Replace(code, "");
        if (code.Length > 1 && code.All(c => c == '0'))
            return (Kind.Code, code.Length);
        return (code.AsSpan().ContainsAny(DayLetters) ? Kind.Moment : Kind.Number, 0);
    }

    // Between quotes, after a backslash, and colours or languages in brackets; [h] counts hours and stays a moment.
    [GeneratedRegex("""("[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|General|Standard)""", RegexOptions.IgnoreCase)]
    private static partial Regex Literal();
}
