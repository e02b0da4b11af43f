using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.Notifications.Contracts;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Operations;

namespace Platform.VaccinationBooking.Offers;

/// <summary>Free places are offered to who waits, in the order of the line: each minute, the next ones. An offer is a hold of the ledger, so that
/// nobody else can have its places meanwhile; what is not answered goes to the next.</summary>
internal sealed class OfferPlaces(
    VaccinationDb db, BookingDesk desk, GiveBackHolds holds, CampaignBook campaigns, IMediator mediator, Texts texts, Region region, IConfiguration configuration, TimeProvider clock) : IScheduledJob
{
    private const int AtATime = 200;

    public static string Name => "vaccination.offer-places";
    public static string Title => "Offre i posti liberi a chi è in lista";
    public static string Cron => "30 * * * * ?";

    private readonly string answer = (configuration["Platform:Address"] ?? "http://localhost:5080").TrimEnd('/') + "/vaccini/offerta";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        await holds.GiveBack(cancellation);
        await Expire(cancellation);
        var made = 0;
        foreach (var page in (await campaigns.All()).Values.Where(c => c.Campaign.State == CampaignState.Open))
            made += await Offer(page.Campaign, WishKind.StandBy, cancellation) + await Offer(page.Campaign, WishKind.NearMe, cancellation);
        return new("{0} posti offerti", made);
    }

    /// <summary>To the stand-by list what is free within a day; to the others what leaves time to come.</summary>
    /// <returns>How many offers were made.</returns>
    public async Task<int> Offer(Campaign campaign, WishKind kind, CancellationToken cancellation)
    {
        // One place at a time, also for who stands in both lists.
        var line = db.Wishes.AsNoTracking().Where(w => w.CampaignCode == campaign.Code && w.Kind == kind && w.State == WishState.Waiting
                && !db.Offers.Any(o => o.PatientId == w.PatientId && o.CampaignCode == w.CampaignCode && o.State == OfferState.Open))
            .OrderBy(w => w.Priority).ThenBy(w => w.Since).ThenBy(w => w.Id);
        if (!await line.AnyAsync(cancellation))
            return 0;
        var now = clock.GetUtcNow().UtcDateTime;
        var from = now + (kind == WishKind.StandBy ? TimeSpan.FromMinutes(30) : NewPlaces.Notice);
        var until = kind == WishKind.StandBy ? now.AddHours(24) : DateTime.MaxValue;
        var centres = await db.Centres.AsNoTracking().Where(c => c.Public).ToListAsync(cancellation);
        var free = (await db.Slots.AsNoTracking().Where(s => s.CampaignCode == campaign.Code && !s.Closed && s.Taken < s.Capacity && s.StartsAt > from).OrderBy(s => s.StartsAt).ToListAsync(cancellation))
            .ToLookup(s => s.CentreCode);
        var left = free.SelectMany(s => s).ToDictionary(s => s.Id, s => s.Capacity - s.Taken);
        var made = 0;
        if (left.Count == 0 || await campaigns.Find(campaign.Code) is not { } page)
            return 0;
        // Whole to its end while something is free: who waits where nothing is, or for what is not free, holds up nobody behind her.
        for (var passed = 0; made < AtATime;)
        {
            // Who is offered one is no longer in the line.
            var next = await line.Skip(passed).Take(AtATime).ToListAsync(cancellation);
            if (next.Count == 0)
                break;
            var ids = next.Select(w => w.PatientId).Distinct().ToArray();
            var facts = await db.FactsOf(
                campaign.Disease, await db.Vaccinees.Where(v => ids.Contains(v.PatientId)).ToDictionaryAsync(v => v.PatientId, v => v.BirthDate, cancellation), cancellation);
            foreach (var wish in next)
            {
                // What is due may have changed since she asked; where her turn is over nothing is offered.
                if (facts.TryGetValue(wish.PatientId, out var person) && PersonsTurn.Of(page, person, region, now).ToBook is { } toBook && await ToHer(wish, toBook))
                    made++;
                else
                    passed++;
            }
        }

        return made;

        async Task<bool> ToHer(PlaceWish wish, DosesToBook toBook)
        {
            foreach (var near in Nearest(centres, wish.MunicipalityIstat))
            {
                if (await TryOne(wish, campaign, toBook, [.. free[near.Code].Where(s => left[s.Id] > 0)], until, left, cancellation) is { } offered)
                    return offered;
            }

            return false;
        }
    }

    /// <returns>Null where this centre has nothing for her; false where she needs no offer now.</returns>
    private async Task<bool?> TryOne(PlaceWish wish, Campaign campaign, DosesToBook toBook, List<VaccinationSlot> free, DateTime until, Dictionary<Guid, int> left, CancellationToken cancellation)
    {
        foreach (var first in free.Where(s => s.Dose == toBook.First && s.StartsAt < until && toBook.Suits(s.VaccineCode, Day(s), region.Vaccination)))
        {
            var interval = region.Vaccination.IntervalOf(first.VaccineCode, region.DayOf(clock.GetUtcNow()));
            var second = toBook.Count == 1 ? null : free.Find(s => s.Dose == 2 && s.VaccineCode == first.VaccineCode && interval?.Allows(Day(first), Day(s)) == true);
            if (toBook.Count == 2 && second is null)
                continue;
            var now = clock.GetUtcNow();
            var offer = new PlaceOffer
            {
                Id = Guid.CreateVersion7(now), WishId = wish.Id, PatientId = wish.PatientId, CampaignCode = campaign.Code, CentreCode = first.CentreCode, Code = Booking.NewCode(), FirstSlotId = first.Id,
                SecondSlotId = second?.Id, FirstAt = first.StartsAt, SecondAt = second?.StartsAt, MadeAt = now.UtcDateTime,
                ExpiresAt = now.UtcDateTime + (wish.Kind == WishKind.StandBy ? PlaceOffer.StandByFor : PlaceOffer.NearMeFor),
            };
            var held = await desk.Take(new(offer.Id, campaign.Code, wish.PatientId, wish.GroupId, first.Id, second?.Id, now.UtcDateTime, offer.ExpiresAt, BookingChannel.Offer, ToBook: toBook));
            if (held.Outcome == LedgerOutcome.AlreadyBooked)
            {
                await db.Wishes.Where(w => w.Id == wish.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.State, WishState.Ended).SetProperty(w => w.OpenKey, (string?)null), cancellation);
                return false;
            }

            if (held.Outcome == LedgerOutcome.AlreadyOffered)
                return false;
            if (held.Outcome != LedgerOutcome.Done)
                continue;
            left[first.Id]--;
            if (second is not null)
                left[second.Id]--;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (await db.Wishes.Where(w => w.Id == wish.Id && w.State == WishState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(w => w.State, WishState.Offered), cancellation) == 0)
            {
                // She waits no more: the next look gives the places back.
                await db.Holds.Where(h => h.Id == offer.Id).ExecuteUpdateAsync(set => set.SetProperty(h => h.ExpiresAt, now.UtcDateTime), cancellation);
                await transaction.CommitAsync(cancellation);
                return false;
            }

            db.Add(offer);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            await mediator.Send(Mail(offer, wish), cancellation);
            return true;
        }

        return null;
    }

    private async Task Expire(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var now = clock.GetUtcNow().UtcDateTime;
        var over = await db.Offers.AsNoTracking().Where(o => o.State == OfferState.Open && o.ExpiresAt <= now).OrderBy(o => o.ExpiresAt).ToListAsync(cancellation);
        foreach (var offer in over)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (await db.Offers.Where(o => o.Id == offer.Id && o.State == OfferState.Open).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OfferState.Expired), cancellation) == 1)
            {
                // Behind the others of her group; at last the wish ends.
                await db.Wishes.Where(w => w.Id == offer.WishId && w.Expired + 1 < PlaceWish.Chances)
                    .ExecuteUpdateAsync(set => set.SetProperty(w => w.State, WishState.Waiting).SetProperty(w => w.Since, now).SetProperty(w => w.Expired, w => w.Expired + 1), cancellation);
                await db.Wishes.Where(w => w.Id == offer.WishId && w.State == WishState.Offered)
                    .ExecuteUpdateAsync(set => set.SetProperty(w => w.State, WishState.Ended).SetProperty(w => w.OpenKey, (string?)null), cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }
    }

    private PostMail Mail(PlaceOffer offer, PlaceWish wish)
    {
        using var reader = Texts.Reading(wish.Language);
        return new(offer.Id, wish.Email, texts["C’è un posto per lei"].Value,
            $"{texts["È tenuto per lei fino alle {0}. Per accettarlo usi questo codice e il suo codice fiscale: {1}", region.LocalOf(offer.ExpiresAt).ToString("HH:mm, dddd d MMMM", System.Globalization.CultureInfo.CurrentCulture), Booking.Shown(offer.Code)].Value}\r\n{answer}\r\n",
            wish.PatientId);
    }

    private DateOnly Day(VaccinationSlot slot) => region.DayOf(new DateTimeOffset(slot.StartsAt, TimeSpan.Zero));

    // Her own municipality, then her province; not beyond it.
    private IEnumerable<Centre> Nearest(List<Centre> centres, string municipality)
    {
        var province = region.FindMunicipality(municipality)?.Province;
        return centres.Where(c => region.FindMunicipality(c.MunicipalityIstat)?.Province == province)
            .OrderBy(c => c.MunicipalityIstat == municipality ? 0 : 1).ThenBy(c => c.Code, StringComparer.Ordinal);
    }
}
