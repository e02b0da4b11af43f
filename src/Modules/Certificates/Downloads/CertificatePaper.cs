using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Drawing.Layout;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;
using QRCoder;

namespace Platform.Certificates.Downloads;

/// <summary>The certificate on one sheet of A4 that is folded in four: outside the title and the square with whose it is, inside what it says and how
/// to use it. In Italian or in the reader's language, with English beside it as the European template has it.</summary>
internal sealed class CertificatePaper(Region region, Texts texts, Certificate certificate, Seal seal)
{
    private const double Millimetre = 72 / 25.4;
    private const double Margin = 9 * Millimetre;

    /// <summary>Side of the square: its diagonal is just under the 60 mm that the specification allows.</summary>
    private const double PrintedMillimetres = 42;

    private static readonly XColor Blue = XColor.FromArgb(0, 51, 153);

    private readonly XFont plain = new(Fonts.Family, 9);
    private readonly XFont small = new(Fonts.Family, 7);
    private readonly XFont bold = new(Fonts.Family, 10, XFontStyleEx.Bold);
    private readonly XFont heading = new(Fonts.Family, 13, XFontStyleEx.Bold);
    private readonly XFont title = new(Fonts.Family, 20, XFontStyleEx.Bold);

    private XGraphics page = null!;
    private XTextFormatter text = null!;
    private double half;
    private double middle;

    public byte[] Draw()
    {
        Fonts.Install();
        using var document = new PdfDocument();
        document.Info.Title = texts["Certificazione verde COVID-19"];
        var sheet = document.AddPage();
        sheet.Size = PdfSharp.PageSize.A4;
        (half, middle) = (sheet.Width.Point / 2, sheet.Height.Point / 2);
        using (page = XGraphics.FromPdfPage(sheet))
        {
            text = new(page);
            Cover();
            Whose();
            Says();
            Use();
            Folds(sheet);
        }

        seal.Put(document, texts["Certificazione verde COVID-19"]);
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    private void Cover()
    {
        page.DrawRectangle(new XSolidBrush(Blue), 0, 0, half, middle);
        var y = 30 * Millimetre;
        y = Lines(texts["Certificazione verde COVID-19"], title, XBrushes.White, Margin, y, half - (2 * Margin));
        y = Lines("EU Digital COVID Certificate", heading, XBrushes.White, Margin, y + (4 * Millimetre), half - (2 * Margin));
        y = Lines(texts[Words.Of(certificate.Kind)], heading, XBrushes.White, Margin, y + (12 * Millimetre), half - (2 * Margin));
        Lines(English(certificate.Kind), plain, XBrushes.White, Margin, y, half - (2 * Margin));
        Lines(Texts.Italian ? region.Name : region.NameEn, bold, XBrushes.White, Margin, middle - (18 * Millimetre), half - (2 * Margin));
    }

    private void Whose()
    {
        var left = half + Margin;
        var size = PrintedMillimetres * Millimetre;
        Square.Draw(page, certificate.Hc1, half + ((half - size) / 2), 14 * Millimetre, size, QRCodeGenerator.ECCLevel.Q);
        var (said, y) = (certificate.Says, (22 * Millimetre) + size);
        y = Fact(texts["Cognome e nome"], "Surname(s) and forename(s)", $"{said.FamilyName} {said.GivenName}", left, y);
        y = Fact(texts["Data di nascita"], "Date of birth", Iso(said.BirthDate), left, y);
        Fact(texts["Identificativo univoco della certificazione"], "Unique certificate identifier", certificate.Uvci, left, y);
    }

    private void Says()
    {
        var (said, y) = (certificate.Says, middle + (14 * Millimetre));
        y = Lines(texts["Che cosa certifica"], heading, new XSolidBrush(Blue), Margin, y, half - (2 * Margin)) + (3 * Millimetre);
        y = Fact(texts["Malattia o agente"], "Disease or agent targeted", "COVID-19", Margin, y);
        switch (said.Kind)
        {
            case CertificateKind.Vaccination:
                y = Fact(texts["Vaccino"], "Vaccine medicinal product", $"{region.Vaccination.NameOfVaccine(said.Vaccine!)} ({said.Product})", Margin, y);
                y = Fact(texts["Titolare dell’autorizzazione"], "Marketing authorisation holder", said.Holder!, Margin, y);
                y = Fact(texts["Dose"], "Number in a series of doses", string.Create(CultureInfo.InvariantCulture, $"{said.Number}/{said.Total}"), Margin, y);
                y = Fact(texts["Data della dose"], "Date of vaccination", Iso(said.On!.Value), Margin, y);
                break;
            case CertificateKind.Test:
                y = Fact(texts["Test"], "Type of test", texts[Words.OfTest(said.Fact)], Margin, y);
                if (said.Device is { } device)
                    y = Fact(texts["Dispositivo"], "Test device identifier", device, Margin, y);
                y = Fact(texts["Prelievo"], "Date and time of sampling (UTC)", said.SampledAt!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Margin, y);
                y = Fact(texts["Esito"], "Test result", $"{texts["Negativo"].Value} / Not detected", Margin, y);
                y = Fact(texts["Luogo"], "Testing centre", said.Place ?? "–", Margin, y);
                break;
            default:
                y = Fact(texts["Primo test positivo"], "Date of first positive test result", Iso(said.On!.Value), Margin, y);
                y = Fact(texts["Valida dal"], "Certificate valid from", Iso(said.From!.Value), Margin, y);
                y = Fact(texts["Valida al"], "Certificate valid until", Iso(said.Until!.Value), Margin, y);
                break;
        }

        Fact(texts["Stato e soggetto che l’ha emessa"], "Member State and certificate issuer", $"{Hcert.DccCodes.Italy}, {Hcert.DccCodes.Issuer}", Margin, y);
    }

    private void Use()
    {
        var (left, width, y) = (half + Margin, half - (2 * Margin), middle + (14 * Millimetre));
        y = Lines(texts["Come si usa"], heading, new XSolidBrush(Blue), left, y, width) + (3 * Millimetre);
        foreach (var sentence in new[]
        {
            texts["La verifica legge solo il codice QR e mostra nome, data di nascita e se la certificazione è valida."].Value,
            texts["Per quanto tempo e dove vale lo dicono le regole del giorno e del Paese in cui la mostra: le controlli prima di partire."].Value,
            texts["Non è un documento di viaggio né d’identità: chi la controlla le può chiedere un documento."].Value,
            texts["Se un dato è sbagliato lo dica al centro o al laboratorio: questa certificazione è revocata e ne riceve un’altra."].Value,
            texts["Il codice QR contiene dati sulla sua salute: non lo pubblichi."].Value,
        })
        {
            y = Lines(sentence, plain, XBrushes.Black, left, y, width) + (3 * Millimetre);
        }

        Lines("This certificate is not a travel document. Relevant information is at https://reopen.europa.eu/en", small, XBrushes.Black, left, y + (2 * Millimetre), width);
    }

    private void Folds(PdfPage sheet)
    {
        var fold = new XPen(XColors.Gray, 0.4) { DashStyle = XDashStyle.Dash };
        page.DrawLine(fold, half, middle, half, sheet.Height.Point);
        page.DrawLine(fold, half, middle, sheet.Width.Point, middle);
    }

    private double Fact(string label, string english, string value, double left, double y)
    {
        var width = half - (2 * Margin);
        page.DrawString(Texts.Italian ? $"{label} / {english}" : label, small, XBrushes.DimGray, left, y + 6);
        return Lines(value, bold, XBrushes.Black, left, y + 9, width) + (2.5 * Millimetre);
    }

    /// <summary>As many lines as it takes; a word longer than a line is cut, so that nothing leaves its quarter.</summary>
    private double Lines(string words, XFont font, XBrush brush, double left, double y, double width)
    {
        var (line, height) = ("", font.GetHeight());
        foreach (var word in words.Split(' ').SelectMany(w => Pieces(w, font, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && page.MeasureString(longer, font).Width > width)
            {
                text.DrawString(line, font, brush, new XRect(left, y, width + 20, height));
                (line, y) = (word, y + height);
            }
            else
            {
                line = longer;
            }
        }

        text.DrawString(line, font, brush, new XRect(left, y, width + 20, height));
        return y + height;
    }

    private IEnumerable<string> Pieces(string word, XFont font, double width)
    {
        while (word.Length > 1 && page.MeasureString(word, font).Width > width)
        {
            var cut = word.Length - 1;
            while (cut > 1 && page.MeasureString(word[..cut], font).Width > width)
                cut--;
            yield return word[..cut];
            word = word[cut..];
        }

        yield return word;
    }

    private static string English(CertificateKind kind) => kind switch
    {
        CertificateKind.Vaccination => "Vaccination certificate",
        CertificateKind.Test => "Test certificate",
        _ => "Certificate of recovery",
    };

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
