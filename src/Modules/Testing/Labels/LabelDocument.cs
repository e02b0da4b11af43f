using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Regions;

namespace Platform.Testing.Labels;

/// <summary>The label of a tube as label printers take it: one page of the size of the roll. What it says is laid out for
/// 50 × 30 mm, and grows or shrinks with the label; the bars keep whole dots of the printer.</summary>
internal static class LabelDocument
{
    private const double UsualWidth = 50;
    private const double UsualHeight = 30;

    private const double Margin = 2.5;
    private const double BarcodeTop = 2;
    private const double BarcodeHeight = 11;

    /// <summary>A dot of the usual label printer, 203 dpi: bars of whole dots stay sharp.</summary>
    private const double Dot = 0.125;

    private const int QuietModules = 10;

    /// <param name="collected">Wall-clock day at which the sample was taken.</param>
    /// <param name="specimen">As the region abbreviates it.</param>
    public static byte[] Draw(SampleLabelAnswer label, LabelSize size, string specimen, DateOnly collected) =>
        Draw(label.AccessionNumber, size, (ink, room) =>
        {
            Line(ink, $"{label.AccessionNumber}  {specimen}", 3.4, bold: true, 17, room);
            Name(ink, label.FamilyName, label.GivenName, 3, 20.8, room);
            Line(ink, Day(label.BirthDate), 2.8, bold: false, 24.2, room);
            Line(ink, $"{Day(collected)} {label.HotspotName}", 2.5, bold: false, 27.6, room);
        });

    /// <summary>Of a pool: its number and a few words.</summary>
    public static byte[] Draw(string number, LabelSize size, IReadOnlyList<string> words) =>
        Draw(number, size, (ink, room) =>
        {
            Line(ink, number, 3.4, bold: true, 17, room);
            for (var i = 0; i < words.Count; i++)
                Line(ink, words[i], 2.8, bold: false, 20.8 + 3.4 * i, room);
        });

    private static byte[] Draw(string number, LabelSize size, Action<XGraphics, double> lines)
    {
        Fonts.Install();
        using var document = new PdfDocument();
        document.Info.Title = number;
        var page = document.AddPage();
        page.Width = XUnit.FromMillimeter(size.WidthMm);
        page.Height = XUnit.FromMillimeter(size.HeightMm);
        using (var ink = XGraphics.FromPdfPage(page, XGraphicsUnit.Millimeter))
        {
            var scale = Math.Min(size.WidthMm / UsualWidth, size.HeightMm / UsualHeight);
            DrawBarcode(ink, number, size.WidthMm, scale);
            ink.ScaleTransform(scale);
            // What does not fit in the usual width may use what the label has more.
            lines(ink, size.WidthMm / scale - 2 * Margin);
        }

        using var bytes = new MemoryStream();
        document.Save(bytes);
        return bytes.ToArray();
    }

    private static void DrawBarcode(XGraphics ink, string text, double labelWidth, double scale)
    {
        var modules = Code128.Widths(text).Sum();
        var module = Math.Max(1, Math.Floor(labelWidth / (modules + 2 * QuietModules) / Dot)) * Dot;
        Barcode.Draw(ink, text, (labelWidth - modules * module) / 2, BarcodeTop * scale, module, BarcodeHeight * scale);
    }

    // Of a long name something of both parts must be left: a family name alone tells nobody from her sister.
    private static void Name(XGraphics ink, string family, string given, double size, double baseline, double room)
    {
        var font = new XFont(Fonts.Family, size, XFontStyleEx.Bold);
        var (first, second) = (family, given);
        while (ink.MeasureString($"{first} {second}", font).Width > room && Math.Max(first.Length, second.Length) > 2)
        {
            if (first.Length > second.Length)
                first = (family = family[..^1]) + "…";
            else
                second = (given = given[..^1]) + "…";
        }

        ink.DrawString($"{first} {second}", font, XBrushes.Black, new XPoint(Margin, baseline));
    }

    // Too long a line is cut rather than printed over the edge.
    private static void Line(XGraphics ink, string text, double size, bool bold, double baseline, double room)
    {
        var font = new XFont(Fonts.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular);
        var shown = text;
        while (text.Length > 1 && ink.MeasureString(shown, font).Width > room)
            shown = (text = text[..^1]) + "…";
        ink.DrawString(shown, font, XBrushes.Black, new XPoint(Margin, baseline));
    }

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
