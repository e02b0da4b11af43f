using Microsoft.EntityFrameworkCore;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Citizens;

internal static class ConsentTables
{
    public static void AddConsentTables(this ModelBuilder model)
    {
        model.Entity<ConsentStatement>(consent =>
        {
            consent.ToTable("consent_statements");
            consent.HasKey(c => c.BookingId);
            consent.Property(c => c.BookingId).ValueGeneratedNever();
            consent.Property(c => c.Address).HasMaxLength(ConsentStatement.AddressLength);
            consent.HasIndex(c => c.PatientId);
            consent.HasOne<Booking>().WithOne().HasForeignKey<ConsentStatement>(c => c.BookingId).OnDelete(DeleteBehavior.Restrict);
            consent.Ignore(c => c.PatientOfRow);
        });
    }
}
