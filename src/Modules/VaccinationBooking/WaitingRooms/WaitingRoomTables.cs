using Microsoft.EntityFrameworkCore;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.WaitingRooms;

internal static class WaitingRoomTables
{
    public static void AddWaitingRoomTables(this ModelBuilder model)
    {
        model.Entity<WaitingRoom>(room =>
        {
            room.ToTable("waiting_rooms");
            room.HasKey(r => r.CampaignCode);
            room.Property(r => r.CampaignCode).HasMaxLength(Campaign.CodeLength);
            room.Property(r => r.Seed).HasMaxLength(64).IsUnicode(false);
            room.HasOne<Campaign>().WithOne().HasForeignKey<WaitingRoom>(r => r.CampaignCode).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
