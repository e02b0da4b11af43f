using Microsoft.EntityFrameworkCore;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Centres;

internal static class CentreTables
{
    public static void AddCentreTables(this ModelBuilder model)
    {
        model.Entity<Centre>(centre =>
        {
            centre.ToTable("centres");
            centre.HasKey(c => c.Code);
            centre.Property(c => c.Code).HasMaxLength(Centre.CodeLength);
            centre.Property(c => c.Name).HasMaxLength(120);
            centre.Property(c => c.AslCode).HasMaxLength(6);
            centre.Property(c => c.MunicipalityIstat).HasMaxLength(6);
            centre.Property(c => c.PostalCode).HasMaxLength(5);
            centre.Property(c => c.Address).HasMaxLength(120);
        });
        model.Entity<CentreOpening>(opening =>
        {
            opening.ToTable("openings");
            opening.HasKey(o => o.Id);
            opening.Property(o => o.Id).ValueGeneratedNever();
            opening.Property(o => o.CampaignCode).HasMaxLength(Campaign.CodeLength);
            opening.Property(o => o.CentreCode).HasMaxLength(Centre.CodeLength);
            opening.Property(o => o.VaccineCode).HasMaxLength(20);
            opening.HasIndex(o => new { o.CampaignCode, o.CentreCode });
            opening.HasIndex(o => o.CentreCode);
            opening.HasOne<Campaign>().WithMany().HasForeignKey(o => o.CampaignCode).OnDelete(DeleteBehavior.Restrict);
            opening.HasOne<Centre>().WithMany().HasForeignKey(o => o.CentreCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<VaccinationSlot>(slot =>
        {
            slot.ToTable("slots");
            slot.HasKey(s => s.Id);
            slot.Property(s => s.Id).ValueGeneratedNever();
            slot.Property(s => s.CampaignCode).HasMaxLength(Campaign.CodeLength);
            slot.Property(s => s.CentreCode).HasMaxLength(Centre.CodeLength);
            slot.Property(s => s.VaccineCode).HasMaxLength(20);
            slot.HasIndex(s => new { s.CampaignCode, s.CentreCode, s.Dose, s.StartsAt });
            slot.HasIndex(s => new { s.CentreCode, s.StartsAt });
        });
    }
}
