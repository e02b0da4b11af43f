using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking;

/// <summary>What waits for centres and for the region on their home pages.</summary>
internal sealed class VaccinationCards(VaccinationDb db, ICurrentUser user, Region region, TimeProvider clock) : IHomeCards
{
    private const int SoonDays = 14;

    public async Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation)
    {
        var cards = new List<HomeCard>();
        var today = region.DayOf(clock.GetUtcNow());
        if (user.May(VaccinationModule.MayVaccinate))
        {
            var mine = db.Centres.Within(Centre.Scope, user, VaccinationModule.MayVaccinate).Select(c => c.Code);
            var (from, to) = (region.UtcOf(today, TimeOnly.MinValue), region.UtcOf(today.AddDays(1), TimeOnly.MinValue));
            var expected = await db.Bookings.Where(b => mine.Contains(b.CentreCode)).SelectMany(b => b.Appointments)
                .CountAsync(a => a.StartsAt >= from && a.StartsAt < to && a.State == AppointmentState.Booked, cancellation);
            cards.Add(new("Persone attese oggi per la vaccinazione", "Appuntamenti di oggi, non ancora arrivati.", expected, "/vaccination/day", Urgent: false, 210));
        }

        if (user.May(VaccinationModule.MayKeepStock))
        {
            var mine = db.Centres.Within(Centre.Scope, user, VaccinationModule.MayKeepStock).Select(c => c.Code);
            var soon = today.AddDays(SoonDays);
            var expiring = await db.StockLots.CountAsync(l => mine.Contains(l.CentreCode) && l.Doses > 0 && l.ExpiresOn <= soon, cancellation);
            if (expiring > 0)
                cards.Add(new("Lotti che scadono", "Entro due settimane, o già scaduti.", expiring, "/vaccination/stock", Urgent: true, 212));
        }

        if (user.May(VaccinationModule.MayManage))
            cards.Add(new("Campagne aperte", "Vaccinazioni che si prenotano adesso.", await db.Campaigns.CountAsync(c => c.State == CampaignState.Open, cancellation), "/vaccination/campaigns", Urgent: false, 214));
        return cards;
    }
}
