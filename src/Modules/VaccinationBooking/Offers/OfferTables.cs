using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Offers;

internal static class OfferTables
{
    public static void AddOfferTables(this ModelBuilder model)
    {
        model.Entity<PlaceWish>(wish =>
        {
            wish.ToTable("place_wishes");
            wish.HasKey(w => w.Id);
            wish.Property(w => w.Id).ValueGeneratedNever();
            wish.Property(w => w.CampaignCode).HasMaxLength(Campaign.CodeLength);
            wish.Property(w => w.OpenKey).HasMaxLength(PlaceWish.OpenKeyLength).IsUnicode(false);
            wish.Property(w => w.MunicipalityIstat).HasMaxLength(6);
            wish.Property(w => w.Email).HasMaxLength(Booking.EmailLength).Encrypted();
            wish.Property(w => w.Language).HasMaxLength(2).IsUnicode(false);
            wish.HasIndex(w => w.OpenKey).IsUnique();
            wish.HasIndex(w => w.PatientId);
            wish.HasIndex(w => new { w.CampaignCode, w.Kind, w.State, w.Priority, w.Since });
            wish.Ignore(w => w.PatientOfRow);
        });
        model.Entity<PlaceOffer>(offer =>
        {
            offer.ToTable("place_offers");
            offer.HasKey(o => o.Id);
            offer.Property(o => o.Id).ValueGeneratedNever();
            offer.Property(o => o.CampaignCode).HasMaxLength(Campaign.CodeLength);
            offer.Property(o => o.CentreCode).HasMaxLength(Centre.CodeLength);
            offer.Property(o => o.Code).HasMaxLength(Booking.CodeLength).IsUnicode(false);
            offer.HasIndex(o => o.Code).IsUnique();
            offer.HasIndex(o => o.PatientId);
            offer.HasIndex(o => new { o.State, o.ExpiresAt });
            offer.HasOne<PlaceWish>().WithMany().HasForeignKey(o => o.WishId).OnDelete(DeleteBehavior.Restrict);
            offer.HasIndex(o => o.WishId);
            offer.Ignore(o => o.PatientOfRow);
        });
    }
}
