using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Drawing.Layout;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Contracts;

namespace Platform.Referti.Reports;

/// <summary>A version of a report on A4, with the square that leads to its verification on every sheet: one, or more where notes are long.</summary>
internal sealed class ReportPaper(Region region, Texts texts, OneReportAnswer answer, ReportVersion version, string verification, Seal seal)
{
    private const double Margin = 50;
    private const double LineHeight = 16;
    private const double LabelWidth = 150;
    private const double SquareSize = 96;

    private static readonly XColor Ink = XColor.FromArgb(23, 50, 77);
    private static readonly XColor Warning = XColor.FromArgb(166, 36, 36);

    private readonly XFont plain = new(Fonts.Family, 10);
    private readonly XFont small = new(Fonts.Family, 8);
    private readonly XFont bold = new(Fonts.Family, 10, XFontStyleEx.Bold);
    private readonly XFont heading = new(Fonts.Family, 12, XFontStyleEx.Bold);
    private readonly XFont title = new(Fonts.Family, 18, XFontStyleEx.Bold);

    private PdfDocument document = null!;
    private XGraphics page = null!;
    private double width;
    private double bottom;
    private double y;

    public byte[] Draw()
    {
        using var paper = new PdfDocument();
        document = paper;
        document.Info.Title = texts["Referto di laboratorio"];
        document.Info.Creator = texts[region.ServiceName];
        Sheet();
        Head();
        Standing();
        Person();
        Examination();
        Result();
        page.Dispose();
        // How many sheets there are is known only now.
        for (var number = 1; number <= document.PageCount; number++)
        {
            using (page = XGraphics.FromPdfPage(document.Pages[number - 1], XGraphicsPdfPageOptions.Append))
                Foot(document.Pages[number - 1].Height.Point, number);
        }

        seal.Put(document, texts["Referto di laboratorio"]);
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    private void Sheet()
    {
        var sheet = document.AddPage();
        sheet.Size = PdfSharp.PageSize.A4;
        width = sheet.Width.Point - (2 * Margin);
        bottom = sheet.Height.Point - Margin - SquareSize - 16;
        page = XGraphics.FromPdfPage(sheet);
        y = Margin;
        if (answer.Report.IsAnnulled)
            Mark(sheet);
    }

    /// <summary>What does not fit above the foot goes on the next sheet, which says whose it is.</summary>
    private void Room(double height)
    {
        if (y + height <= bottom)
            return;
        page.Dispose();
        Sheet();
        Paragraph($"{texts["Referto di laboratorio"]}, {version.FamilyName} {version.GivenName}, {answer.Report.AccessionNumber ?? "–"}", bold);
        y += 8;
    }

    private void Head()
    {
        var lab = region.Facilities.FirstOrDefault(f => f.Code == answer.Report.LabCode);
        page.DrawString(Texts.Italian ? region.Name : region.NameEn, bold, new XSolidBrush(Ink), Margin, y + 8);
        page.DrawString(texts["Servizio sanitario regionale"], small, new XSolidBrush(Ink), Margin, y + 20);
        y += 36;
        Paragraph(lab?.Name ?? answer.Report.LabCode, heading);
        if (lab is not null)
            Paragraph($"{lab.Address}, {region.FindMunicipality(lab.MunicipalityIstat)?.Name}", small);
        page.DrawLine(new XPen(Ink, 1), Margin, y + 4, Margin + width, y + 4);
        y += 22;
        page.DrawString(texts["Referto di laboratorio"], title, new XSolidBrush(Ink), Margin, y + 10);
        y += 30;
    }

    /// <summary>What this version is to the others, said before anything else.</summary>
    private void Standing()
    {
        Paragraph(texts["Versione {0} del {1}", version.Number, Shown.Time(region, version.IssuedAt)], bold);
        if (version.Kind == ReportVersionKind.Annulment)
            Warn(texts["ANNULLATO: l'esito riportato qui sotto non vale più."]);
        else if (answer.Report.IsAnnulled)
            Warn(texts["ANNULLATO il {0}: l'esito riportato qui sotto non vale più.", Shown.Time(region, answer.Report.IssuedAt)]);
        else if (version.Number < answer.Report.CurrentVersion)
            Warn(texts["SUPERATO: dal {0} vale la versione {1}.", Shown.Time(region, answer.Report.IssuedAt), answer.Report.CurrentVersion]);
        if (version.Kind != ReportVersionKind.Original && answer.Versions.FirstOrDefault(v => v.Number == version.Number - 1) is { } before)
        {
            Paragraph(texts["Sostituisce la versione {0} del {1}, che riportava: {2}.", before.Number, Shown.Time(region, before.IssuedAt),
                texts[before.Kind == ReportVersionKind.Annulment ? "Referto annullato" : Words.Of(before.Result)].Value], plain);
        }

        if (version.Reason is { } reason)
            Paragraph(texts["Motivo: {0}", reason], plain);
        y += 8;
    }

    private void Person()
    {
        Section(texts["Persona"]);
        Fact(texts["Cognome e nome"], $"{version.FamilyName} {version.GivenName}");
        Fact(texts["Codice fiscale"], version.FiscalCode ?? "–");
        Fact(texts["Data di nascita"], Shown.Day(version.BirthDate));
        Fact(texts["Sesso"], texts[version.Sex == Patients.Contracts.FiscalCodes.Sex.Male ? "Maschile" : "Femminile"]);
        y += 8;
    }

    private void Examination()
    {
        Section(texts["Esame"]);
        Fact(texts["Tipo"], texts[Words.Of(version.TestType)]);
        if (version.TestCode is { } code)
            Fact("LOINC", code);
        if (version.Device is { } device)
            Fact(texts["Dispositivo (JRC)"], device);
        Fact(texts["Campione"], answer.Report.AccessionNumber ?? "–");
        if ((version.SpecimenText ?? version.SpecimenCode) is { } specimen)
            Fact(texts["Materiale"], specimen);
        Fact(texts["Prelievo"], Shown.Time(region, version.CollectedAt));
        Fact(texts["Ricevuto dal laboratorio"], Shown.Time(region, version.ReceivedAt));
        Fact(texts["Esame eseguito"], Shown.Time(region, version.ReportedAt));
        y += 8;
    }

    private void Result()
    {
        Section(texts["Esito"]);
        var height = 34.0;
        Room(height);
        var struck = answer.Report.IsAnnulled || version.Kind == ReportVersionKind.Annulment;
        page.DrawRectangle(new XPen(struck ? Warning : Ink, 1.2), Margin, y, width, height);
        var words = texts[Words.InFull(version.Result, version.TestType)].Value;
        page.DrawString(words, heading, new XSolidBrush(struck ? Warning : Ink), Margin + 10, y + 21);
        if (struck)
            page.DrawLine(new XPen(Warning, 1.2), Margin + 8, y + 17, Margin + 12 + page.MeasureString(words, heading).Width, y + 17);
        y += height + 10;
        if (version.OriginalText is { } original)
            Fact(texts["Come scritto dal laboratorio"], version.OriginalCode is { } code ? $"{original} ({code})" : original);
        if (version.Details is { } details)
            Fact(texts["Dettagli"], details);
        if (version.Note is { } note)
            Fact(texts["Nota"], note);
        if (version.EnteredByName is { } writer)
            Fact(texts["Inserito da"], writer);
        Fact(texts["Rilasciato da"], version.AuthorName);
    }

    private void Foot(double height, int number)
    {
        var top = height - Margin - SquareSize;
        page.DrawLine(new XPen(Ink, 0.5), Margin, top - 8, Margin + width, top - 8);
        Square.Draw(page, verification, Margin, top, SquareSize);
        var left = Margin + SquareSize + 14;
        var room = width - SquareSize - 14;
        var text = new XTextFormatter(page);
        text.DrawString(texts["Per verificare che il referto sia autentico e valga ancora, inquadri il riquadro o apra:"], plain,
            new XSolidBrush(Ink), new XRect(left, top + 4, room, 30));
        // The address has no blanks at which to fold.
        var (site, code) = (verification[..(verification.LastIndexOf('/') + 1)], verification[(verification.LastIndexOf('/') + 1)..]);
        page.DrawString(site, small, new XSolidBrush(Ink), left, top + 46);
        page.DrawString(code, small, new XSolidBrush(Ink), left, top + 57);
        text.DrawString(texts["Il referto va valutato dal medico insieme ai sintomi e alla storia della persona."], small,
            new XSolidBrush(Ink), new XRect(left, top + 70, room, 24));
        if (document.PageCount > 1)
            page.DrawString(texts["Pagina {0} di {1}", number, document.PageCount], small, new XSolidBrush(Ink), left, top + SquareSize - 2);
    }

    private void Mark(PdfPage sheet)
    {
        var state = page.Save();
        page.TranslateTransform(sheet.Width.Point / 2, sheet.Height.Point / 2);
        page.RotateTransform(-45);
        page.DrawString(texts["ANNULLATO"], new XFont(Fonts.Family, 84, XFontStyleEx.Bold),
            new XSolidBrush(XColor.FromArgb(40, Warning.R, Warning.G, Warning.B)), new XPoint(0, 0), XStringFormats.Center);
        page.Restore(state);
    }

    private void Section(string name)
    {
        Room(3 * LineHeight);
        page.DrawString(name, heading, new XSolidBrush(Ink), Margin, y + 10);
        y += LineHeight + 4;
    }

    private void Fact(string label, string value)
    {
        Room(LineHeight);
        page.DrawString(label, plain, new XSolidBrush(Ink), Margin, y + 11);
        Lines(value, bold, XBrushes.Black, Margin + LabelWidth, width - LabelWidth, LineHeight);
    }

    private void Warn(string words)
    {
        Lines(words, bold, new XSolidBrush(Warning), Margin, width, bold.GetHeight());
        y += 4;
    }

    private void Paragraph(string words, XFont font)
    {
        Lines(words, font, new XSolidBrush(Ink), Margin, width, font.GetHeight());
        y += 4;
    }

    private void Lines(string words, XFont font, XBrush ink, double left, double room, double step)
    {
        foreach (var line in Folded(words, font, room))
        {
            Room(step);
            page.DrawString(line, font, ink, left, y + font.Size + 1);
            y += step;
        }
    }

    /// <summary>Folded at the blanks, and within a word that is wider than the line.</summary>
    private List<string> Folded(string words, XFont font, double room)
    {
        var lines = new List<string>();
        foreach (var paragraph in words.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' '))
            {
                var rest = word;
                if (line.Length > 0 && Wide(line + " " + rest) > room)
                {
                    lines.Add(line);
                    line = "";
                }

                while (line.Length == 0 && Wide(rest) > room)
                {
                    var fits = rest.Length - 1;
                    while (fits > 1 && Wide(rest[..fits]) > room)
                        fits--;
                    lines.Add(rest[..fits]);
                    rest = rest[fits..];
                }

                line = line.Length == 0 ? rest : line + " " + rest;
            }

            lines.Add(line);
        }

        return lines;

        double Wide(string some) => page.MeasureString(some, font).Width;
    }
}
