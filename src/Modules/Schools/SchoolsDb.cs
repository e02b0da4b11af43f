using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;
using Platform.Schools.Cases;
using Platform.Schools.ClassTests;
using Platform.Schools.Consents;
using Platform.Schools.Letters;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Schools.Reports;
using Platform.Schools.Sentinels;
using Platform.Schools.Standings;

namespace Platform.Schools;

internal sealed class SchoolsDb(DbContextOptions<SchoolsDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "schools";

    public override string Schema => SchemaName;

    public DbSet<School> Schools => Set<School>();
    public DbSet<SchoolClass> Classes => Set<SchoolClass>();
    public DbSet<SchoolLink> Links => Set<SchoolLink>();
    public DbSet<SchoolCase> Cases => Set<SchoolCase>();
    public DbSet<CasePositive> CasePositives => Set<CasePositive>();
    public DbSet<CaseContact> CaseContacts => Set<CaseContact>();
    public DbSet<Decision> Decisions => Set<Decision>();
    public DbSet<PersonMeasure> PersonMeasures => Set<PersonMeasure>();
    public DbSet<ClassStanding> Standings => Set<ClassStanding>();
    public DbSet<ClassTest> ClassTests => Set<ClassTest>();
    public DbSet<TestedPerson> TestedPeople => Set<TestedPerson>();
    public DbSet<FamilyLetter> FamilyLetters => Set<FamilyLetter>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<SentinelRound> Sentinels => Set<SentinelRound>();
    public DbSet<SentinelClass> SentinelClasses => Set<SentinelClass>();
    public DbSet<ClassList> ClassLists => Set<ClassList>();
    public DbSet<ColumnMatch> ColumnMatches => Set<ColumnMatch>();
    public DbSet<SchoolReport> Reports => Set<SchoolReport>();
    public DbSet<ReportContact> ReportContacts => Set<ReportContact>();

    protected override void Tables(ModelBuilder model)
    {
        model.Cases();
        model.Acts();
        model.AddImports();
        Lists(model);
        SchoolReports(model);
        model.Entity<School>(school =>
        {
            school.ToTable("schools");
            school.HasKey(s => s.Code);
            school.Property(s => s.Code).HasMaxLength(School.CodeLength).IsUnicode(false);
            school.Property(s => s.Name).HasMaxLength(School.NameLength);
            school.Property(s => s.SearchName).HasMaxLength(School.NameLength);
            school.Property(s => s.InstituteCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            school.Property(s => s.Address).HasMaxLength(160);
            school.Property(s => s.PostalCode).HasMaxLength(5);
            school.Property(s => s.MunicipalityIstat).HasMaxLength(6);
            school.Property(s => s.AslCode).HasMaxLength(6);
            school.Property(s => s.Email).HasMaxLength(120);
            school.HasIndex(s => s.InstituteCode);
            school.HasIndex(s => new { s.AslCode, s.Name });
        });
        model.Entity<SchoolClass>(of =>
        {
            of.ToTable("classes");
            of.HasKey(c => c.Id);
            of.Property(c => c.SchoolCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            of.Property(c => c.Section).HasMaxLength(SchoolClass.SectionLength);
            of.Property(c => c.Course).HasMaxLength(SchoolClass.CourseLength);
            of.Property(c => c.InstituteCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            of.Property(c => c.AslCode).HasMaxLength(6);
            of.Property(c => c.MunicipalityIstat).HasMaxLength(6);
            of.Ignore(c => c.Name);
            of.HasIndex(c => new { c.SchoolCode, c.Year, c.Grade, c.Section, c.Course }).IsUnique();
            of.HasIndex(c => new { c.AslCode, c.Year });
        });
        model.Entity<SchoolLink>(link =>
        {
            link.ToTable("links");
            link.HasKey(l => l.Id);
            link.Property(l => l.SchoolCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            link.Property(l => l.InstituteCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            link.Property(l => l.AslCode).HasMaxLength(6);
            link.HasIndex(l => l.PatientId);
            link.HasIndex(l => new { l.ClassId, l.Until });
            link.HasIndex(l => new { l.SchoolCode, l.Until });
        });
    }

    private static void Lists(ModelBuilder model)
    {
        model.Entity<ClassList>(list =>
        {
            list.ToTable("class_lists");
            list.HasKey(l => l.Id);
            list.Property(l => l.Id).ValueGeneratedNever();
            list.Property(l => l.SchoolCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            list.Property(l => l.InstituteCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            list.Property(l => l.AslCode).HasMaxLength(6);
            list.Property(l => l.FileName).HasMaxLength(200);
            list.Property(l => l.ReceivedBy).HasMaxLength(160);
            // No length on purpose: the rows of the file, until they are in.
            list.Property(l => l.Payload).Encrypted();
            list.HasIndex(l => new { l.SchoolCode, l.ReceivedAt });
        });
        model.Entity<ColumnMatch>(match =>
        {
            match.ToTable("column_matches");
            match.HasKey(m => new { m.SchoolCode, m.Header });
            match.Property(m => m.SchoolCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            match.Property(m => m.Header).HasMaxLength(ColumnMatch.HeaderLength);
            match.Property(m => m.Field).HasMaxLength(40).IsUnicode(false);
        });
    }

    private static void SchoolReports(ModelBuilder model)
    {
        model.Entity<SchoolReport>(report =>
        {
            report.ToTable("reports");
            report.HasKey(r => r.Id);
            report.Property(r => r.Id).ValueGeneratedNever();
            report.Property(r => r.SchoolCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            report.Property(r => r.InstituteCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            report.Property(r => r.AslCode).HasMaxLength(6);
            report.Property(r => r.ReportedBy).HasMaxLength(160);
            report.Property(r => r.HandledBy).HasMaxLength(160);
            report.HasIndex(r => new { r.AslCode, r.State, r.ReportedAt });
            report.HasIndex(r => new { r.SchoolCode, r.ReportedAt });
            report.HasIndex(r => r.PatientId);
            report.HasMany(r => r.Contacts).WithOne().HasForeignKey(c => c.ReportId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ReportContact>(contact =>
        {
            contact.ToTable("report_contacts");
            contact.HasKey(c => c.Id);
            contact.Property(c => c.Id).ValueGeneratedNever();
            contact.HasIndex(c => c.PatientId);
        });
    }
}
