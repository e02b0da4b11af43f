using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Certificates.Collection;

namespace Platform.Certificates.Issuing;

internal static class IssuingTables
{
    public const int ScopeLength = 20;

    public static void AddIssuing(this ModelBuilder model)
    {
        model.Entity<Occasion>(occasion =>
        {
            occasion.ToTable("occasions");
            occasion.HasKey(o => o.Id);
            occasion.Property(o => o.Id).ValueGeneratedNever();
            occasion.Property(o => o.Fact).HasMaxLength(Occasion.FactLength).IsUnicode(false);
            occasion.Property(o => o.Result).HasMaxLength(Occasion.FactLength).IsUnicode(false);
            occasion.Property(o => o.Product).HasMaxLength(Occasion.DetailLength);
            occasion.Property(o => o.Dose).HasMaxLength(Occasion.FactLength).IsUnicode(false);
            occasion.Property(o => o.Place).HasMaxLength(Occasion.PlaceLength);
            occasion.Property(o => o.CentreCode).HasMaxLength(ScopeLength);
            occasion.Property(o => o.WhyRefused).HasMaxLength(Occasion.DetailLength).IsUnicode(false);
            occasion.HasIndex(o => o.PatientId);
            occasion.HasIndex(o => new { o.State, o.DueOn, o.PatientId });
            occasion.HasIndex(o => o.ToldAt);
            occasion.Ignore(o => o.PatientOfRow);
        });
        model.Entity<Certificate>(certificate =>
        {
            certificate.ToTable("certificates");
            certificate.HasKey(c => c.Id);
            certificate.Property(c => c.Id).ValueGeneratedNever();
            certificate.Property(c => c.Uvci).HasMaxLength(Uvci.Length).IsUnicode(false);
            certificate.Property(c => c.Kid).HasMaxLength(Certificate.KidLength).IsUnicode(false);
            certificate.Property(c => c.Hc1).HasMaxLength(Certificate.Hc1Length).Encrypted();
            certificate.Property(c => c.Statement).HasMaxLength(Certificate.StatementLength).Encrypted();
            certificate.Property(c => c.PersonName).HasMaxLength(Certificate.NameLength);
            certificate.Property(c => c.FiscalCode).HasMaxLength(16);
            certificate.Property(c => c.AslCode).HasMaxLength(ScopeLength);
            certificate.Property(c => c.GpCode).HasMaxLength(ScopeLength);
            certificate.Property(c => c.CentreCode).HasMaxLength(ScopeLength);
            certificate.Property(c => c.RevokedBy).HasMaxLength(120);
            certificate.Property(c => c.RevocationNote).HasMaxLength(Certificate.NoteLength);
            certificate.HasIndex(c => c.StandsFor).IsUnique();
            certificate.HasIndex(c => c.Uvci).IsUnique();
            certificate.HasIndex(c => c.OccasionId);
            certificate.HasIndex(c => new { c.PatientId, c.IssuedAt });
            certificate.HasIndex(c => new { c.AslCode, c.IssuedAt });
            certificate.HasIndex(c => new { c.GpCode, c.IssuedAt });
            certificate.HasIndex(c => new { c.CentreCode, c.IssuedAt });
            certificate.HasIndex(c => c.ExpiresAt);
            certificate.Ignore(c => c.PatientOfRow);
            certificate.Ignore(c => c.Says);
        });
        model.Entity<FetchCode>(code =>
        {
            code.ToTable("fetch_codes");
            code.HasKey(c => c.Id);
            code.Property(c => c.Id).ValueGeneratedNever();
            code.Property(c => c.Hash).HasMaxLength(Digest.Length).IsUnicode(false);
            code.Property(c => c.MadeFor).HasMaxLength(FetchCode.MadeForLength);
            code.HasIndex(c => c.Hash).IsUnique();
            code.HasIndex(c => c.PatientId);
            code.HasIndex(c => c.OccasionId);
            code.HasIndex(c => c.ExpiresAt);
            code.Ignore(c => c.PatientOfRow);
        });
        model.HasCollectionAttempts();
    }
}
