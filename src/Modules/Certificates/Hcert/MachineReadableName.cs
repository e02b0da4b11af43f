using System.Buffers;
using System.Globalization;
using System.Text;

namespace Platform.Certificates.Hcert;

/// <summary>A name as the machine-readable lines of passports write it: A to Z and <c>&lt;</c> (ICAO Doc 9303, part 3, section 6:
/// tables of Latin, Cyrillic and Arabic letters; Greek by ELOT 743). At most 80 characters.</summary>
internal static class MachineReadableName
{
    private const char Gap = '<';
    private const char Shadda = '\u0651';
    private const char TehMarbuta = '\u0629';

    // Each word: the letter, then what is written for it. Latin letters that are not here lose their marks.
    private static readonly Dictionary<char, string> Latin = Table(
        "ÄAE ÅAA ÆAE ÖOE ØOE ŒOE ÜUE ßSS ẞSS ÞTH ÐD ĐD ƉD ĦH ıI ĲIJ ŁL ĿL ŊN ŉN ŦT ĸK ƏE ƎE ǝE ſS ŁL ƁB ƊD ƘK ƳY ɅV ƆO ƐE");

    private static readonly Dictionary<char, string> Cyrillic = Table(
        "АA БB ВV ГG ҐG ДD ЕE ЁE ЖZH ЗZ ИI ІI ЇI ЙI КK ЛL МM НN ОO ПP РR СS ТT УU ФF ХKH ЦTS ЧCH ШSH ЩSHCH ЪIE ЫY Ь ЭE ЮIU ЯIA ЄIE ЎU "
        + "ЃG ЂD ЅDZ ЈJ ЌK ЉLJ ЊNJ ЋC ЏDZ ѪU ѴY ҒG ҚK ҢN ӨO ҮU ҰU ҲKH ҺH ҶCH ҖZH ӘA ѢIE");

    private static readonly Dictionary<char, string> Ukrainian = Over(Cyrillic, "ГH ИY");
    private static readonly Dictionary<char, string> AtWordStart = Table("ЄYE ЇYI ЙY ЮYU ЯYA");
    private static readonly Dictionary<char, string> Serbian = Over(Cyrillic, "ЖZ ХH ЦC ЧC ШS");
    private static readonly Dictionary<char, string> Macedonian = Over(Cyrillic, "ЖZ ХH ЦC ЧC ШS ЃGJ ЌKJ ЏDJ");

    private static readonly SearchValues<char> InUkrainian = SearchValues.Create("ІіЇїЄєҐґ");
    private static readonly SearchValues<char> InMacedonian = SearchValues.Create("ЃѓЌќЅѕ");
    private static readonly SearchValues<char> InSerbian = SearchValues.Create("ЂђЋћЈјЉљЊњЏџ");

    private static readonly Dictionary<char, string> Greek = Table(
        "ΑA ΒV ΓG ΔD ΕE ΖZ ΗI ΘTH ΙI ΚK ΛL ΜM ΝN ΞX ΟO ΠP ΡR ΣS ςS ΤT ΥY ΦF ΧCH ΨPS ΩO");

    private static readonly Dictionary<char, string> Arabic = Table(
        "ءXE آXAA أXAE ؤU إI ئXI اA بB ةXTA تT ثXTH جJ حXH خXKH دD ذXDH رR زZ سS شXSH صXSS ضXDZ طXTT ظXZZ عE غG فF قQ كK لL مM نN هH وW ىXAY يY "
        + "ٱXXA ٹXXT ټXRT پP ځXKE څXXH چXC ڈXXD ډXDR ڑXXR ړXRR ږXRX ژXJ ښXXS کXKK ګXXK ڭXNG گXGG ںXNN ڼXXN ھXDO ۀXYH ہXXG ۂXGE ۃXTG یXYA ۍXXY ېY ےXYB ۓXBE");

    /// <summary>Empty where none of its letters can be written.</summary>
    /// <param name="beside">The person's other name: its letters too tell which language's table holds.</param>
    public static string Of(string name, string beside = "")
    {
        var text = name.Normalize(NormalizationForm.FormC);
        var cyrillic = CyrillicOf(text + beside);
        var written = new StringBuilder(text.Length + 8);
        var last = "";
        var starts = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (Parts(c))
            {
                if (written.Length > 0 && written[^1] != Gap)
                    written.Append(Gap);
                starts = true;
                continue;
            }

            // The Arabic sign of a doubled letter, and the letter that is another at a word's end; other signs and apostrophes are left out.
            last = c is 'υ' or 'ύ' or 'Υ' or 'Ύ' && last == "O" ? "U" : c == Shadda ? last : c == TehMarbuta && (i + 1 == text.Length || Parts(text[i + 1])) ? "XAH" : Letter(c, cyrillic, starts);
            written.Append(last);
            starts &= last.Length == 0;
        }

        return written.ToString(0, Math.Min(written.Length, DccText.NameLength)).Trim(Gap);
    }

    private static bool Parts(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation || c is ',' or '/' or Gap;

    private static string Letter(char c, Dictionary<char, string> cyrillic, bool starts)
    {
        var upper = char.ToUpperInvariant(c);
        if (char.IsAsciiLetterUpper(upper))
            return upper.ToString();
        if (Latin.TryGetValue(upper, out var known) || Latin.TryGetValue(c, out known) || Arabic.TryGetValue(c, out known))
            return known;
        if (starts && cyrillic == Ukrainian && AtWordStart.TryGetValue(upper, out known))
            return known;
        if (cyrillic.TryGetValue(upper, out known))
            return known;
        // With its marks taken away: É is E, Ş is S, Ё has been found before.
        var bare = new string([.. upper.ToString().Normalize(NormalizationForm.FormD).Where(d => char.GetUnicodeCategory(d) is not UnicodeCategory.NonSpacingMark)]);
        if (bare.Length > 0 && bare.All(char.IsAsciiLetterUpper))
            return bare;
        return bare.Length == 1 && (Greek.TryGetValue(bare[0], out known) || Greek.TryGetValue(c, out known) || cyrillic.TryGetValue(bare[0], out known)) ? known : "";
    }

    // Letters that only one language has tell which table holds for the others.
    private static Dictionary<char, string> CyrillicOf(string text) =>
        text.AsSpan().ContainsAny(InUkrainian) ? Ukrainian : text.AsSpan().ContainsAny(InMacedonian) ? Macedonian
        : text.AsSpan().ContainsAny(InSerbian) ? Serbian : Cyrillic;

    private static Dictionary<char, string> Over(Dictionary<char, string> others, string words)
    {
        var table = new Dictionary<char, string>(others);
        foreach (var word in words.Split(' '))
            table[word[0]] = word[1..];
        return table;
    }

    private static Dictionary<char, string> Table(string words) => Over([], words);
}
