using Microsoft.EntityFrameworkCore;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Operations;

internal static class OperationTables
{
    public static void AddOperationTables(this ModelBuilder model)
    {
        model.Entity<BulkOperation>(operation =>
        {
            operation.ToTable("bulk_operations");
            operation.HasKey(o => o.Id);
            operation.Property(o => o.Id).ValueGeneratedNever();
            operation.Property(o => o.AslCode).HasMaxLength(6);
            operation.Property(o => o.CentreCode).HasMaxLength(Centre.CodeLength);
            operation.Property(o => o.VaccineCode).HasMaxLength(20);
            operation.Property(o => o.OtherVaccine).HasMaxLength(20);
            operation.Property(o => o.Why).HasMaxLength(BulkOperation.WhyLength);
            operation.Property(o => o.ByName).HasMaxLength(BookingChange.ByLength);
            operation.HasIndex(o => o.PreparedAt);
            operation.Ignore(o => o.ClosesSlots);
        });
        model.Entity<BulkItem>(item =>
        {
            item.ToTable("bulk_items");
            item.HasKey(i => i.Id);
            item.Property(i => i.Id).ValueGeneratedNever();
            item.Property(i => i.FromCentre).HasMaxLength(Centre.CodeLength);
            item.Property(i => i.ToCentre).HasMaxLength(Centre.CodeLength);
            item.HasIndex(i => new { i.OperationId, i.State, i.At });
            item.HasOne<BulkOperation>().WithMany().HasForeignKey(i => i.OperationId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
