using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Offers;

/// <summary>Whose offer it is: its random code and the fiscal code together. Unknown and wrong have one answer, and who guesses is stopped by her address.</summary>
internal sealed class OfferDesk(VaccinationDb db, WrongCards wrong, TimeProvider clock)
{
    /// <returns>One that can still be answered, or was accepted.</returns>
    /// <exception cref="Refusal"><c>offer-not-found</c>, <c>offer-over</c> or <c>too-many-attempts</c>.</exception>
    public async Task<PlaceOffer> Find(string? code, string? fiscalCode, string address, CancellationToken cancellation)
    {
        wrong.Check(address);
        var (said, person) = (BookingKeys.Normalise(code), (fiscalCode ?? "").Trim().ToUpperInvariant());
        var offer = await db.Offers.AsNoTracking().SingleOrDefaultAsync(o => o.Code == said && db.Vaccinees.Any(v => v.PatientId == o.PatientId && v.FiscalCode == person), cancellation);
        if (offer is null)
        {
            wrong.Count(address);
            throw new Refusal("offer-not-found", "Non c’è un’offerta con questo codice e questo codice fiscale. Li riscriva come sono nel messaggio.") { Kind = RefusalKind.Unprocessable };
        }

        if (offer.State is OfferState.Expired or OfferState.Declined || (offer.State == OfferState.Open && offer.ExpiresAt <= clock.GetUtcNow().UtcDateTime))
            throw new Refusal("offer-over", "Questa offerta è scaduta o è stata lasciata: il posto è andato a chi viene dopo. Resta in lista per il prossimo.");
        return offer;
    }
}
