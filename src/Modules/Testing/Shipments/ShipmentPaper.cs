using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.Testing.Labels;

namespace Platform.Testing.Shipments;

/// <summary>The list that travels in the box: its number as a barcode, and its tubes with a box to tick.</summary>
internal sealed class ShipmentPaper(Region region, Texts texts, ShipmentDetailsAnswer answer)
{
    private const double Margin = 45;
    private const double Row = 17;

    private readonly XFont plain = new(Fonts.Family, 9.5);
    private readonly XFont bold = new(Fonts.Family, 10, XFontStyleEx.Bold);
    private readonly XFont title = new(Fonts.Family, 16, XFontStyleEx.Bold);

    public byte[] Draw()
    {
        Fonts.Install();
        using var document = new PdfDocument();
        document.Info.Title = answer.Shipment.Number;
        for (var from = 0; from == 0 || from < answer.Tubes.Count;)
            from = Sheet(document, from);
        using var bytes = new MemoryStream();
        document.Save(bytes);
        return bytes.ToArray();
    }

    private int Sheet(PdfDocument document, int from)
    {
        var page = document.AddPage();
        page.Size = PdfSharp.PageSize.A4;
        using var ink = XGraphics.FromPdfPage(page);
        ink.DrawString(texts["Distinta dei campioni"], title, XBrushes.Black, Margin, Margin + 14);
        Barcode.Draw(ink, answer.Shipment.Number, page.Width.Point - Margin - 210, Margin, 1.2, 34);
        ink.DrawString(answer.Shipment.Number, bold, XBrushes.Black, page.Width.Point - Margin - 210, Margin + 46);
        var y = Margin + 36;
        foreach (var line in new[]
        {
            texts["Da: {0}", answer.From].Value, texts["A: {0}", answer.Lab].Value,
            texts["Spedita il {0} da {1}", region.LocalOf(answer.Shipment.SentAt).ToString("g", CultureInfo.CurrentCulture), answer.Shipment.SentBy].Value,
            texts["{0} provette", answer.Shipment.Tubes].Value,
        })
        {
            ink.DrawString(line, plain, XBrushes.Black, Margin, y);
            y += 14;
        }

        y += 16;
        double[] columns = [Margin, Margin + 24, Margin + 120, Margin + 330, Margin + 410];
        string[] heads = ["", texts["Campione"], texts["Persona"], texts["Nascita"], texts["Test"]];
        for (var i = 0; i < heads.Length; i++)
            ink.DrawString(heads[i], bold, XBrushes.Black, columns[i], y);
        y += 6;
        for (; from < answer.Tubes.Count && y + Row < page.Height.Point - Margin; from++)
        {
            var tube = answer.Tubes[from];
            y += Row;
            ink.DrawRectangle(XPens.Black, Margin, y - 9, 10, 10);
            ink.DrawString(tube.AccessionNumber, bold, XBrushes.Black, columns[1], y);
            ink.DrawString(Cut(ink, $"{tube.FamilyName} {tube.GivenName}", 200), plain, XBrushes.Black, columns[2], y);
            ink.DrawString(tube.BirthDate.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), plain, XBrushes.Black, columns[3], y);
            ink.DrawString(region.Swabs.SpecimenOf(Requests.TestTypes.Code(tube.TestType), region.DayOf(new(tube.CollectedAt)))?.Label ?? texts[Words.Of(tube.TestType)], plain, XBrushes.Black, columns[4], y);
        }

        return from;
    }

    private string Cut(XGraphics ink, string text, double width)
    {
        var shown = text;
        while (text.Length > 1 && ink.MeasureString(shown, plain).Width > width)
            shown = (text = text[..^1]) + "…";
        return shown;
    }
}
