using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Schools.Register;

namespace Platform.Schools.Cases;

internal static class CaseTables
{
    public static void Cases(this ModelBuilder model)
    {
        model.Entity<SchoolCase>(of =>
        {
            of.ToTable("cases");
            of.HasKey(c => c.Id);
            of.Property(c => c.Id).ValueGeneratedNever();
            of.Property(c => c.ClassName).HasMaxLength(SchoolCase.ClassNameLength);
            of.Property(c => c.SchoolCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            of.Property(c => c.SchoolName).HasMaxLength(School.NameLength);
            of.Property(c => c.InstituteCode).HasMaxLength(School.CodeLength).IsUnicode(false);
            of.Property(c => c.AslCode).HasMaxLength(6);
            of.Property(c => c.MunicipalityIstat).HasMaxLength(6);
            of.Ignore(c => c.Standing);
            of.HasIndex(c => new { c.AslCode, c.State, c.OpenedAt });
            of.HasIndex(c => new { c.ClassId, c.State });
            of.HasMany(c => c.Positives).WithOne().HasForeignKey(p => p.CaseId).OnDelete(DeleteBehavior.Cascade);
            of.HasMany(c => c.Contacts).WithOne().HasForeignKey(p => p.CaseId).OnDelete(DeleteBehavior.Cascade);
            of.HasMany(c => c.Decisions).WithOne().HasForeignKey(p => p.CaseId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<CasePositive>(positive =>
        {
            positive.ToTable("case_positives");
            positive.HasKey(p => p.Id);
            positive.Property(p => p.Id).ValueGeneratedNever();
            positive.HasIndex(p => p.CaseId);
            positive.HasIndex(p => p.PatientId);
            positive.HasIndex(p => p.SourceId);
            positive.HasIndex(p => new { p.ClassId, p.SampledOn });
        });
        model.Entity<CaseContact>(contact =>
        {
            contact.ToTable("case_contacts");
            contact.HasKey(c => c.Id);
            contact.Property(c => c.Id).ValueGeneratedNever();
            contact.HasIndex(c => c.CaseId);
            contact.HasIndex(c => c.PatientId);
        });
        model.Entity<Decision>(decision =>
        {
            decision.ToTable("decisions");
            decision.HasKey(d => d.Id);
            decision.Property(d => d.Id).ValueGeneratedNever();
            decision.Property(d => d.RuleSet).HasMaxLength(20).IsUnicode(false);
            decision.Property(d => d.Reason).HasMaxLength(Decision.ReasonLength);
            decision.Property(d => d.DecidedBy).HasMaxLength(160);
            decision.HasIndex(d => new { d.CaseId, d.Number }).IsUnique();
            decision.HasMany(d => d.People).WithOne().HasForeignKey(p => p.DecisionId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<PersonMeasure>(person =>
        {
            person.ToTable("person_measures");
            person.HasKey(p => p.Id);
            person.Property(p => p.Id).ValueGeneratedNever();
            person.Property(p => p.Tests).HasMaxLength(PersonMeasure.TestsLength).IsUnicode(false);
            person.Property(p => p.Reason).HasMaxLength(Decision.ReasonLength).Encrypted();
            person.Ignore(p => p.AtHome).Ignore(p => p.Wanted);
            person.HasIndex(p => p.DecisionId);
            person.HasIndex(p => p.PatientId);
        });
    }
}
