using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.Stock;

namespace Platform.VaccinationBooking.Doses;

internal static class DoseTables
{
    public static void AddDoseTables(this ModelBuilder model)
    {
        model.Entity<Arrival>(arrival =>
        {
            arrival.ToTable("arrivals");
            arrival.HasKey(a => a.Id);
            arrival.Property(a => a.Id).ValueGeneratedNever();
            arrival.Property(a => a.CentreCode).HasMaxLength(Centre.CodeLength);
            arrival.Property(a => a.CampaignCode).HasMaxLength(Campaign.CodeLength);
            arrival.Property(a => a.Category).HasMaxLength(VaccineeCategory.CategoryLength);
            arrival.Property(a => a.Answers).HasMaxLength(400).Encrypted();
            arrival.Property(a => a.Note).HasMaxLength(AdverseEvent.TextLength).Encrypted();
            arrival.Property(a => a.AssessedBy).HasMaxLength(120);
            arrival.HasIndex(a => new { a.PatientId, a.CampaignCode, a.Day }).IsUnique();
            arrival.HasIndex(a => new { a.CentreCode, a.Day });
            arrival.HasIndex(a => a.AppointmentId);
            arrival.Ignore(a => a.PatientOfRow);
        });
        model.Entity<GivenDose>(dose =>
        {
            dose.ToTable("doses");
            dose.HasKey(d => d.Id);
            dose.Property(d => d.Id).ValueGeneratedNever();
            dose.Property(d => d.Disease).HasMaxLength(20);
            dose.Property(d => d.VaccineCode).HasMaxLength(20);
            dose.Property(d => d.Stands).HasMaxLength(GivenDose.StandsLength).IsUnicode(false);
            dose.Property(d => d.CentreCode).HasMaxLength(Centre.CodeLength);
            dose.Property(d => d.LotNumber).HasMaxLength(StockLot.NumberLength);
            dose.Property(d => d.GivenBy).HasMaxLength(120);
            dose.Property(d => d.Elsewhere).HasMaxLength(GivenDose.ElsewhereLength);
            dose.Property(d => d.Category).HasMaxLength(VaccineeCategory.CategoryLength);
            dose.Property(d => d.AslCode).HasMaxLength(6);
            dose.Property(d => d.GpCode).HasMaxLength(20);
            dose.Property(d => d.WhyAnnulled).HasMaxLength(StockMove.NoteLength);
            dose.HasIndex(d => d.Stands).IsUnique();
            dose.HasIndex(d => new { d.PatientId, d.GivenAt });
            dose.HasIndex(d => new { d.CentreCode, d.GivenAt });
            dose.HasIndex(d => d.GivenAt);
            dose.HasIndex(d => new { d.Disease, d.Day });
            dose.HasIndex(d => d.ArrivalId);
            dose.Ignore(d => d.PatientOfRow);
        });
        model.Entity<AdverseEvent>(happened =>
        {
            happened.ToTable("adverse_events");
            happened.HasKey(a => a.Id);
            happened.Property(a => a.Id).ValueGeneratedNever();
            happened.Property(a => a.Reactions).HasMaxLength(400).Encrypted();
            happened.Property(a => a.Note).HasMaxLength(AdverseEvent.TextLength).Encrypted();
            happened.Property(a => a.ReportedBy).HasMaxLength(120);
            happened.HasIndex(a => a.PatientId);
            happened.HasIndex(a => a.DoseId);
            happened.HasIndex(a => a.SentIn);
            happened.HasOne<GivenDose>().WithMany().HasForeignKey(a => a.DoseId).OnDelete(DeleteBehavior.Restrict);
            happened.Ignore(a => a.PatientOfRow);
        });
        model.Entity<Recovery>(recovery =>
        {
            recovery.ToTable("recoveries");
            recovery.HasKey(r => r.Id);
            recovery.Property(r => r.Id).ValueGeneratedNever();
            recovery.Property(r => r.Disease).HasMaxLength(20);
            recovery.Property(r => r.Source).HasMaxLength(120);
            recovery.HasIndex(r => new { r.PatientId, r.Disease, r.PositiveOn }).IsUnique();
            recovery.Ignore(r => r.PatientOfRow);
        });
    }
}
