using PdfSharp.Drawing;
using PdfSharp.Drawing.Layout;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;

namespace Platform.Referti.Collection;

/// <summary>The sheets with which citizens fetch their reports: handed over, or sent in an envelope with a window. They hold no
/// health detail: neither test nor result.</summary>
internal sealed class CollectionPaper(Region region, Texts texts, string address) : IDisposable
{
    private const double Millimetre = 72 / 25.4;
    private const double Margin = 22 * Millimetre;

    // The window of an Italian 110 × 230 envelope, the sheet folded in three: on the right.
    private const double WindowLeft = 112 * Millimetre;
    private const double WindowTop = 48 * Millimetre;
    private const double WindowWidth = 80 * Millimetre;

    private readonly XFont plain = new(Fonts.Family, 11);
    private readonly XFont small = new(Fonts.Family, 9);
    private readonly XFont bold = new(Fonts.Family, 11, XFontStyleEx.Bold);
    private readonly XFont title = new(Fonts.Family, 16, XFontStyleEx.Bold);
    private readonly XFont large = new(Fonts.Family, 20, XFontStyleEx.Bold);

    private readonly PdfDocument document = new();

    /// <param name="to">Null for a sheet that is handed over.</param>
    public void Add(PatientSummary person, string code, PostalAddress? to, DateOnly day)
    {
        var sheet = document.AddPage();
        sheet.Size = PdfSharp.PageSize.A4;
        using var page = XGraphics.FromPdfPage(sheet);
        var text = new XTextFormatter(page);
        var width = sheet.Width.Point - (2 * Margin);
        page.DrawString(Texts.Italian ? region.Name : region.NameEn, bold, XBrushes.Black, Margin, 20 * Millimetre);
        page.DrawString(texts["Servizio sanitario regionale"], small, XBrushes.Black, Margin, 25 * Millimetre);
        page.DrawString(region.FindAsl(person.AslCode)?.Name ?? "", small, XBrushes.Black, Margin, 30 * Millimetre);
        if (to is not null)
        {
            string[] lines = [$"{person.GivenName} {person.FamilyName}", to.Street, $"{to.PostalCode} {to.Municipality} {to.Province}"];
            for (var i = 0; i < lines.Length; i++)
                text.DrawString(lines[i], plain, XBrushes.Black, new XRect(WindowLeft, WindowTop + (i * 6 * Millimetre), WindowWidth, 6 * Millimetre));
        }

        var y = 100 * Millimetre;
        page.DrawString(Shown.Day(day), plain, XBrushes.Black, Margin, y);
        y += 12 * Millimetre;
        page.DrawString(texts["Come ritirare il suo referto"], title, XBrushes.Black, Margin, y);
        y += 6 * Millimetre;
        y = Paragraph(text, to is null
            ? texts["Questo foglio è di {0} {1}. Quando il referto sarà pronto lo potrà leggere e scaricare da telefono o computer.", person.GivenName, person.FamilyName]
            : texts["Gentile {0} {1}, un referto che la riguarda è disponibile. Lo può leggere e scaricare da telefono o computer.", person.GivenName, person.FamilyName], y, width);
        y = Paragraph(text, texts["1. Apra {0} oppure inquadri il riquadro con il telefono.", $"{address}/ritiro"], y, width - 40 * Millimetre);
        y = Paragraph(text, texts["2. Scriva questo codice e la sua data di nascita:"], y, width);
        page.DrawRectangle(new XPen(XColors.Black, 1), Margin, y, width - 40 * Millimetre, 14 * Millimetre);
        page.DrawString(code, large, XBrushes.Black, Margin + (5 * Millimetre), y + (9.5 * Millimetre));
        // The address alone: a code in an address would stay in the telephone's history.
        Square.Draw(page, $"{address}/ritiro", Margin + width - (34 * Millimetre), y - (16 * Millimetre), 34 * Millimetre);
        y += 22 * Millimetre;
        y = Paragraph(text, texts["Il codice è personale: chi lo ha e conosce la sua data di nascita può leggere il referto. Non lo dia ad altri; se lo perde ne chieda un altro."], y, width);
        y = Paragraph(text, texts["Il referto resta in linea per {0} giorni. Se non usa internet lo chieda al suo medico o allo sportello della sua ASL.", region.Collection.ReportsOnLine], y, width);
    }

    public byte[] Save()
    {
        document.Info.Title = texts["Come ritirare il suo referto"];
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    public void Dispose() => document.Dispose();

    private double Paragraph(XTextFormatter text, string words, double y, double width)
    {
        text.DrawString(words, plain, XBrushes.Black, new XRect(Margin, y, width, 20 * Millimetre));
        return y + (14 * Millimetre);
    }
}
