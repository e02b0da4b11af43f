using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;

namespace Platform.Schools.Letters;

/// <summary>Letters of a public-health office on A4, one sheet after the other in a file: who writes, to whom (in the window of the envelope),
/// what about, and what is said.</summary>
internal sealed class Sheets(Region region, Texts texts) : IDisposable
{
    private const double Millimetre = 72 / 25.4;
    private const double Margin = 22 * Millimetre;

    // The window of an Italian 110 × 230 envelope, the sheet folded in three: on the right.
    private const double WindowLeft = 112 * Millimetre;
    private const double WindowTop = 48 * Millimetre;

    private readonly XFont plain = new(Fonts.Family, 11);
    private readonly XFont small = new(Fonts.Family, 9);
    private readonly XFont bold = new(Fonts.Family, 11, XFontStyleEx.Bold);
    private readonly XFont title = new(Fonts.Family, 15, XFontStyleEx.Bold);

    private readonly PdfDocument document = new();

    public int Count => document.PageCount;

    /// <param name="to">Lines of the address.</param>
    /// <param name="facts">What must not be overlooked, each with its name.</param>
    public void Add(string asl, IReadOnlyList<string> to, DateOnly day, string heading, IReadOnlyList<string> words, IReadOnlyList<(string Name, string Value)> facts, IReadOnlyList<string> after)
    {
        var sheet = document.AddPage();
        sheet.Size = PdfSharp.PageSize.A4;
        using var page = XGraphics.FromPdfPage(sheet);
        var width = sheet.Width.Point - (2 * Margin);
        page.DrawString(Texts.Italian ? region.Name : region.NameEn, bold, XBrushes.Black, Margin, 20 * Millimetre);
        page.DrawString(region.FindAsl(asl)?.Name ?? "", small, XBrushes.Black, Margin, 25 * Millimetre);
        page.DrawString(texts["Servizio di igiene e sanità pubblica"], small, XBrushes.Black, Margin, 30 * Millimetre);
        for (var i = 0; i < to.Count; i++)
            page.DrawString(to[i], plain, XBrushes.Black, WindowLeft, WindowTop + (i * 6 * Millimetre));

        var y = 95 * Millimetre;
        page.DrawString(day.ToString("D", CultureInfo.CurrentCulture), plain, XBrushes.Black, Margin, y);
        y += 8 * Millimetre;
        y = Lines(page, heading, title, Margin, y, width) + (3 * Millimetre);
        foreach (var paragraph in words)
            y = Lines(page, paragraph, plain, Margin, y, width) + (2 * Millimetre);
        foreach (var (name, value) in facts)
        {
            page.DrawString(name, small, XBrushes.Black, Margin, y + 11);
            y = Lines(page, value, bold, Margin + (45 * Millimetre), y, width - (45 * Millimetre)) + Millimetre;
        }

        y += 2 * Millimetre;
        foreach (var paragraph in after)
            y = Lines(page, paragraph, plain, Margin, y, width) + (2 * Millimetre);
    }

    public byte[] Save(string name)
    {
        document.Info.Title = name;
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    public void Dispose() => document.Dispose();

    private static double Lines(XGraphics page, string words, XFont font, double left, double y, double width)
    {
        var line = "";
        foreach (var word in words.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && page.MeasureString(longer, font).Width > width)
            {
                page.DrawString(line, font, XBrushes.Black, left, y += font.Size * 1.4);
                longer = word;
            }

            line = longer;
        }

        page.DrawString(line, font, XBrushes.Black, left, y += font.Size * 1.4);
        return y;
    }
}
