using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Patients.Doctors;
using Platform.Patients.GpLists;
using Platform.Patients.Imports;
using Platform.Patients.People;

namespace Platform.Patients;

internal sealed class PatientsDb(DbContextOptions<PatientsDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "patients";

    public override string Schema => SchemaName;

    public DbSet<Patient> Patients => Set<Patient>();
    public DbSet<PatientWord> Words => Set<PatientWord>();
    public DbSet<GpAssignment> GpAssignments => Set<GpAssignment>();
    public DbSet<Doctor> Doctors => Set<Doctor>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportBatch> ImportBatches => Set<ImportBatch>();
    public DbSet<ImportFault> ImportFaults => Set<ImportFault>();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await PatientWord.Follow(this, cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void Tables(ModelBuilder model)
    {
        model.Entity<Patient>(row =>
        {
            row.ToTable("patients");
            row.HasKey(p => p.Id);
            row.Property(p => p.Id).ValueGeneratedNever();
            row.Property(p => p.FiscalCode).HasMaxLength(16).IsUnicode(false);
            row.Property(p => p.FamilyName).HasMaxLength(Patient.NameLength);
            row.Property(p => p.GivenName).HasMaxLength(Patient.NameLength);
            row.Property(p => p.FamilySearch).HasMaxLength(Patient.SearchLength);
            row.Property(p => p.GivenSearch).HasMaxLength(Patient.SearchLength);
            row.Property(p => p.SearchName).HasMaxLength(Patient.SearchNameLength);
            row.Property(p => p.BirthPlaceCode).HasMaxLength(4).IsUnicode(false);
            row.Property(p => p.ResidenceIstat).HasMaxLength(6).IsUnicode(false);
            row.Property(p => p.Address).HasMaxLength(Patient.AddressLength);
            row.Property(p => p.AslCode).HasMaxLength(6).IsUnicode(false);
            row.Property(p => p.Email).HasMaxLength(Patient.EmailLength);
            row.Property(p => p.Phone).HasMaxLength(Patient.PhoneLength).IsUnicode(false);
            row.Property(p => p.GpCode).HasMaxLength(Doctor.CodeLength).IsUnicode(false);
            row.HasMany(p => p.Assignments).WithOne().HasForeignKey(a => a.PatientId).OnDelete(DeleteBehavior.Restrict);
            row.Navigation(p => p.Assignments).HasField("assignments").UsePropertyAccessMode(PropertyAccessMode.Field);
            // SQL Server takes a single null in a unique index without the filter.
            row.HasIndex(p => p.FiscalCode).IsUnique().HasFilter("fiscal_code IS NOT NULL");
            row.HasIndex(p => p.BirthDate);
            row.HasIndex(p => new { p.AslCode, p.FamilySearch, p.GivenSearch });
            row.HasIndex(p => new { p.GpCode, p.FamilySearch, p.GivenSearch });
        });
        model.Entity<PatientWord>(row =>
        {
            row.ToTable("patient_words");
            row.HasKey(w => new { w.PatientId, w.Word });
            row.Property(w => w.Word).HasMaxLength(Patient.SearchLength).IsUnicode(false);
            row.HasOne<Patient>().WithMany().HasForeignKey(w => w.PatientId).OnDelete(DeleteBehavior.Cascade);
            row.HasIndex(w => new { w.Word, w.PatientId });
        });
        model.Entity<GpAssignment>(row =>
        {
            row.ToTable("gp_assignments");
            row.HasKey(a => a.Id);
            row.Property(a => a.Id).ValueGeneratedNever();
            row.Property(a => a.DoctorCode).HasMaxLength(Doctor.CodeLength).IsUnicode(false);
            row.HasOne<Doctor>().WithMany().HasForeignKey(a => a.DoctorCode).OnDelete(DeleteBehavior.Restrict);
            // One open assignment a person.
            row.HasIndex(a => a.PatientId).IsUnique().HasFilter("valid_to IS NULL");
            row.HasIndex(a => new { a.PatientId, a.ValidFrom });
            row.HasIndex(a => new { a.DoctorCode, a.ValidTo });
            row.HasIndex(a => a.ValidFrom);
            row.HasIndex(a => a.ValidTo);
        });
        model.Entity<Doctor>(row =>
        {
            row.ToTable("doctors");
            row.HasKey(d => d.Code);
            row.Property(d => d.Code).HasMaxLength(Doctor.CodeLength).IsUnicode(false);
            row.Property(d => d.FiscalCode).HasMaxLength(16).IsUnicode(false);
            row.Property(d => d.FamilyName).HasMaxLength(Patient.NameLength);
            row.Property(d => d.GivenName).HasMaxLength(Patient.NameLength);
            row.Property(d => d.AslCode).HasMaxLength(6).IsUnicode(false);
            row.Property(d => d.MunicipalityIstat).HasMaxLength(6).IsUnicode(false);
            row.Property(d => d.Email).HasMaxLength(Patient.EmailLength);
            row.HasIndex(d => new { d.AslCode, d.FamilyName });
        });
        model.Entity<Import>(row =>
        {
            row.ToTable("imports");
            row.HasKey(i => i.Id);
            row.Property(i => i.Id).ValueGeneratedNever();
            row.Property(i => i.FileName).HasMaxLength(Import.FileNameLength);
            row.Property(i => i.Language).HasMaxLength(2).IsUnicode(false);
            row.Property(i => i.StartedBy).HasMaxLength(Import.StartedByLength);
            row.HasIndex(i => i.StartedAt);
        });
        model.Entity<ImportBatch>(row =>
        {
            row.ToTable("import_batches");
            row.HasKey(b => b.Id);
            row.Property(b => b.Id).ValueGeneratedNever();
            // No length on purpose: five hundred lines of a file. It is emptied once they are in.
            row.Property(b => b.Payload);
            row.HasOne<Import>().WithMany().HasForeignKey(b => b.ImportId).OnDelete(DeleteBehavior.Cascade);
            row.HasIndex(b => new { b.ImportId, b.Ordinal }).IsUnique();
        });
        model.Entity<ImportFault>(row =>
        {
            row.ToTable("import_faults");
            row.HasKey(f => f.Id);
            row.Property(f => f.Id).ValueGeneratedNever();
            row.Property(f => f.Column).HasMaxLength(ImportFault.ColumnLength);
            row.Property(f => f.Reason).HasMaxLength(ImportFault.ReasonLength);
            row.HasOne<Import>().WithMany().HasForeignKey(f => f.ImportId).OnDelete(DeleteBehavior.Cascade);
            row.HasIndex(f => new { f.ImportId, f.Line });
        });
    }
}
