using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Collection;
using Platform.Referti.Deliveries;
using Platform.Referti.LabMessages;
using Platform.Referti.Positives;
using Platform.Referti.Proposals;
using Platform.Referti.Reports;
using Platform.Referti.TurnAround;
using Platform.Referti.Unmatched;

namespace Platform.Referti;

internal sealed class RefertiDb(DbContextOptions<RefertiDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "referti";

    /// <summary>Ministry codes of ASL and regional codes of doctors.</summary>
    public const int ScopeLength = 20;

    public override string Schema => SchemaName;

    public DbSet<Report> Reports => Set<Report>();
    public DbSet<ReportVersion> Versions => Set<ReportVersion>();
    public DbSet<LabMessage> Messages => Set<LabMessage>();
    public DbSet<UnmatchedReport> Unmatched => Set<UnmatchedReport>();
    public DbSet<ProposedResult> Proposals => Set<ProposedResult>();
    public DbSet<CollectionCode> CollectionCodes => Set<CollectionCode>();
    public DbSet<OpenCitizenSession> CitizenSessions => Set<OpenCitizenSession>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<LetterRun> LetterRuns => Set<LetterRun>();
    public DbSet<Positivity> Positivities => Set<Positivity>();
    public DbSet<SampleTimes> SampleTimes => Set<SampleTimes>();

    protected override void Tables(ModelBuilder model)
    {
        ProposalTables(model);
        CitizenTables(model);
        TimesTables(model);
        PositivesTables(model);
        model.Entity<Report>(report =>
        {
            report.ToTable("reports");
            report.HasKey(r => r.Id);
            report.Property(r => r.Id).ValueGeneratedNever();
            report.Property(r => r.FamilyName).HasMaxLength(Report.NameLength);
            report.Property(r => r.GivenName).HasMaxLength(Report.NameLength);
            report.Property(r => r.FiscalCode).HasMaxLength(16);
            report.Property(r => r.SearchName).HasMaxLength(Report.SearchLength);
            report.Property(r => r.LabCode).HasMaxLength(Report.LabCodeLength);
            report.Property(r => r.AccessionNumber).HasMaxLength(Report.NumberLength);
            report.Property(r => r.FillerNumber).HasMaxLength(Report.NumberLength);
            report.Property(r => r.SampleKey).HasMaxLength(Report.SampleKeyLength);
            report.Property(r => r.AslCode).HasMaxLength(ScopeLength);
            report.Property(r => r.SecondAsl).HasMaxLength(ScopeLength);
            report.Property(r => r.GpCode).HasMaxLength(ScopeLength);
            report.Ignore(r => r.PatientOfRow);
            report.Ignore(r => r.IsAnnulled);
            report.HasMany(r => r.OtherAsls).WithOne().HasForeignKey(a => a.ReportId).OnDelete(DeleteBehavior.Cascade);
            report.HasMany(r => r.Versions).WithOne().HasForeignKey(v => v.ReportId).OnDelete(DeleteBehavior.Restrict);
            report.HasIndex(r => new { r.LabCode, r.SampleKey }).IsUnique();
            report.HasIndex(r => new { r.LabCode, r.FillerNumber });
            report.HasIndex(r => new { r.LabCode, r.IssuedAt });
            report.HasIndex(r => new { r.AslCode, r.IssuedAt });
            report.HasIndex(r => new { r.GpCode, r.IssuedAt });
            report.HasIndex(r => new { r.RequestedBy, r.IssuedAt });
            report.HasIndex(r => r.PatientId);
            report.HasIndex(r => r.RequestId);
            report.HasIndex(r => new { r.LabCode, r.SearchName });
            report.HasIndex(r => new { r.AslCode, r.SearchName });
            report.HasIndex(r => new { r.LabCode, r.Result, r.IssuedAt });
            report.HasIndex(r => new { r.AslCode, r.Result, r.IssuedAt });
            report.HasIndex(r => new { r.SecondAsl, r.IssuedAt }).HasFilter("second_asl IS NOT NULL");
            report.HasIndex(r => new { r.SecondAsl, r.SearchName }).HasFilter("second_asl IS NOT NULL");
            report.HasIndex(r => new { r.SecondAsl, r.Result, r.IssuedAt }).HasFilter("second_asl IS NOT NULL");
            report.HasIndex(r => r.AccessionNumber);
            report.HasIndex(r => r.FiscalCode);
        });
        model.Entity<ReportAsl>(asl =>
        {
            asl.ToTable("report_asls");
            asl.HasKey(a => new { a.ReportId, a.AslCode });
            asl.Property(a => a.AslCode).HasMaxLength(6).IsUnicode(false);
            asl.HasIndex(a => new { a.AslCode, a.ReportId });
        });
        model.Entity<ReportVersion>(version =>
        {
            version.ToTable("report_versions");
            version.HasKey(v => v.Id);
            version.Property(v => v.Id).ValueGeneratedNever();
            version.Property(v => v.Device).HasMaxLength(Hl7.CommonList.NumberLength);
            version.Property(v => v.TestCode).HasMaxLength(ReportVersion.CodeLength);
            version.Property(v => v.OriginalCode).HasMaxLength(ReportVersion.CodeLength);
            version.Property(v => v.OriginalText).HasMaxLength(ReportVersion.TextLength);
            version.Property(v => v.SpecimenCode).HasMaxLength(ReportVersion.CodeLength);
            version.Property(v => v.SpecimenText).HasMaxLength(ReportVersion.TextLength);
            version.Property(v => v.Details).HasMaxLength(ReportVersion.DetailsLength);
            version.Property(v => v.Note).HasMaxLength(ReportVersion.NoteLength);
            version.Property(v => v.FamilyName).HasMaxLength(Report.NameLength);
            version.Property(v => v.GivenName).HasMaxLength(Report.NameLength);
            version.Property(v => v.FiscalCode).HasMaxLength(16);
            version.Property(v => v.AuthorName).HasMaxLength(Report.NameLength);
            version.Property(v => v.EnteredByName).HasMaxLength(Report.NameLength);
            version.Property(v => v.Reason).HasMaxLength(ReportVersion.ReasonLength);
            version.Property(v => v.VerificationCode).HasMaxLength(ReportVersion.VerificationCodeLength);
            version.Ignore(v => v.PatientOfRow);
            version.HasIndex(v => new { v.ReportId, v.Number }).IsUnique();
            version.HasIndex(v => v.VerificationCode).IsUnique();
            version.HasIndex(v => v.SourceMessageId);
        });
        model.Entity<LabMessage>(message =>
        {
            message.ToTable("lab_messages");
            message.HasKey(m => m.Id);
            message.Property(m => m.Id).ValueGeneratedNever();
            message.Property(m => m.LabCode).HasMaxLength(Report.LabCodeLength);
            message.Property(m => m.LabAsl).HasMaxLength(ScopeLength);
            message.Property(m => m.ControlId).HasMaxLength(LabMessage.ControlIdLength);
            message.Property(m => m.ContentHash).HasMaxLength(Digest.Length);
            // No length on purpose: the message as it came, and what was read from it, are kept whole.
            message.Property(m => m.Raw);
            message.Property(m => m.Reading);
            message.Property(m => m.Outcomes);
            message.HasIndex(m => new { m.LabCode, m.ControlId, m.ContentHash }).IsUnique();
            message.HasIndex(m => new { m.State, m.TryAgainAt });
            message.HasIndex(m => new { m.LabCode, m.ReceivedAt });
            message.HasIndex(m => new { m.LabAsl, m.ReceivedAt });
        });
        model.AddImports();
        model.Entity<UnmatchedReport>(unmatched =>
        {
            unmatched.ToTable("unmatched_reports");
            unmatched.HasKey(u => u.Id);
            unmatched.Property(u => u.Id).ValueGeneratedNever();
            unmatched.Property(u => u.LabCode).HasMaxLength(Report.LabCodeLength);
            unmatched.Property(u => u.LabAsl).HasMaxLength(ScopeLength);
            unmatched.Property(u => u.ReasonCode).HasMaxLength(WaitingReason.CodeLength);
            unmatched.Property(u => u.Reading);
            unmatched.Property(u => u.FiscalCode).HasMaxLength(16);
            unmatched.Property(u => u.SearchName).HasMaxLength(Report.SearchLength);
            unmatched.Property(u => u.Numbers).HasMaxLength(UnmatchedReport.NumbersLength);
            unmatched.Property(u => u.DecidedByName).HasMaxLength(Report.NameLength);
            unmatched.Property(u => u.Note).HasMaxLength(ReportVersion.ReasonLength);
            unmatched.Ignore(u => u.PatientOfRow);
            unmatched.HasOne<LabMessage>().WithMany().HasForeignKey(u => u.MessageId).OnDelete(DeleteBehavior.Restrict);
            unmatched.HasIndex(u => new { u.MessageId, u.ResultIndex }).IsUnique();
            unmatched.HasIndex(u => new { u.LabCode, u.State, u.ReceivedAt });
            unmatched.HasIndex(u => new { u.LabAsl, u.State, u.ReceivedAt });
            unmatched.HasIndex(u => new { u.State, u.FiscalCode });
            unmatched.HasIndex(u => new { u.LabCode, u.State, u.ReasonCode });
        });
    }

    private static void ProposalTables(ModelBuilder model) => model.Entity<ProposedResult>(proposal =>
    {
        proposal.ToTable("proposed_results");
        proposal.HasKey(p => p.Id);
        proposal.Property(p => p.Id).ValueGeneratedNever();
        proposal.Property(p => p.LabCode).HasMaxLength(Report.LabCodeLength);
        proposal.Property(p => p.FamilyName).HasMaxLength(Report.NameLength);
        proposal.Property(p => p.GivenName).HasMaxLength(Report.NameLength);
        proposal.Property(p => p.FiscalCode).HasMaxLength(16);
        proposal.Property(p => p.AccessionNumber).HasMaxLength(Report.NumberLength);
        proposal.Property(p => p.Details).HasMaxLength(ReportVersion.DetailsLength);
        proposal.Property(p => p.Note).HasMaxLength(ReportVersion.NoteLength);
        proposal.Property(p => p.Reason).HasMaxLength(ReportVersion.ReasonLength);
        proposal.Property(p => p.ProposedByName).HasMaxLength(Report.NameLength);
        proposal.Property(p => p.DecidedByName).HasMaxLength(Report.NameLength);
        proposal.Property(p => p.Why).HasMaxLength(ReportVersion.ReasonLength);
        proposal.Property(p => p.OpenKey).HasMaxLength(ProposedResult.OpenKeyLength);
        proposal.Ignore(p => p.PatientOfRow);
        proposal.HasIndex(p => p.OpenKey).IsUnique();
        proposal.HasIndex(p => new { p.LabCode, p.State, p.ProposedAt });
        proposal.HasIndex(p => p.RequestId);
        proposal.HasIndex(p => p.PatientId);
    });

    private static void CitizenTables(ModelBuilder model)
    {
        model.Entity<CollectionCode>(code =>
        {
            code.ToTable("collection_codes");
            code.HasKey(c => c.Id);
            code.Property(c => c.Id).ValueGeneratedNever();
            code.Property(c => c.Hash).HasMaxLength(Digest.Length);
            code.Property(c => c.MadeFor).HasMaxLength(CollectionCode.MadeForLength);
            code.Ignore(c => c.PatientOfRow);
            code.HasIndex(c => c.Hash).IsUnique();
            code.HasIndex(c => c.PatientId);
            code.HasIndex(c => c.ExpiresAt);
        });
        model.HasCollectionAttempts();
        model.Entity<OpenCitizenSession>(session =>
        {
            session.ToTable("citizen_sessions");
            session.HasKey(s => s.Id);
            session.Property(s => s.Id).ValueGeneratedNever();
            session.HasIndex(s => s.OpenedAt);
        });
        model.Entity<Delivery>(delivery =>
        {
            delivery.ToTable("deliveries");
            delivery.HasKey(d => d.Id);
            delivery.Property(d => d.Id).ValueGeneratedNever();
            delivery.Property(d => d.AslCode).HasMaxLength(ScopeLength);
            delivery.Property(d => d.Recipient).HasMaxLength(Delivery.RecipientLength);
            delivery.Property(d => d.Error).HasMaxLength(Delivery.ErrorLength);
            delivery.Ignore(d => d.PatientOfRow);
            delivery.HasIndex(d => d.ReportId);
            delivery.HasIndex(d => d.PatientId);
            delivery.HasIndex(d => d.MailId);
            delivery.HasIndex(d => d.RunId);
            delivery.HasIndex(d => new { d.AslCode, d.State, d.CreatedAt });
        });
        model.Entity<LetterRun>(run =>
        {
            run.ToTable("letter_runs");
            run.HasKey(r => r.Id);
            run.Property(r => r.Id).ValueGeneratedNever();
            run.Property(r => r.AslCode).HasMaxLength(ScopeLength);
            run.Property(r => r.ByName).HasMaxLength(Report.NameLength);
            run.HasIndex(r => new { r.AslCode, r.At });
        });
    }

    private static void PositivesTables(ModelBuilder model) => model.Entity<Positivity>(row =>
    {
        row.ToTable("positivities");
        row.HasKey(p => p.Id);
        row.Property(p => p.Id).ValueGeneratedNever();
        row.Property(p => p.FamilyName).HasMaxLength(Report.NameLength);
        row.Property(p => p.GivenName).HasMaxLength(Report.NameLength);
        row.Property(p => p.SearchName).HasMaxLength(Report.SearchLength);
        row.Property(p => p.FiscalCode).HasMaxLength(16).IsUnicode(false);
        row.Property(p => p.Address).HasMaxLength(Positivity.AddressLength).Encrypted();
        row.Property(p => p.ResidenceIstat).HasMaxLength(6).IsUnicode(false);
        row.Property(p => p.ResidenceProvince).HasMaxLength(2).IsUnicode(false);
        row.Property(p => p.DomicileIstat).HasMaxLength(6).IsUnicode(false);
        row.Property(p => p.DomicileProvince).HasMaxLength(2).IsUnicode(false);
        row.Ignore(p => p.PatientOfRow);
        row.HasIndex(p => p.PatientId);
        row.HasIndex(p => new { p.ResidenceIstat, p.EndedOn, p.SearchName });
        row.HasIndex(p => new { p.DomicileIstat, p.EndedOn, p.SearchName }).HasFilter("domicile_istat IS NOT NULL");
        row.HasIndex(p => new { p.ResidenceProvince, p.EndedOn, p.SearchName });
        row.HasIndex(p => new { p.DomicileProvince, p.EndedOn, p.SearchName }).HasFilter("domicile_province IS NOT NULL");
        row.HasIndex(p => p.Since);
    });

    private static void TimesTables(ModelBuilder model) => model.Entity<SampleTimes>(times =>
    {
        times.ToTable("sample_times");
        times.HasKey(t => t.Id);
        times.Property(t => t.Id).ValueGeneratedNever();
        times.Property(t => t.LabCode).HasMaxLength(Report.LabCodeLength);
        times.Property(t => t.LabAsl).HasMaxLength(ScopeLength);
        times.HasIndex(t => new { t.LabCode, t.ReleasedAt });
        times.HasIndex(t => new { t.LabAsl, t.ReleasedAt });
        times.HasIndex(t => t.ReleasedAt);
    });
}
