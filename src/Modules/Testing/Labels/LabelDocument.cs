using System.Globalization;
using System.Text;

namespace Platform.Testing.Labels;

/// <summary>The label of a tube as label printers take it: a PDF of one page of 50 × 30 mm.</summary>
/// <remarks>Written here, from ISO 32000-1: bars are rectangles and the words stand in Helvetica, which every
/// reader of PDF has, so that nothing need be embedded.</remarks>
internal static class LabelDocument
{
    public const double WidthMm = 50;
    public const double HeightMm = 30;

    private const double PointsPerMm = 72 / 25.4;
    private const double MarginMm = 2.5;
    private const double BarcodeTopMm = 2;
    private const double BarcodeHeightMm = 11;

    /// <summary>A dot of the usual label printer, 203 dpi: bars of whole dots stay sharp.</summary>
    private const double DotMm = 0.125;

    private const int QuietModules = 10;

    /// <summary>Width of a letter of Helvetica, on an average of capitals and small ones, in parts of its size.</summary>
    private const double LetterWidth = 0.57;

    /// <summary>Below this the letters can no longer be read; what is longer still is cut at the edge.</summary>
    private const double NarrowestPercent = 65;

    /// <param name="collected">Wall-clock day at which the sample was taken.</param>
    public static byte[] Draw(SampleLabelAnswer label, DateOnly collected)
    {
        var page = new StringBuilder();
        DrawBarcode(page, label.AccessionNumber);
        Write(page, label.AccessionNumber, 3.4, bold: true, 17);
        Write(page, $"{label.FamilyName} {label.GivenName}", 3, bold: true, 20.8);
        Write(page, Day(label.BirthDate), 2.8, bold: false, 24.2);
        Write(page, $"{Day(collected)} {label.HotspotName}", 2.5, bold: false, 27.6);
        return Assemble(page.ToString());
    }

    private static void DrawBarcode(StringBuilder page, string text)
    {
        var widths = Code128.Widths(text);
        var module = Math.Max(1, Math.Floor(WidthMm / (widths.Sum() + 2 * QuietModules) / DotMm)) * DotMm;
        var x = (WidthMm - widths.Sum() * module) / 2;
        for (var i = 0; i < widths.Count; i++)
        {
            var width = widths[i] * module;
            if (i % 2 == 0)
                page.Append(Points(x)).Append(Points(HeightMm - BarcodeTopMm - BarcodeHeightMm)).Append(Points(width)).Append(Points(BarcodeHeightMm)).Append("re\n");
            x += width;
        }

        page.Append("f\n");
    }

    /// <param name="baselineMm">From the upper edge.</param>
    private static void Write(StringBuilder page, string text, double sizeMm, bool bold, double baselineMm)
    {
        var room = WidthMm - 2 * MarginMm;
        var percent = Math.Clamp(100 * room / (text.Length * LetterWidth * sizeMm), NarrowestPercent, 100);
        page.Append("q ").Append(Points(MarginMm)).Append("0 ").Append(Points(room)).Append(Points(HeightMm)).Append("re W n BT ")
            .Append(bold ? "/B " : "/R ").Append(Points(sizeMm)).Append("Tf ").Append(Number(percent)).Append("Tz ")
            .Append(Points(MarginMm)).Append(Points(HeightMm - baselineMm)).Append("Td (").Append(Escape(text)).Append(") Tj ET Q\n");
    }

    private static byte[] Assemble(string page)
    {
        var content = Encoding.Latin1.GetBytes(page);
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Points(WidthMm)}{Points(HeightMm)}] /Contents 4 0 R "
                + "/Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>",
            $"<< /Length {content.Length} >>\nstream\n{page}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        var table = new StringBuilder().Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        for (var i = 0; i < objects.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:0000000000} 00000 n \n"); // Latin 1: a character is a byte.
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = file.Length;
        file.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    // Latin 1 is WinAnsi where letters are concerned; a letter beyond it loses its accent, or becomes a question mark.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            var bare = rune.Value <= 0xff ? rune.ToString() : rune.ToString().Normalize(NormalizationForm.FormD)[..1];
            var c = bare[0] is >= ' ' and <= '~' or >= '\u00a0' and <= '\u00ff' ? bare[0] : bare[0] == '’' ? '\'' : '?';
            if (c is '(' or ')' or '\\')
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string Points(double mm) => Number(mm * PointsPerMm);

    private static string Number(double number) => number.ToString("0.### ", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
