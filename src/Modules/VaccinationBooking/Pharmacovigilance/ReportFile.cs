using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.VaccinationBooking.Pharmacovigilance;

/// <summary>Reports of adverse events that went to the national network together, in a file of an ASL's pharmacovigilance.</summary>
[Shows(FieldClass.Work)]
internal sealed class ReportFile
{
    public static readonly ScopeRule<ReportFile> Scope = new ScopeRule<ReportFile>().By(ScopeKind.Asl, f => f.AslCode);

    /// <summary>Made by the form: sent twice, it is one file.</summary>
    public required Guid Id { get; init; }

    public required string AslCode { get; init; }
    public required DateTime MadeAt { get; init; }
    public required string MadeBy { get; init; }
    public required int Reports { get; init; }
}

internal static class ReportTables
{
    public static void AddReportTables(this ModelBuilder model) => model.Entity<ReportFile>(file =>
    {
        file.ToTable("report_files");
        file.HasKey(f => f.Id);
        file.Property(f => f.Id).ValueGeneratedNever();
        file.Property(f => f.AslCode).HasMaxLength(6);
        file.Property(f => f.MadeBy).HasMaxLength(120);
        file.HasIndex(f => new { f.AslCode, f.MadeAt });
    });
}
