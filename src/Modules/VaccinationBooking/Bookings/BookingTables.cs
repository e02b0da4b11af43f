using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Bookings;

internal static class BookingTables
{
    public static void AddBookingTables(this ModelBuilder model)
    {
        model.Entity<Booking>(booking =>
        {
            booking.ToTable("bookings");
            booking.HasKey(b => b.Id);
            booking.Property(b => b.Id).ValueGeneratedNever();
            booking.Property(b => b.Code).HasMaxLength(Booking.CodeLength).IsUnicode(false);
            booking.Property(b => b.CampaignCode).HasMaxLength(Campaign.CodeLength);
            booking.Property(b => b.CentreCode).HasMaxLength(Centre.CodeLength);
            booking.Property(b => b.VaccineCode).HasMaxLength(20);
            booking.Property(b => b.OpenKey).HasMaxLength(Booking.OpenKeyLength).IsUnicode(false);
            booking.Property(b => b.Email).HasMaxLength(Booking.EmailLength).Encrypted();
            booking.Property(b => b.Phone).HasMaxLength(Booking.PhoneLength).Encrypted();
            booking.Property(b => b.Language).HasMaxLength(2).IsUnicode(false);
            booking.HasIndex(b => b.Code).IsUnique();
            booking.HasIndex(b => b.OpenKey).IsUnique();
            booking.HasIndex(b => new { b.PatientId, b.CampaignCode, b.TicketNumber }).IsUnique();
            booking.Ignore(b => b.PatientOfRow);
        });
        model.Entity<Appointment>(appointment =>
        {
            appointment.ToTable("appointments");
            appointment.HasKey(a => a.Id);
            appointment.Property(a => a.Id).ValueGeneratedNever();
            appointment.HasIndex(a => a.BookingId);
            appointment.HasIndex(a => a.SlotId);
            appointment.HasOne<Booking>().WithMany(b => b.Appointments).HasForeignKey(a => a.BookingId).OnDelete(DeleteBehavior.Restrict);
            appointment.Ignore(a => a.HoldsPlace);
        });
        model.Entity<Hold>(hold =>
        {
            hold.ToTable("holds");
            hold.HasKey(h => h.Id);
            hold.Property(h => h.Id).ValueGeneratedNever();
            hold.Property(h => h.CampaignCode).HasMaxLength(Campaign.CodeLength);
            hold.HasIndex(h => new { h.CampaignCode, h.PatientId, h.Offered }).IsUnique();
            hold.HasIndex(h => h.ExpiresAt);
            hold.Ignore(h => h.PatientOfRow);
        });
        model.Entity<BookingChange>(change =>
        {
            change.ToTable("booking_changes");
            change.HasKey(c => c.Id);
            change.Property(c => c.Id).ValueGeneratedNever();
            change.Property(c => c.ByName).HasMaxLength(BookingChange.ByLength);
            change.Property(c => c.Why).HasMaxLength(BookingChange.WhyLength);
            change.HasIndex(c => c.BookingId);
            change.HasIndex(c => c.CauseId);
        });
    }
}
