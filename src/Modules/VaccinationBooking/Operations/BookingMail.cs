using System.Net.Mail;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.Notifications.Contracts;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Citizens;

namespace Platform.VaccinationBooking.Operations;

internal enum BookingMailKind
{
    Booked,
    Moved,
    Cancelled,
    Reminder,

    /// <summary>Her place is no more, and no other was found.</summary>
    ToChoose,
}

/// <summary>What a citizen is told by mail of her booking, in the language that she booked in: when and where she is expected, and where to see
/// the rest. No name, no code, no word of what it is for.</summary>
internal sealed class BookingMail(VaccinationDb db, IMediator mediator, Texts texts, Region region, IConfiguration configuration)
{
    // As long as the outbox of mails takes an address.
    private const int AddressLength = 120;

    private readonly string manage = (configuration["Platform:Address"] ?? "http://localhost:5080").TrimEnd('/') + "/vaccini/gestisci";

    /// <param name="about">Id of each mail, the same at each repetition, with the booking that it is about.</param>
    public async Task Post(IReadOnlyCollection<(Guid Mail, Guid Booking)> about, BookingMailKind kind, CancellationToken cancellation)
    {
        var ids = about.Select(a => a.Booking).ToArray();
        var bookings = await db.Bookings.AsNoTracking().Include(b => b.Appointments).Where(b => ids.Contains(b.Id)).ToDictionaryAsync(b => b.Id, cancellation);
        var slots = bookings.Values.SelectMany(b => b.Appointments).Select(a => a.SlotId).Distinct().ToArray();
        var centreOf = await db.Slots.AsNoTracking().Where(s => slots.Contains(s.Id))
            .Join(db.Centres, s => s.CentreCode, c => c.Code, (s, c) => new { s.Id, Centre = c }).ToDictionaryAsync(s => s.Id, s => s.Centre, cancellation);
        var mails = about.Where(a => bookings.ContainsKey(a.Booking)).Select(a => Write(a.Mail, bookings[a.Booking], centreOf, kind)).OfType<PostMail>().ToList();
        if (mails.Count > 0)
            await mediator.Send(new PostMails(mails), cancellation);
    }

    private PostMail? Write(Guid id, Booking booking, Dictionary<Guid, Centre> centreOf, BookingMailKind kind)
    {
        if (!Reaches(booking.Email))
            return null;
        using var reader = Texts.Reading(booking.Language);
        var standing = booking.Appointments.Where(a => a.State == AppointmentState.Booked).OrderBy(a => a.Dose).ToList();
        if (standing.Count == 0 && kind != BookingMailKind.Cancelled)
            return null;
        var when = string.Join("\r\n", standing.Select(a =>
            $"- {region.Moment(a.StartsAt)}, {Where(centreOf.GetValueOrDefault(a.SlotId))}"));
        var (subject, said) = kind switch
        {
            BookingMailKind.Booked => (texts["La sua prenotazione è registrata"], texts["Abbiamo registrato la sua prenotazione:"]),
            BookingMailKind.Moved => (texts["Il suo appuntamento è cambiato"], texts["I suoi appuntamenti sono ora questi:"]),
            BookingMailKind.ToChoose => (texts["Scelga un’altra data per il suo appuntamento"], texts["Questo appuntamento non si può tenere. Scelga un’altra data, oppure attenda: continuiamo a cercare un posto per lei."]),
            BookingMailKind.Reminder => (texts["Le ricordiamo il suo appuntamento"], texts["La aspettiamo:"]),
            _ => (texts["La sua prenotazione è annullata"], texts["La prenotazione è stata annullata. Può prenotare di nuovo quando vuole."]),
        };
        return new(id, booking.Email!, subject.Value,
            $"{said.Value}\r\n{when}{(when.Length > 0 ? "\r\n" : "")}\r\n{texts["Per vedere, spostare o annullare la prenotazione usi il codice che ha ricevuto e il codice fiscale:"].Value}\r\n{manage}\r\n",
            booking.PatientId);
    }

    public static bool Reaches(string? address) => address is { Length: > 0 and <= AddressLength } && MailAddress.TryCreate(address, out _) && !address.Any(char.IsControl);

    private string Where(Centre? centre) => centre is null ? "" : $"{centre.Address}, {region.FindMunicipality(centre.MunicipalityIstat)?.Name ?? centre.PostalCode}";
}
