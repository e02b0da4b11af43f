using System.Globalization;
using System.Text;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>The form in which names are searched: upper case, accents folded, everything but letters and
/// digits a single space. "Nicolò D'Angelo" becomes <c>NICOLO D ANGELO</c>.</summary>
public static class SearchText
{
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;
            if (char.IsLetterOrDigit(c))
                folded.Append(Fold(char.ToUpperInvariant(c)));
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded.ToString().TrimEnd();
    }

    // Letters that Unicode does not decompose.
    private static string Fold(char c) => c switch
    {
        'ß' => "SS",
        'Æ' => "AE",
        'Ø' => "O",
        'Œ' => "OE",
        'Đ' => "D",
        'Ł' => "L",
        'Þ' => "TH",
        'Ð' => "D",
        'ı' => "I",
        _ => c.ToString(),
    };
}
