using Microsoft.EntityFrameworkCore;

namespace Platform.VaccinationBooking.People;

internal static class PeopleTables
{
    public static void AddPeopleTables(this ModelBuilder model)
    {
        model.Entity<Vaccinee>(person =>
        {
            person.ToTable("vaccinees");
            person.HasKey(p => p.PatientId);
            person.Property(p => p.PatientId).ValueGeneratedNever();
            person.Property(p => p.FiscalCode).HasMaxLength(16);
            person.Property(p => p.FamilyName).HasMaxLength(Vaccinee.NameLength);
            person.Property(p => p.GivenName).HasMaxLength(Vaccinee.NameLength);
            person.Property(p => p.MunicipalityIstat).HasMaxLength(6);
            person.Property(p => p.AslCode).HasMaxLength(6);
            person.Property(p => p.GpCode).HasMaxLength(20);
            person.Property(p => p.CardDigest).HasMaxLength(64).IsUnicode(false);
            person.HasIndex(p => p.FiscalCode).IsUnique();
            person.Ignore(p => p.PatientOfRow);
        });
        model.Entity<VaccineeCategory>(category =>
        {
            category.ToTable("vaccinee_categories");
            category.HasKey(c => c.Id);
            category.Property(c => c.Id).ValueGeneratedNever();
            category.Property(c => c.Category).HasMaxLength(VaccineeCategory.CategoryLength);
            category.Property(c => c.Source).HasMaxLength(120);
            category.HasIndex(c => new { c.PatientId, c.Category }).IsUnique();
            category.Ignore(c => c.PatientOfRow);
        });
    }
}
