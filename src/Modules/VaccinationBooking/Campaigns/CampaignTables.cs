using Microsoft.EntityFrameworkCore;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.Campaigns;

internal static class CampaignTables
{
    public static void AddCampaignTables(this ModelBuilder model)
    {
        model.Entity<Campaign>(campaign =>
        {
            campaign.ToTable("campaigns");
            campaign.HasKey(c => c.Code);
            campaign.Property(c => c.Code).HasMaxLength(Campaign.CodeLength);
            campaign.Property(c => c.NameIt).HasMaxLength(Campaign.NameLength);
            campaign.Property(c => c.NameEn).HasMaxLength(Campaign.NameLength);
            campaign.Property(c => c.Disease).HasMaxLength(20);
            campaign.Ignore(c => c.Name);
        });
        model.Entity<TargetGroup>(group =>
        {
            group.ToTable("target_groups");
            group.HasKey(g => g.Id);
            group.Property(g => g.Id).ValueGeneratedNever();
            group.Property(g => g.CampaignCode).HasMaxLength(Campaign.CodeLength);
            group.Property(g => g.NameIt).HasMaxLength(Campaign.NameLength);
            group.Property(g => g.NameEn).HasMaxLength(Campaign.NameLength);
            group.Property(g => g.Category).HasMaxLength(VaccineeCategory.CategoryLength);
            group.HasIndex(g => g.CampaignCode);
            group.HasOne<Campaign>().WithMany().HasForeignKey(g => g.CampaignCode).OnDelete(DeleteBehavior.Restrict);
            group.Ignore(g => g.Name);
        });
    }
}
