using System.Text.RegularExpressions;
using Platform.BuildingBlocks.Persistence;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.FiscalCodes;

/// <summary>Places of birth by what people write: a Belfiore code, a name, a name with its province in brackets.</summary>
internal sealed partial class PlaceNames(IBirthPlaces places)
{
    private readonly Lazy<ILookup<string, BirthPlaceLife>> byName = new(() => places.All.ToLookup(p => SearchText.Of(p.Name)));

    /// <param name="on">Among places of one name, only those that existed on this day; the others too when null.</param>
    /// <returns>None when nothing is called so, several when the name is not enough.</returns>
    public IReadOnlyList<BirthPlaceLife> Called(string text, DateOnly? on)
    {
        text = text.Trim();
        if (text.Length is 0 or > 120)
            return [];
        if (places.Find(text.ToUpperInvariant()) is { } coded)
            return [coded];
        var parts = WithProvince().Match(text);
        var name = SearchText.Of(parts.Success ? parts.Groups["name"].Value : text);
        var found = byName.Value[name]
            .Where(p => !parts.Success || p.Province.Equals(parts.Groups["province"].Value, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count > 1 && on is { } day && found.FindAll(p => p.ExistedOn(day)) is { Count: > 0 } then)
            found = then;
        return found;
    }

    /// <summary>Torino (TO); the code itself when nobody knows it.</summary>
    public string Show(string? code) =>
        code is null ? "" : places.Find(code) is { } place ? place.Province.Length == 2 ? $"{place.Name} ({place.Province})" : place.Name : code;

    [GeneratedRegex(@"^(?<name>.+?)\s*\((?<province>[A-Za-z]{2})\)$", RegexOptions.CultureInvariant)]
    private static partial Regex WithProvince();
}
