using System.Globalization;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;

namespace Platform.VaccinationBooking.Centres;

/// <summary>Which centre is nearer to where somebody is. Municipalities have no coordinates in the region's data: one's place is that of the
/// centres in it, or else, without kilometres, that of the centres whose post codes are most like its own.</summary>
/// <param name="Exact">Kilometres from it may be shown.</param>
internal sealed record Whereabouts(Municipality? Municipality, double? Latitude, double? Longitude, bool Exact)
{
    private const double EarthKilometres = 6371;
    private const int PostalCodeLength = 5;
    private const int Proposals = 5;

    public static Whereabouts Of(Municipality municipality, IReadOnlyCollection<CentreSheet> centres)
    {
        var placed = centres.Where(c => c.Latitude is not null && c.Longitude is not null).ToList();
        var within = placed.Where(c => c.MunicipalityIstat == municipality.Istat).ToList();
        var around = within.Count > 0 || placed.Count == 0
            ? within : placed.GroupBy(c => Alike(c.PostalCode, municipality.PostalCode)).MaxBy(g => g.Key)!.ToList();
        return around.Count == 0 ? new(municipality, null, null, false)
            : new(municipality, around.Average(c => c.Latitude), around.Average(c => c.Longitude), within.Count > 0);
    }

    /// <param name="typed">A post code, or the beginning of a municipality's name.</param>
    /// <returns>Null where the region has none like it.</returns>
    public static Municipality? Named(Region region, string typed)
    {
        var name = typed.Trim();
        if (name.Length == PostalCodeLength && name.All(char.IsAsciiDigit))
        {
            return region.Municipalities.FirstOrDefault(m => m.PostalCode == name)
                // Streets of a large town have codes of their own: 10121 of 10100.
                ?? region.Municipalities.Where(m => Alike(m.PostalCode, name) >= 3).OrderByDescending(m => Alike(m.PostalCode, name)).FirstOrDefault();
        }

        return Like(region, typed) is [var likely, ..] ? likely : null;
    }

    /// <summary>As a list to choose from writes it: two municipalities of one name are of two provinces.</summary>
    public static string Shown(Municipality municipality) => $"{municipality.Name} ({municipality.Province})";

    /// <param name="typed">A municipality's name, with or without its province, its beginning, or its ISTAT code.</param>
    /// <returns>The one that is meant, or those that begin so, the shortest first.</returns>
    public static IReadOnlyList<Municipality> Like(Region region, string typed)
    {
        const CompareOptions loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;
        var (name, compare) = (typed.Trim(), CultureInfo.InvariantCulture.CompareInfo);
        if (name.Length == 0)
            return [];
        if (region.FindMunicipality(name) is { } known)
            return [known];
        var named = region.Municipalities.Where(m => compare.Compare(m.Name, name, loosely) == 0 || compare.Compare(Shown(m), name, loosely) == 0).ToList();
        return named.Count > 0 ? named : [.. region.Municipalities.Where(m => compare.IsPrefix(m.Name, name, loosely)).OrderBy(m => m.Name.Length).ThenBy(m => m.Name, StringComparer.Ordinal)];
    }

    /// <summary>The one that was typed, where it must be one.</summary>
    /// <exception cref="Refusal"><c>municipality-unknown</c>, or <c>municipality-unclear</c> with those that it may be.</exception>
    public static Municipality Meant(Region region, string typed)
    {
        var alike = Like(region, typed);
        return alike.Count switch
        {
            1 => alike[0],
            0 => throw new Refusal("municipality-unknown", "Nessun comune della regione comincia così: ne riscriva il nome.") { Kind = RefusalKind.Unprocessable },
            _ => throw new Refusal("municipality-unclear", "Più comuni cominciano così: scriva per intero {0}.", string.Join(", ", alike.Take(Proposals).Select(Shown))) { Kind = RefusalKind.Unprocessable },
        };
    }

    /// <summary>Null where nobody has said where it is.</summary>
    public double? KilometresTo(CentreSheet centre)
    {
        if (Latitude is not { } fromLatitude || Longitude is not { } fromLongitude || centre.Latitude is not { } latitude || centre.Longitude is not { } longitude)
            return null;
        var (north, east) = (double.DegreesToRadians(latitude - fromLatitude), double.DegreesToRadians(longitude - fromLongitude));
        var chord = Math.Pow(Math.Sin(north / 2), 2)
            + (Math.Cos(double.DegreesToRadians(fromLatitude)) * Math.Cos(double.DegreesToRadians(latitude)) * Math.Pow(Math.Sin(east / 2), 2));
        return 2 * EarthKilometres * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }

    private static int Alike(string one, string other) => one.Zip(other).TakeWhile(d => d.First == d.Second).Count();
}
