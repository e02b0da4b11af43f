namespace Platform.Testing.Labels;

/// <summary>Code 128 (ISO/IEC 15417): the bars of a short text, code sets B and C chosen so that the symbol is
/// short. Printable ASCII only.</summary>
internal static class Code128
{
    private const int StartB = 104;
    private const int StartC = 105;
    private const int ToB = 100;
    private const int ToC = 99;
    private const int Modulus = 103;
    private const int Stop = 106;

    /// <summary>Widths of bar, space, bar, space, bar, space in modules, by value (table 1 of the standard).</summary>
    private static readonly string[] Patterns =
    [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
        "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
        "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
        "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
        "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
        "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
        "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
        "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
        "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
        "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
        "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
    ];

    /// <summary>The values of the symbol: start, data, check, stop.</summary>
    /// <exception cref="ArgumentException">Empty, or not printable ASCII.</exception>
    public static IReadOnlyList<int> Values(string text)
    {
        if (text.Length == 0 || text.Any(c => c is < ' ' or > '~'))
            throw new ArgumentException("Code 128 takes printable ASCII here.", nameof(text));
        var values = new List<int>();
        var digits = DigitsAt(text, 0);
        var inC = digits >= 4 || (digits == 2 && text.Length == 2);
        values.Add(inC ? StartC : StartB);
        for (var i = 0; i < text.Length;)
        {
            digits = DigitsAt(text, i);
            if (inC && digits >= 2)
            {
                values.Add((text[i] - '0') * 10 + (text[i + 1] - '0'));
                i += 2;
            }
            else if (inC)
            {
                values.Add(ToB);
                inC = false;
            }
            else if (digits % 2 == 0 && (digits >= 6 || (digits >= 4 && i + digits == text.Length)))
            {
                values.Add(ToC);
                inC = true;
            }
            else
            {
                values.Add(text[i++] - ' ');
            }
        }

        values.Add((values[0] + values.Skip(1).Select((value, i) => value * (i + 1)).Sum()) % Modulus);
        values.Add(Stop);
        return values;
    }

    /// <summary>Widths in modules of bars and spaces in turn, a bar first; the quiet zones of ten modules on
    /// either side are the drawer's.</summary>
    public static IReadOnlyList<int> Widths(string text) =>
        [.. Values(text).SelectMany(value => Patterns[value]).Select(c => c - '0')];

    private static int DigitsAt(string text, int from) => text.Skip(from).TakeWhile(char.IsAsciiDigit).Count();
}
