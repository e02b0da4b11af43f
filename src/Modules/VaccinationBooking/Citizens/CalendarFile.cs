using System.Globalization;
using System.Text;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>The appointments for a calendar (RFC 5545). Calendars are shared: it says where and when, not what for. Taken again after a move,
/// the same entries change.</summary>
internal static class CalendarFile
{
    private const int LineOctets = 75;

    public static string Of(BookingSheet booking, Region region, Texts texts, DateTime now)
    {
        var file = new StringBuilder();
        Line(file, "BEGIN:VCALENDAR");
        Line(file, "VERSION:2.0");
        Line(file, "PRODID:-//" + region.ServiceName.Replace(";", " ", StringComparison.Ordinal) + "//IT");
        foreach (var appointment in booking.Appointments.Where(a => a.State != AppointmentState.Cancelled))
        {
            Line(file, "BEGIN:VEVENT");
            Line(file, $"UID:{appointment.Id:N}@{booking.Id:N}");
            Line(file, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{booking.Moves}"));
            Line(file, "DTSTAMP:" + Utc(now));
            Line(file, "DTSTART:" + Utc(appointment.StartsAt));
            Line(file, "DTEND:" + Utc(appointment.StartsAt.AddMinutes(appointment.Minutes)));
            Line(file, "SUMMARY:" + Escaped(texts["Appuntamento sanitario"]));
            Line(file, "LOCATION:" + Escaped($"{booking.Centre}, {booking.Address} {region.FindMunicipality(booking.MunicipalityIstat)?.Name}"));
            Line(file, "DESCRIPTION:" + Escaped(texts["Codice {0}. Porti la tessera sanitaria, un documento e i moduli compilati.", Booking.Shown(booking.Code)]));
            Line(file, "BEGIN:VALARM");
            Line(file, "ACTION:DISPLAY");
            Line(file, "TRIGGER:-P1D");
            Line(file, "DESCRIPTION:" + Escaped(texts["Appuntamento sanitario"]));
            Line(file, "END:VALARM");
            Line(file, "END:VEVENT");
        }

        Line(file, "END:VCALENDAR");
        return file.ToString();
    }

    private static string Utc(DateTime at) => at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // No line is longer than 75 octets (RFC 5545, 3.1): what follows begins with a blank. A letter is never cut.
    private static void Line(StringBuilder file, string text)
    {
        var octets = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                file.Append("\r\n ");
                octets = 1;
            }

            file.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
