using System.Globalization;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Privacy;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>Says, sealed with the installation's own keys, who was recognised and in which campaign and group she may book: every host
/// believes it, nobody can make or change one, and it is one person's.</summary>
/// <param name="ToBook">What she is to book; null takes the campaign's word.</param>
/// <param name="Ticket">The number that let her in from the waiting room.</param>
/// <param name="By">Who has signed in and books for her, or for herself; null for whom code and card have told.</param>
internal sealed record BookingPass(string Campaign, Guid PatientId, Guid GroupId, long? Ticket, DateTime ExpiresAt, DosesToBook? ToBook = null, Guid? By = null);

internal sealed class BookingPasses(FieldKeys keys, TimeProvider clock)
{
    public static readonly TimeSpan Valid = TimeSpan.FromMinutes(30);

    private const string Place = "vaccination.pass";

    public string Issue(string campaign, Guid patient, Guid group, long? ticket, DosesToBook? toBook = null, Guid? by = null) =>
        keys.Seal(string.Create(CultureInfo.InvariantCulture, $"{campaign}|{patient:N}|{group:N}|{ticket}|{(clock.GetUtcNow() + Valid).UtcTicks}|{toBook?.Text()}|{by:N}"), Place);

    /// <exception cref="Refusal"><c>pass-expired</c> when it is not ours, or too old.</exception>
    public BookingPass Open(string? pass)
    {
        if (keys.TryOpen(pass, Place)?.Split('|') is [var campaign, var patient, var group, var ticket, var until, var toBook, var by])
        {
            var opened = new BookingPass(
                campaign, Guid.Parse(patient), Guid.Parse(group), ticket.Length > 0 ? long.Parse(ticket, CultureInfo.InvariantCulture) : null,
                new DateTime(long.Parse(until, CultureInfo.InvariantCulture), DateTimeKind.Utc), DosesToBook.Read(toBook), Guid.TryParse(by, out var who) ? who : null);
            if (opened.ExpiresAt > clock.GetUtcNow().UtcDateTime)
                return opened;
        }

        throw new Refusal("pass-expired", "È passato troppo tempo: inserisca di nuovo codice fiscale e tessera sanitaria.") { Kind = RefusalKind.Unprocessable };
    }
}
