using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;
using Platform.Patients.Contracts;
using Platform.Patients.Doctors;
using Platform.Patients.Facts;
using Platform.Patients.GpLists;
using Platform.Patients.Grants;
using Platform.Patients.Holds;
using Platform.Patients.Identities;
using Platform.Patients.Merges;
using Platform.Patients.Openings;
using Platform.Patients.People;
using Platform.Patients.Ties;

namespace Platform.Patients;

internal sealed class PatientsDb(DbContextOptions<PatientsDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "patients";

    public override string Schema => SchemaName;

    public DbSet<Patient> Patients => Set<Patient>();
    public DbSet<PatientWord> Words => Set<PatientWord>();
    public DbSet<GpAssignment> GpAssignments => Set<GpAssignment>();
    public DbSet<Doctor> Doctors => Set<Doctor>();
    public DbSet<PersonIdentity> Identities => Set<PersonIdentity>();
    public DbSet<Grant> Grants => Set<Grant>();
    public DbSet<GrantRequest> GrantRequests => Set<GrantRequest>();
    public DbSet<Opening> Openings => Set<Opening>();
    public DbSet<RetentionHold> Holds => Set<RetentionHold>();
    public DbSet<Tie> Ties => Set<Tie>();
    public DbSet<Merge> Merges => Set<Merge>();
    public DbSet<PatientFact> Facts => Set<PatientFact>();

    /// <summary>The record that stands for this one since they were merged; null when it stands for itself, or is none.</summary>
    public Task<Guid?> SurvivorOf(Guid id, CancellationToken cancellation) =>
        Patients.IgnoreQueryFilters().Where(p => p.Id == id).Select(p => p.MergedInto).FirstOrDefaultAsync(cancellation);

    /// <summary>Whose this code is or ever was. As a set of ids, so that each engine finds it by its indexes: told as one
    /// condition with an <c>OR</c> it would read the whole table.</summary>
    public IQueryable<Guid> HavingCode(string code) =>
        Patients.Where(p => p.FiscalCode == code).Select(p => p.Id).Concat(Identities.Where(i => i.Value == code).Select(i => i.PatientId));

    // A person is read with her few codes and grants: several small collections, one statement. Rows of a record that was
    // merged are looked at only by those who mean to.
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ConfigureWarnings(w => w.Ignore(
            RelationalEventId.MultipleCollectionIncludeWarning, CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));

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
            row.Property(p => p.Address).HasMaxLength(Patient.AddressLength).Encrypted();
            row.Property(p => p.AslCode).HasMaxLength(6).IsUnicode(false);
            row.Property(p => p.DomicileIstat).HasMaxLength(6).IsUnicode(false);
            row.Property(p => p.DomicileAsl).HasMaxLength(6).IsUnicode(false);
            row.Property(p => p.Email).HasMaxLength(Patient.EmailLength).Encrypted();
            row.Property(p => p.Phone).HasMaxLength(Patient.PhoneLength).Encrypted();
            row.Property(p => p.GpCode).HasMaxLength(Doctor.CodeLength).IsUnicode(false);
            row.HasMany(p => p.Assignments).WithOne().HasForeignKey(a => a.PatientId).OnDelete(DeleteBehavior.Restrict);
            row.Navigation(p => p.Assignments).HasField("assignments").UsePropertyAccessMode(PropertyAccessMode.Field);
            row.HasMany(p => p.Identities).WithOne().HasForeignKey(i => i.PatientId).OnDelete(DeleteBehavior.Restrict);
            row.HasMany(p => p.Grants).WithOne().HasForeignKey(g => g.PatientId).OnDelete(DeleteBehavior.Restrict);
            // A summary without them would be another: whoever reads a person whole reads them.
            row.Navigation(p => p.Identities).HasField("identities").UsePropertyAccessMode(PropertyAccessMode.Field).AutoInclude();
            row.Navigation(p => p.Grants).HasField("grants").UsePropertyAccessMode(PropertyAccessMode.Field).AutoInclude();
            // What was merged is in no list, no search and no count.
            row.HasQueryFilter(p => p.MergedInto == null);
            // SQL Server takes a single null in a unique index without the filter.
            row.HasIndex(p => p.FiscalCode).IsUnique().HasFilter("fiscal_code IS NOT NULL");
            row.HasIndex(p => p.BirthDate);
            row.HasIndex(p => new { p.AslCode, p.FamilySearch, p.GivenSearch });
            row.HasIndex(p => new { p.GpCode, p.FamilySearch, p.GivenSearch });
            row.HasIndex(p => new { p.DomicileAsl, p.FamilySearch, p.GivenSearch });
            row.HasIndex(p => p.MergedInto);
            row.HasIndex(p => new { p.AslCode, p.BirthDate });
            row.HasIndex(p => new { p.AslCode, p.FiscalCode });
            row.HasIndex(p => new { p.AslCode, p.GpCode });
        });
        model.Entity<Opening>(row =>
        {
            row.ToTable("openings");
            row.HasKey(o => o.Id);
            row.Property(o => o.Id).ValueGeneratedNever();
            row.Property(o => o.ByName).HasMaxLength(Story.ByNameLength);
            row.Property(o => o.ByRoles).HasMaxLength(Opening.RolesLength);
            row.Property(o => o.Reason).HasMaxLength(Opening.ReasonLength);
            row.Property(o => o.RevokedByName).HasMaxLength(Story.ByNameLength);
            row.HasOne<Patient>().WithMany().HasForeignKey(o => o.PatientId).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(o => o.PatientId);
            row.HasIndex(o => new { o.ById, o.Until });
            row.HasIndex(o => o.At);
        });
        model.Entity<RetentionHold>(row =>
        {
            row.ToTable("retention_holds");
            row.HasKey(h => h.Id);
            row.Property(h => h.Id).ValueGeneratedNever();
            row.Property(h => h.Reason).HasMaxLength(RetentionHold.ReasonLength);
            row.Property(h => h.ByName).HasMaxLength(Story.ByNameLength);
            row.Property(h => h.LiftedByName).HasMaxLength(Story.ByNameLength);
            row.HasOne<Patient>().WithMany().HasForeignKey(h => h.PatientId).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(h => h.PatientId);
            row.HasIndex(h => h.At);
        });
        model.Entity<PersonIdentity>(row =>
        {
            row.ToTable("identities");
            row.HasKey(i => i.Id);
            row.Property(i => i.Id).ValueGeneratedNever();
            row.Property(i => i.Value).HasMaxLength(PersonCode.Length).IsUnicode(false);
            row.HasIndex(i => i.Value).IsUnique();
            row.HasIndex(i => i.PatientId);
        });
        model.Entity<Grant>(row =>
        {
            row.ToTable("grants");
            row.HasKey(g => g.Id);
            row.Property(g => g.Id).ValueGeneratedNever();
            row.Property(g => g.AslCode).HasMaxLength(6).IsUnicode(false);
            row.Property(g => g.FromAsl).HasMaxLength(6).IsUnicode(false);
            row.Property(g => g.Reason).HasMaxLength(Grant.ReasonLength);
            row.Property(g => g.GrantedByName).HasMaxLength(Story.ByNameLength);
            row.Property(g => g.RevokedByName).HasMaxLength(Story.ByNameLength);
            row.Property(g => g.RevokedWhy).HasMaxLength(Grant.ReasonLength);
            row.HasIndex(g => g.PatientId);
            row.HasIndex(g => new { g.AslCode, g.InForce });
            row.HasIndex(g => g.FromAsl);
        });
        model.Entity<GrantRequest>(row =>
        {
            row.ToTable("grant_requests");
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.FiscalCode).HasMaxLength(16).IsUnicode(false);
            row.Property(r => r.AslCode).HasMaxLength(6).IsUnicode(false);
            row.Property(r => r.Reason).HasMaxLength(Grant.ReasonLength);
            row.Property(r => r.AskedByName).HasMaxLength(Story.ByNameLength);
            row.Property(r => r.DecidedByName).HasMaxLength(Story.ByNameLength);
            row.Property(r => r.Why).HasMaxLength(Grant.ReasonLength);
            // Of two who answer at once, one does.
            row.Property(r => r.State).IsConcurrencyToken();
            row.HasOne<Patient>().WithMany().HasForeignKey(r => r.PatientId).OnDelete(DeleteBehavior.Restrict);
            row.HasIndex(r => r.PatientId);
            row.HasIndex(r => new { r.AslCode, r.State });
            row.HasIndex(r => new { r.State, r.ValidTo });
        });
        model.Entity<Tie>(row =>
        {
            row.ToTable("ties");
            row.HasKey(t => t.Id);
            row.Property(t => t.Id).ValueGeneratedNever();
            row.Property(t => t.Document).HasMaxLength(Tie.DocumentLength);
            row.Property(t => t.NotedByName).HasMaxLength(Story.ByNameLength);
            row.HasOne<Patient>().WithMany().HasForeignKey(t => t.PatientId).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<Patient>().WithMany().HasForeignKey(t => t.ProxyPatientId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Merge>(row =>
        {
            row.ToTable("merges");
            row.HasKey(m => m.Id);
            row.Property(m => m.Id).ValueGeneratedNever();
            row.Property(m => m.Reason).HasMaxLength(Merge.ReasonLength);
            row.Property(m => m.ByName).HasMaxLength(Story.ByNameLength);
            // No length on purpose: a whole record and the ids of what went over.
            row.Property(m => m.Before).Encrypted();
            row.HasIndex(m => m.PatientId);
            row.HasIndex(m => m.MergedPatientId).IsUnique();
        });
        model.Entity<PatientFact>(row =>
        {
            row.ToTable("facts");
            row.HasKey(f => f.Id);
            row.Property(f => f.Id).ValueGeneratedNever();
            row.Property(f => f.Arguments).HasMaxLength(PatientFact.ArgumentsLength);
            row.Property(f => f.ByName).HasMaxLength(Story.ByNameLength);
            row.Property(f => f.FromAsl).HasMaxLength(6).IsUnicode(false);
            row.Property(f => f.ToAsl).HasMaxLength(6).IsUnicode(false);
            row.HasIndex(f => new { f.PatientId, f.At });
            row.HasIndex(f => new { f.FromAsl, f.At });
            row.HasIndex(f => new { f.ToAsl, f.At });
        });
        model.Entity<PatientWord>(row =>
        {
            row.ToTable("patient_words");
            row.HasKey(w => new { w.PatientId, w.Word });
            row.Property(w => w.Word).HasMaxLength(Patient.SearchLength).IsUnicode(false);
            row.HasOne<Patient>().WithMany().HasForeignKey(w => w.PatientId).OnDelete(DeleteBehavior.Cascade);
            row.Property(w => w.AslCode).HasMaxLength(6).IsUnicode(false);
            row.HasIndex(w => new { w.Word, w.PatientId });
            row.HasIndex(w => new { w.AslCode, w.Word, w.PatientId });
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
        model.AddImports();
    }
}
