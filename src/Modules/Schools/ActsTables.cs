using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.Schools.ClassTests;
using Platform.Schools.Consents;
using Platform.Schools.Letters;
using Platform.Schools.Register;
using Platform.Schools.Sentinels;
using Platform.Schools.Standings;

namespace Platform.Schools;

/// <summary>What follows from decisions.</summary>
internal static class ActsTables
{
    public static void Acts(this ModelBuilder model)
    {
        model.Entity<ClassStanding>(standing =>
        {
            standing.ToTable("class_standings");
            standing.HasKey(s => s.Id);
            standing.Property(s => s.Id).ValueGeneratedNever();
            standing.Property(s => s.ClassName).HasMaxLength(SchoolClass.SectionLength + SchoolClass.CourseLength + 4);
            standing.Property(s => s.SchoolCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            standing.Property(s => s.SchoolName).HasMaxLength(School.NameLength);
            standing.Property(s => s.InstituteCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            standing.Property(s => s.AslCode).HasMaxLength(6);
            standing.Property(s => s.MunicipalityIstat).HasMaxLength(6);
            standing.Ignore(s => s.Stands).Ignore(s => s.LastDay);
            standing.HasIndex(s => new { s.SchoolCode, s.From });
            standing.HasIndex(s => new { s.InstituteCode, s.From });
            standing.HasIndex(s => new { s.AslCode, s.From });
            standing.HasIndex(s => new { s.End, s.Until });
            standing.HasIndex(s => s.CaseId);
        });
        model.Entity<ClassTest>(test =>
        {
            test.ToTable("class_tests");
            test.HasKey(t => t.Id);
            test.Property(t => t.Id).ValueGeneratedNever();
            test.Property(t => t.Test).HasMaxLength(ClassTest.CodeLength).IsUnicode(false);
            test.Property(t => t.AslCode).HasMaxLength(6);
            test.Property(t => t.Hotspot).HasMaxLength(20);
            test.Property(t => t.Place).HasMaxLength(200);
            test.Property(t => t.AskedBy).HasMaxLength(ClassStanding.PersonLength);
            test.Ignore(t => t.Where);
            test.HasIndex(t => new { t.StandingId, t.Test }).IsUnique();
        });
        model.Entity<TestedPerson>(person =>
        {
            person.ToTable("tested_people");
            person.HasKey(p => p.Id);
            person.Property(p => p.Id).ValueGeneratedNever();
            person.Property(p => p.Test).HasMaxLength(ClassTest.CodeLength).IsUnicode(false);
            person.Property(p => p.Place).HasMaxLength(200);
            person.HasIndex(p => p.TestId);
            person.HasIndex(p => p.StandingId);
            person.HasIndex(p => new { p.PatientId, p.ResultAt });
            person.HasIndex(p => p.RequestId);
            person.HasIndex(p => p.FoundBy);
        });
        model.Entity<FamilyLetter>(letter =>
        {
            letter.ToTable("family_letters");
            letter.HasKey(l => l.Id);
            letter.Property(l => l.Id).ValueGeneratedNever();
            letter.Property(l => l.AslCode).HasMaxLength(6);
            letter.Property(l => l.ClassName).HasMaxLength(SchoolClass.SectionLength + SchoolClass.CourseLength + 4);
            letter.Property(l => l.SchoolName).HasMaxLength(School.NameLength);
            letter.HasIndex(l => new { l.StandingId, l.Kind });
            letter.HasIndex(l => l.PatientId);
            letter.HasIndex(l => l.WrittenAt);
        });
        model.Entity<Consent>(consent =>
        {
            consent.ToTable("consents");
            consent.HasKey(c => c.Id);
            consent.Property(c => c.Id).ValueGeneratedNever();
            consent.Property(c => c.ClassName).HasMaxLength(SchoolClass.SectionLength + SchoolClass.CourseLength + 4);
            consent.Property(c => c.SchoolCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            consent.Property(c => c.SchoolName).HasMaxLength(School.NameLength);
            consent.Property(c => c.AslCode).HasMaxLength(6);
            consent.Property(c => c.AnsweredBy).HasMaxLength(Consent.ByLength);
            consent.HasIndex(c => new { c.OccasionId, c.ClassId });
            consent.HasIndex(c => c.PatientId);
            consent.HasIndex(c => new { c.Answer, c.Due });
            consent.HasIndex(c => c.Day);
        });
        model.Entity<SentinelRound>(round =>
        {
            round.ToTable("sentinel_rounds");
            round.HasKey(r => r.Id);
            round.Property(r => r.Id).ValueGeneratedNever();
            round.Property(r => r.Name).HasMaxLength(SentinelRound.NameLength);
            round.Property(r => r.AslCode).HasMaxLength(6);
            round.Property(r => r.Seed).HasMaxLength(SentinelRound.SeedLength);
            round.Property(r => r.DrawnBy).HasMaxLength(ClassStanding.PersonLength);
            round.HasIndex(r => new { r.AslCode, r.Day });
        });
        model.Entity<SentinelClass>(of =>
        {
            of.ToTable("sentinel_classes");
            of.HasKey(c => new { c.RoundId, c.ClassId });
            of.Property(c => c.ClassName).HasMaxLength(SchoolClass.SectionLength + SchoolClass.CourseLength + 4);
            of.Property(c => c.SchoolCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            of.Property(c => c.SchoolName).HasMaxLength(School.NameLength);
        });
    }
}
