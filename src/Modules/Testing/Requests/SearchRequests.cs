using System.Text.RegularExpressions;
using Platform.BuildingBlocks.Persistence;
using Platform.Testing.Samples;

namespace Platform.Testing.Requests;

/// <summary>The one field in which people are searched: a name or the beginnings of its words, a codice fiscale
/// typed or read from the health card, an accession number.</summary>
internal static partial class SearchRequests
{
    public static IQueryable<SwabRequest> Matching(this IQueryable<SwabRequest> requests, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return requests;
        if (FiscalCodeIn(text) is { } code)
            return requests.Where(r => r.FiscalCode == code);
        var number = AccessionNumber.Normalise(text);
        if (number.Any(char.IsAsciiDigit))
            return requests.Where(r => r.AccessionNumber!.StartsWith(number) || r.FiscalCode!.StartsWith(number));
        foreach (var word in SearchText.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var inside = " " + word;
            requests = requests.Where(r => r.SearchName.StartsWith(word) || r.SearchName.Contains(inside) || r.FiscalCode!.StartsWith(word));
        }

        return requests;
    }

    /// <summary>The magnetic stripe of the card surrounds the code with other data.</summary>
    public static string? FiscalCodeIn(string text) =>
        FiscalCodePattern().Match(text.ToUpperInvariant()) is { Success: true } found ? found.Value : null;

    [GeneratedRegex("[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")]
    private static partial Regex FiscalCodePattern();
}
