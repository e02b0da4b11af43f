using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Schools.ClassTests;
using Platform.Schools.Consents;
using Platform.Schools.Letters;
using Platform.Schools.People;
using Platform.Schools.Register;
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
    public DbSet<ClassStanding> Standings => Set<ClassStanding>();
    public DbSet<StandingPerson> StandingPeople => Set<StandingPerson>();
    public DbSet<ClassTest> ClassTests => Set<ClassTest>();
    public DbSet<TestedPerson> TestedPeople => Set<TestedPerson>();
    public DbSet<FamilyLetter> FamilyLetters => Set<FamilyLetter>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<SentinelRound> Sentinels => Set<SentinelRound>();
    public DbSet<SentinelClass> SentinelClasses => Set<SentinelClass>();

    protected override void Tables(ModelBuilder model)
    {
        model.Acts();
        model.Entity<School>(school =>
        {
            school.ToTable("schools");
            school.HasKey(s => s.Code);
            school.Property(s => s.Code).HasMaxLength(School.CodeLength).IsUnicode(false);
            school.Property(s => s.Name).HasMaxLength(School.NameLength);
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
}
