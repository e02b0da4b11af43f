using System.Globalization;
using System.Net;
using System.Text;

namespace Platform.QuickSwabs.Points;

/// <summary>The points as numbers on a plain sheet, north up, drawn here: no tiles from elsewhere, nobody else learns who looks for what.</summary>
internal static class PointMap
{
    private const double Width = 420;
    private const double Height = 320;
    private const double Edge = 30;

    public static string Draw(IReadOnlyList<PointLine> points, string title)
    {
        var placed = points.Select((p, i) => (p.Point, p.OpenNow, Number: i + 1)).Where(p => p.Point is { Latitude: not null, Longitude: not null }).ToList();
        if (placed.Count < 2)
            return "";
        var (south, north) = (placed.Min(p => p.Point.Latitude!.Value), placed.Max(p => p.Point.Latitude!.Value));
        var (west, east) = (placed.Min(p => p.Point.Longitude!.Value), placed.Max(p => p.Point.Longitude!.Value));
        // A degree of longitude is as wide as it is at that latitude.
        var squeeze = Math.Cos(double.DegreesToRadians((south + north) / 2));
        var scale = Math.Min((Width - (2 * Edge)) / Math.Max((east - west) * squeeze, 0.01), (Height - (2 * Edge)) / Math.Max(north - south, 0.01));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"map\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\"><rect width=\"{Width}\" height=\"{Height}\" fill=\"#f3f6f9\"/>");
        foreach (var (point, open, number) in Enumerable.Reverse(placed))
        {
            var x = (Width / 2) + ((point.Longitude!.Value - ((west + east) / 2)) * squeeze * scale);
            var y = (Height / 2) - ((point.Latitude!.Value - ((south + north) / 2)) * scale);
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"12\" fill=\"{(open ? "#06c" : "#455b71")}\" stroke=\"#fff\" stroke-width=\"2\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y + 4:0.#}\" text-anchor=\"middle\" font-size=\"12\" font-weight=\"700\" fill=\"#fff\">{number}</text>");
        }

        return svg.Append("</svg>").ToString();
    }
}
