using Microsoft.EntityFrameworkCore;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Stock;

internal static class StockTables
{
    public static void AddStockTables(this ModelBuilder model)
    {
        model.Entity<StockLot>(lot =>
        {
            lot.ToTable("stock_lots");
            lot.HasKey(l => l.Id);
            lot.Property(l => l.Id).ValueGeneratedNever();
            lot.Property(l => l.CentreCode).HasMaxLength(Centre.CodeLength);
            lot.Property(l => l.VaccineCode).HasMaxLength(20);
            lot.Property(l => l.LotNumber).HasMaxLength(StockLot.NumberLength);
            lot.HasIndex(l => new { l.CentreCode, l.VaccineCode, l.LotNumber }).IsUnique();
            lot.HasOne<Centre>().WithMany().HasForeignKey(l => l.CentreCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<StockMove>(move =>
        {
            move.ToTable("stock_moves");
            move.HasKey(m => m.Id);
            move.Property(m => m.Id).ValueGeneratedNever();
            move.Property(m => m.By).HasMaxLength(120);
            move.Property(m => m.Note).HasMaxLength(StockMove.NoteLength);
            move.HasIndex(m => new { m.LotId, m.At });
            move.HasOne<StockLot>().WithMany().HasForeignKey(m => m.LotId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Vial>(vial =>
        {
            vial.ToTable("vials");
            vial.HasKey(v => v.Id);
            vial.Property(v => v.Id).ValueGeneratedNever();
            vial.Property(v => v.CentreCode).HasMaxLength(Centre.CodeLength);
            vial.HasIndex(v => new { v.CentreCode, v.EndedAt });
            vial.HasIndex(v => v.LotId);
            vial.HasOne<StockLot>().WithMany().HasForeignKey(v => v.LotId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
