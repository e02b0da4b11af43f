using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;

namespace Platform.Testing.Labels;

/// <summary>The label of a tube as label printers take it: one page of 50 × 30 mm.</summary>
internal static class LabelDocument
{
    public const double WidthMm = 50;
    public const double HeightMm = 30;

    private const double Margin = 2.5;
    private const double BarcodeTop = 2;
    private const double BarcodeHeight = 11;

    /// <summary>A dot of the usual label printer, 203 dpi: bars of whole dots stay sharp.</summary>
    private const double Dot = 0.125;

    private const int QuietModules = 10;

    /// <param name="collected">Wall-clock day at which the sample was taken.</param>
    public static byte[] Draw(SampleLabelAnswer label, DateOnly collected)
    {
        Fonts.Install();
        using var document = new PdfDocument();
        document.Info.Title = label.AccessionNumber;
        var page = document.AddPage();
        page.Width = XUnit.FromMillimeter(WidthMm);
        page.Height = XUnit.FromMillimeter(HeightMm);
        using (var ink = XGraphics.FromPdfPage(page, XGraphicsUnit.Millimeter))
        {
            DrawBarcode(ink, label.AccessionNumber);
            Line(ink, label.AccessionNumber, 3.4, bold: true, 17);
            Name(ink, label.FamilyName, label.GivenName, 3, 20.8);
            Line(ink, Day(label.BirthDate), 2.8, bold: false, 24.2);
            Line(ink, $"{Day(collected)} {label.HotspotName}", 2.5, bold: false, 27.6);
        }

        using var bytes = new MemoryStream();
        document.Save(bytes);
        return bytes.ToArray();
    }

    private static void DrawBarcode(XGraphics ink, string text)
    {
        var widths = Code128.Widths(text);
        var module = Math.Max(1, Math.Floor(WidthMm / (widths.Sum() + 2 * QuietModules) / Dot)) * Dot;
        var x = (WidthMm - widths.Sum() * module) / 2;
        for (var i = 0; i < widths.Count; i++)
        {
            var width = widths[i] * module;
            if (i % 2 == 0)
                ink.DrawRectangle(XBrushes.Black, x, BarcodeTop, width, BarcodeHeight);
            x += width;
        }
    }

    // Of a long name something of both parts must be left: a family name alone tells nobody from her sister.
    private static void Name(XGraphics ink, string family, string given, double size, double baseline)
    {
        var font = new XFont(Fonts.Family, size, XFontStyleEx.Bold);
        var (first, second) = (family, given);
        while (ink.MeasureString($"{first} {second}", font).Width > WidthMm - 2 * Margin && Math.Max(first.Length, second.Length) > 2)
        {
            if (first.Length > second.Length)
                first = (family = family[..^1]) + "…";
            else
                second = (given = given[..^1]) + "…";
        }

        ink.DrawString($"{first} {second}", font, XBrushes.Black, new XPoint(Margin, baseline));
    }

    // Too long a line is cut rather than printed over the edge.
    private static void Line(XGraphics ink, string text, double size, bool bold, double baseline)
    {
        var font = new XFont(Fonts.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular);
        var shown = text;
        while (text.Length > 1 && ink.MeasureString(shown, font).Width > WidthMm - 2 * Margin)
            shown = (text = text[..^1]) + "…";
        ink.DrawString(shown, font, XBrushes.Black, new XPoint(Margin, baseline));
    }

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
