using System.Text.RegularExpressions;
using MediatR;
using Platform.BuildingBlocks.Persistence;
using Platform.Patients.Contracts;
using Platform.Testing.Samples;

namespace Platform.Testing.Requests;

/// <summary>The one field in which people are searched: a name or the beginnings of its words, a codice fiscale
/// typed or read from the health card, an accession number.</summary>
internal static partial class SearchRequests
{
    /// <param name="people">Who is called so (<see cref="PeopleNamed"/>); null when too many are, or nobody asked: then the family name
    /// and what follows it, from the beginning.</param>
    public static IQueryable<SwabRequest> Matching(this IQueryable<SwabRequest> requests, string? text, IReadOnlyList<Guid>? people)
    {
        if (string.IsNullOrWhiteSpace(text))
            return requests;
        if (FiscalCodeIn(text) is { } code)
            return requests.Where(r => r.FiscalCode == code);
        var number = AccessionNumber.Normalise(text);
        if (number.Any(char.IsAsciiDigit))
        {
            // A codice fiscale begins with six letters, an accession number with two.
            return number.Length > 6 && number.Take(6).All(char.IsAsciiLetter)
                ? requests.Begins(r => r.FiscalCode, number) : requests.Begins(r => r.AccessionNumber, number);
        }

        if (people is not null)
            return requests.Where(r => people.Contains(r.PatientId));
        var name = SearchText.Of(text);
        return requests.Begins(r => r.SearchName, name).Where(r => r.SearchName.StartsWith(name));
    }

    /// <summary>Asks who is called so, where a name is looked for.</summary>
    public static async Task<IQueryable<SwabRequest>> Matching(
        this IQueryable<SwabRequest> requests, string? text, IMediator mediator, CancellationToken cancellation) =>
        requests.Matching(text, IsName(text) ? await mediator.Send(new PeopleNamed(text!), cancellation) : null);

    private static bool IsName(string? text) =>
        !string.IsNullOrWhiteSpace(text) && FiscalCodeIn(text) is null && !AccessionNumber.Normalise(text).Any(char.IsAsciiDigit);

    /// <summary>The magnetic stripe of the card surrounds the code with other data.</summary>
    public static string? FiscalCodeIn(string text) =>
        FiscalCodePattern().Match(text.ToUpperInvariant()) is { Success: true } found ? found.Value : null;

    [GeneratedRegex("[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")]
    private static partial Regex FiscalCodePattern();
}
