using System.Globalization;
using System.Net;
using System.Text;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>The centres of a list as numbered points, drawn here: no tiles from elsewhere, nobody else learns who looks for what. North is up;
/// a degree of longitude is as wide as it is at that latitude.</summary>
internal static class CentreMap
{
    private const double Width = 420;
    private const double Height = 300;
    private const double Edge = 36;
    private const double KilometresPerDegree = 111.2;

    /// <returns>Markup; empty where fewer than two places are known.</returns>
    public static string Draw(IReadOnlyList<NearCentre> centres, string title)
    {
        var placed = centres.Select((c, i) => (c.Centre, Number: i + 1)).Where(c => c.Centre is { Latitude: not null, Longitude: not null }).ToList();
        if (placed.Count < 2)
            return "";
        var (south, north) = (placed.Min(c => c.Centre.Latitude!.Value), placed.Max(c => c.Centre.Latitude!.Value));
        var (west, east) = (placed.Min(c => c.Centre.Longitude!.Value), placed.Max(c => c.Centre.Longitude!.Value));
        var squeeze = Math.Cos(double.DegreesToRadians((south + north) / 2));
        var scale = Math.Min((Width - (2 * Edge)) / Math.Max((east - west) * squeeze, 0.01), (Height - (2 * Edge)) / Math.Max(north - south, 0.01));
        double X(double longitude) => (Width / 2) + ((longitude - ((west + east) / 2)) * squeeze * scale);
        double Y(double latitude) => (Height / 2) - ((latitude - ((south + north) / 2)) * scale);

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"map\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#f3f6f9\"/>");
        // The nearer to the top of the list, the later it is drawn: it stays in sight.
        foreach (var (centre, number) in Enumerable.Reverse(placed))
        {
            var (x, y) = (X(centre.Longitude!.Value), Y(centre.Latitude!.Value));
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"15\" fill=\"{(centre.NextFree is null ? "#455b71" : "#06c")}\" stroke=\"#fff\" stroke-width=\"2\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y + 5:0.#}\" text-anchor=\"middle\" font-size=\"15\" font-weight=\"700\" fill=\"#fff\">{number}</text>");
        }

        var kilometres = Round(Width / 4 / scale * KilometresPerDegree);
        var length = kilometres / KilometresPerDegree * scale;
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M16 {Height - 16} h{length:0.#}\" stroke=\"#17324d\" stroke-width=\"3\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"16\" y=\"{Height - 24}\" font-size=\"15\" fill=\"#17324d\">{kilometres} km</text></svg>");
        return svg.ToString();
    }

    // 1, 2 or 5 with noughts, as on a map.
    private static double Round(double kilometres)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(kilometres)));
        return power * (kilometres / power is var times && times >= 5 ? 5 : times >= 2 ? 2 : 1);
    }
}
