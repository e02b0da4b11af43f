using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Drawing.Layout;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Collecting;

/// <summary>The two sheets of a quick swab on A4: the slip with its result and the square that proves it, and the one with the code for fetching it, which says
/// neither test nor result.</summary>
internal sealed class SlipPaper(Region region, Texts texts, QuickSwab swab, string address)
{
    private const double Margin = 50;
    private const double LabelWidth = 170;

    private readonly XFont plain = new(Fonts.Family, 11);
    private readonly XFont small = new(Fonts.Family, 9);
    private readonly XFont bold = new(Fonts.Family, 11, XFontStyleEx.Bold);
    private readonly XFont title = new(Fonts.Family, 18, XFontStyleEx.Bold);
    private readonly XFont large = new(Fonts.Family, 22, XFontStyleEx.Bold);

    private XGraphics page = null!;
    private double y;

    public byte[] Result(Seal seal) => Sheet(texts["Attestato di test rapido antigenico"], width =>
    {
        var version = swab.Versions.MaxBy(v => v.Number)!;
        Fact(texts["Cognome e nome"], $"{swab.FamilyName} {swab.GivenName}");
        Fact(texts["Codice fiscale"], swab.FiscalCode ?? "–");
        Fact(texts["Data di nascita"], swab.BirthDate?.ToString("d", CultureInfo.CurrentCulture) ?? "–");
        Fact(texts["Prelievo"], region.LocalOf(swab.CollectedAt).ToString("g", CultureInfo.CurrentCulture));
        Fact(texts["Esito letto"], swab.ResultAt is { } at ? region.LocalOf(at).ToString("g", CultureInfo.CurrentCulture) : "–");
        Fact(texts["Dispositivo"], $"{swab.DeviceName} (JRC {swab.DeviceJrc})", width);
        Fact(texts["Lotto e scadenza"], $"{swab.Lot}, {swab.KitExpiry:d}");
        Fact(texts["Punto"], region.QuickSwabs.FindPoint(swab.PointCode)?.Name ?? swab.PointCode, width);
        Fact(texts["Operatore"], swab.StartedByName);
        y += 16;
        page.DrawString(texts[Words.Of(swab)], large, XBrushes.Black, Margin, y + 12);
        y += 34;
        Paragraph(texts["Versione {0} del {1}", version.Number, region.LocalOf(version.At).ToString("g", CultureInfo.CurrentCulture)], width);
        if (swab.State == QuickSwabState.Annulled)
            Paragraph(texts["ANNULLATO: l'esito non vale più."], width);
        if (swab.Meaning == PositiveMeaning.Molecular)
            Paragraph(texts["L'esito va confermato con un tampone molecolare: la richiesta è aperta. Fino ad allora resti a casa."], width);
        if (swab.Meaning == PositiveMeaning.Confirms)
            Paragraph(texts["È un caso confermato: resti a casa e attenda le istruzioni della sua ASL."], width);
        y += 10;
        Square.Draw(page, $"{address}/verify-quick/{version.VerificationCode}", Margin, y, 110);
        new XTextFormatter(page).DrawString(texts["Per verificare che l'attestato sia autentico e valga ancora inquadri il riquadro, oppure apra {0} e scriva il codice {1}.", $"{address}/verify-quick", version.VerificationCode],
            small, XBrushes.Black, new XRect(Margin + 125, y, width - 125, 100));
    }, seal);

    public byte[] Code(string code) => Sheet(texts["Come ritirare l'esito"], width =>
    {
        Paragraph(texts["Questo foglio è di {0} {1}.", swab.GivenName!, swab.FamilyName!], width);
        Paragraph(texts["1. Apra {0} oppure inquadri il riquadro con il telefono.", $"{address}/ritiro-rapido"], width);
        Paragraph(texts["2. Scriva questo codice e la sua data di nascita:"], width);
        page.DrawString(code, large, XBrushes.Black, Margin, y + 16);
        y += 40;
        // The address alone: a code in an address would stay in the telephone's history.
        Square.Draw(page, $"{address}/ritiro-rapido", Margin, y, 110);
        y += 126;
        Paragraph(texts["Il codice è personale: chi lo ha e conosce la sua data di nascita può leggere l'esito. Non lo dia ad altri."], width);
        Paragraph(texts["Un esito negativo resta in linea per {0} ore, gli altri per {1} giorni.", Limit(QuickSwabRules.NegativesHours), Limit(QuickSwabRules.OnLineDays)], width);
    }, null);

    private int Limit(string name) => region.QuickSwabs.Limit(name, region.DayOf(swab.CollectedAt));

    private byte[] Sheet(string heading, Action<double> draw, Seal? seal)
    {
        using var paper = new PdfDocument();
        paper.Info.Title = heading;
        var sheet = paper.AddPage();
        sheet.Size = PdfSharp.PageSize.A4;
        var width = sheet.Width.Point - (2 * Margin);
        using (page = XGraphics.FromPdfPage(sheet))
        {
            y = Margin;
            page.DrawString(Texts.Italian ? region.Name : region.NameEn, bold, XBrushes.Black, Margin, y);
            page.DrawString(texts["Servizio sanitario regionale"], small, XBrushes.Black, Margin, y + 14);
            y += 50;
            page.DrawString(heading, title, XBrushes.Black, Margin, y);
            y += 30;
            draw(width);
        }

        seal?.Put(paper, heading);
        using var bytes = new MemoryStream();
        paper.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    private void Fact(string label, string value, double width = 480)
    {
        page.DrawString(label, small, XBrushes.Black, Margin, y + 10);
        var lines = value.Length > 62 ? 2 : 1;
        new XTextFormatter(page).DrawString(value, plain, XBrushes.Black, new XRect(Margin + LabelWidth, y, width - LabelWidth, 16 * lines));
        y += (16 * lines) + 3;
    }

    private void Paragraph(string words, double width)
    {
        new XTextFormatter(page).DrawString(words, plain, XBrushes.Black, new XRect(Margin, y, width, 34));
        y += words.Length > 88 ? 34 : 20;
    }
}
