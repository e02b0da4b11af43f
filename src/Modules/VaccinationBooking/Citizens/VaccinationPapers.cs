using PdfSharp.Drawing;
using PdfSharp.Drawing.Layout;
using PdfSharp.Pdf;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Three sheets of A4: the receipt with its square, the questions before the vaccination, the consent to sign.</summary>
internal sealed class VaccinationPapers(Region region, Texts texts, BookingSheet booking)
{
    private const double Millimetre = 72 / 25.4;
    private const double Margin = 20 * Millimetre;
    private const double Side = 45 * Millimetre;
    private const double Box = 4 * Millimetre;

    public byte[] Draw()
    {
        Fonts.Install();
        using var document = new PdfDocument();
        document.Info.Title = texts["La sua prenotazione"];
        Sheet(document, texts["La sua prenotazione"], Receipt);
        Sheet(document, texts["Scheda di anamnesi prevaccinale"], Questions);
        Sheet(document, texts["Consenso alla vaccinazione"], Consent);
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    private void Sheet(PdfDocument document, string title, Func<Ink, double, double> content)
    {
        var page = document.AddPage();
        page.Size = PdfSharp.PageSize.A4;
        using var graphics = XGraphics.FromPdfPage(page);
        var ink = new Ink(graphics, page.Width.Point - (2 * Margin));
        var y = ink.Text(Texts.Italian ? region.Name : region.NameEn, 11, true, Margin);
        y = ink.Text(title, 18, true, y + (2 * Millimetre));
        y = ink.Text($"{booking.FamilyName} {booking.GivenName}{(booking.BirthDate is { } born ? $", {born:d}" : "")} · {booking.FiscalCode}", 11, true, y + (2 * Millimetre));
        y = ink.Text($"{booking.Campaign} · {texts["Vaccino {0}", region.Vaccination.NameOfVaccine(booking.Vaccine)]}", 11, false, y);
        content(ink, y + (5 * Millimetre));
    }

    private double Receipt(Ink ink, double y)
    {
        Square.Draw(ink.Graphics, booking.Code, Margin + ink.Width - Side, y, Side);
        y = ink.Text(texts["Codice della prenotazione"], 11, false, y);
        y = ink.Text(Booking.Shown(booking.Code), 22, true, y);
        foreach (var appointment in booking.Appointments)
        {
            var which = booking.Appointments.Count == 1 ? texts["Appuntamento"] : appointment.Dose == 1 ? texts["Prima dose"] : texts["Seconda dose"];
            y = ink.Text($"{which.Value}: {region.Moment(appointment.StartsAt)}", 13, true, y + (3 * Millimetre), ink.Width - Side - (5 * Millimetre));
        }

        y = ink.Text($"{booking.Centre}, {booking.Address} {region.FindMunicipality(booking.MunicipalityIstat)?.Name}", 12, false, y + (3 * Millimetre), ink.Width - Side - (5 * Millimetre));
        y = ink.Text(texts["Porti la tessera sanitaria, un documento e i due moduli che seguono, compilati. Venga pochi minuti prima dell’ora, non di più."], 11, false, y + (8 * Millimetre));
        return ink.Text(texts["Se non può venire, sposti o disdica con il codice e il codice fiscale: il posto torna subito a qualcun altro."], 11, false, y + (2 * Millimetre));
    }

    private double Questions(Ink ink, double y)
    {
        // Those that the centre will ask on the day.
        foreach (var question in region.Vaccination.Questions.Where(q => q.Valid.On(region.DayOf(booking.Appointments[0].StartsAt))))
        {
            var from = y;
            y = ink.Text(question.Text, 11, false, y, ink.Width - (52 * Millimetre));
            var x = Margin + ink.Width - (48 * Millimetre);
            foreach (var answer in new[] { texts["Sì"].Value, texts["No"].Value, texts["Non so"].Value })
            {
                ink.Box(x, from + Millimetre, Box);
                ink.Word(answer, x + Box + Millimetre, from + (4.2 * Millimetre));
                x += 15 * Millimetre;
            }

            y = Math.Max(y, from + (6 * Millimetre)) + (3 * Millimetre);
        }

        y = ink.Text(texts["Farmaci che prende e altre notizie per il medico:"], 11, false, y + (2 * Millimetre));
        y = ink.Lines(y, 4);
        return Signature(ink, y);
    }

    private double Consent(Ink ink, double y)
    {
        foreach (var sentence in new[]
        {
            texts["Ho letto, o mi è stata letta e spiegata in una lingua che conosco, la nota informativa del vaccino."].Value,
            texts["Ho detto al medico le mie malattie, passate e presenti, e le cure che faccio."].Value,
            texts["Ho potuto fare domande e ho avuto risposte che ho capito: benefici, rischi, alternative, e che cosa comporta non fare la dose o non completare il ciclo."].Value,
            texts["So che dopo la vaccinazione devo restare nel centro almeno 15 minuti, e so a chi rivolgermi se ho disturbi."].Value,
        })
        {
            y = ink.Text("– " + sentence, 11, false, y + (2 * Millimetre));
        }

        foreach (var choice in new[] { texts["Acconsento e autorizzo la vaccinazione."].Value, texts["Rifiuto la vaccinazione."].Value })
        {
            y += 6 * Millimetre;
            ink.Box(Margin, y, Box);
            ink.Word(choice, Margin + (2 * Box), y + (3.4 * Millimetre));
        }

        y = Signature(ink, y + (10 * Millimetre));
        return ink.Text(texts["Per chi è rappresentato da altri firma chi lo rappresenta: cognome, nome e documento"], 10, false, ink.Lines(y + (4 * Millimetre), 1));
    }

    private double Signature(Ink ink, double y) =>
        ink.Text(texts["Luogo, data e firma"], 10, false, ink.Lines(y + (8 * Millimetre), 1));

    private sealed class Ink(XGraphics graphics, double width)
    {
        private readonly XTextFormatter formatter = new(graphics);

        public XGraphics Graphics => graphics;
        public double Width => width;

        /// <returns>Where the next thing begins.</returns>
        public double Text(string words, double size, bool bold, double y, double? within = null)
        {
            var font = new XFont(Fonts.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular);
            var wide = within ?? width;
            // Whole words on each line: a tenth of the width is lost at its end.
            var lines = Math.Ceiling(graphics.MeasureString(words, font).Width / (wide * 0.9));
            var height = Math.Max(1, lines) * font.GetHeight() * 1.05;
            formatter.DrawString(words, font, XBrushes.Black, new XRect(Margin, y, wide, height + font.GetHeight()));
            return y + height;
        }

        public void Word(string word, double x, double y) => graphics.DrawString(word, new XFont(Fonts.Family, 11), XBrushes.Black, x, y);

        public void Box(double x, double y, double side) => graphics.DrawRectangle(new XPen(XColors.Black, 0.8), x, y, side, side);

        public double Lines(double y, int count)
        {
            for (var line = 0; line < count; line++)
            {
                y += 8 * Millimetre;
                graphics.DrawLine(new XPen(XColors.Gray, 0.6), Margin, y, Margin + width, y);
            }

            return y + Millimetre;
        }
    }
}
