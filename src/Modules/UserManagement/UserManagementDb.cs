using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.AccessLinks;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Alarms;
using Platform.UserManagement.ApiClients;
using Platform.UserManagement.AuditLog;
using Platform.UserManagement.Extractions;
using Platform.UserManagement.Passkeys;
using Platform.UserManagement.SecondFactor;
using Platform.UserManagement.Sessions;
using Platform.UserManagement.UsedTokens;

namespace Platform.UserManagement;

internal sealed class UserManagementDb(DbContextOptions<UserManagementDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "users";

    public override string Schema => SchemaName;

    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<AssignmentRow> Assignments => Set<AssignmentRow>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<AccessLink> AccessLinks => Set<AccessLink>();
    public DbSet<Passkey> Passkeys => Set<Passkey>();
    public DbSet<ToldAlarm> ToldAlarms => Set<ToldAlarm>();
    public DbSet<UsedToken> UsedTokens => Set<UsedToken>();
    public DbSet<OpenSession> Sessions => Set<OpenSession>();
    public DbSet<SignInRow> SignIns => Set<SignInRow>();
    public DbSet<ApiClient> ApiClients => Set<ApiClient>();
    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();
    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();
    public DbSet<LineRow> LineRows => Set<LineRow>();
    public DbSet<AuditActor> AuditActors => Set<AuditActor>();

    /// <summary>The log in words.</summary>
    public IQueryable<AuditLine> AuditLines => LineRows.AsNoTracking().InWords(this);
    public DbSet<MergedPatient> MergedPatients => Set<MergedPatient>();
    public DbSet<ArchivedLines> ArchivedLines => Set<ArchivedLines>();
    public DbSet<Extraction> Extractions => Set<Extraction>();
    public DbSet<ExtractionPart> ExtractionParts => Set<ExtractionPart>();
    public DbSet<ProjectKey> ProjectKeys => Set<ProjectKey>();
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>Leaves a line in the audit for each account whose access this changes.</summary>
    public void Note(string what, params IEnumerable<Guid> accounts) => Audit("write", what, [], accounts: accounts);

    protected override void Tables(ModelBuilder model)
    {
        model.AddImports();
        model.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.HasKey(a => a.Id);
            account.Property(a => a.Id).ValueGeneratedNever();
            account.Property(a => a.UserName).HasMaxLength(Account.UserNameLength).IsRequired();
            account.Property(a => a.NormalizedUserName).HasMaxLength(Account.UserNameLength).IsRequired();
            account.Property(a => a.Email).HasMaxLength(Account.EmailLength).IsRequired();
            account.Property(a => a.NormalizedEmail).HasMaxLength(Account.EmailLength).IsRequired();
            account.Property(a => a.PasswordHash).HasMaxLength(200);
            account.Property(a => a.SecurityStamp).HasMaxLength(64);
            account.Property(a => a.ConcurrencyStamp).HasMaxLength(64).IsConcurrencyToken();
            account.Property(a => a.PhoneNumber).HasMaxLength(30);
            account.Property(a => a.DisplayName).HasMaxLength(Account.DisplayNameLength);
            account.Property(a => a.SearchName).HasMaxLength(Account.SearchNameLength);
            account.Property(a => a.Language).HasMaxLength(2);
            account.Property(a => a.TotpSecret).HasMaxLength(Account.TotpSecretLength).Encrypted();
            // As an instant in UTC: SQLite cannot compare offsets.
            account.Property(a => a.LockoutEnd).HasConversion(
                v => v!.Value.UtcDateTime, v => new DateTimeOffset(DateTime.SpecifyKind(v, DateTimeKind.Utc)));
            account.HasIndex(a => a.NormalizedUserName).IsUnique();
            account.HasIndex(a => a.NormalizedEmail).IsUnique();
            account.HasIndex(a => a.SearchName);
            account.Property(a => a.FiscalCode).HasMaxLength(Account.FiscalCodeLength).IsUnicode(false);
            account.HasIndex(a => a.FiscalCode).IsUnique().HasFilter("fiscal_code IS NOT NULL");
            account.HasMany(a => a.Assignments).WithOne().HasForeignKey(a => a.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<AssignmentRow>(row =>
        {
            row.ToTable("assignments");
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.ScopeCode).HasMaxLength(AssignmentRow.ScopeCodeLength);
            // Of two who decide at once, one does.
            row.Property(r => r.State).IsConcurrencyToken();
            row.HasIndex(r => r.AccountId);
            row.HasIndex(r => r.DelegatedBy);
            row.HasIndex(r => new { r.State, r.ValidTo });
            row.HasIndex(r => new { r.ScopeKind, r.ScopeCode });
        });
        model.Entity<RecoveryCode>(code =>
        {
            code.ToTable("recovery_codes");
            code.HasKey(r => r.Id);
            code.Property(r => r.Id).ValueGeneratedNever();
            code.Property(r => r.Hash).HasMaxLength(Digest.Length);
            code.HasIndex(r => new { r.AccountId, r.Hash }).IsUnique();
            code.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<AccessLink>(link =>
        {
            link.ToTable("access_links");
            link.HasKey(l => l.Id);
            link.Property(l => l.Id).ValueGeneratedNever();
            link.Property(l => l.TokenHash).HasMaxLength(Digest.Length);
            link.Property(l => l.Email).HasMaxLength(Account.EmailLength).Encrypted();
            link.HasIndex(l => l.TokenHash).IsUnique();
            link.HasIndex(l => l.AccountId);
            link.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<Passkey>(key =>
        {
            key.ToTable("passkeys");
            key.HasKey(p => p.Id);
            key.Property(p => p.Id).ValueGeneratedNever();
            key.Property(p => p.CredentialId).HasMaxLength(Passkey.CredentialLength);
            key.Property(p => p.CredentialHash).HasMaxLength(Digest.Length);
            key.Property(p => p.PublicKey).HasMaxLength(Passkey.PublicKeyLength);
            key.Property(p => p.Name).HasMaxLength(Passkey.NameLength);
            key.Property(p => p.Transports).HasMaxLength(Passkey.TransportsLength);
            key.HasIndex(p => p.CredentialHash).IsUnique();
            key.HasIndex(p => p.AccountId);
            key.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ToldAlarm>(alarm =>
        {
            alarm.ToTable("told_alarms");
            alarm.HasKey(a => a.Code);
            alarm.Property(a => a.Code).HasMaxLength(ToldAlarm.CodeLength);
        });
        model.Entity<UsedToken>(token =>
        {
            token.ToTable("used_tokens");
            token.HasKey(t => t.Key);
            token.Property(t => t.Key).HasMaxLength(Digest.Length);
            token.HasIndex(t => t.ExpiresAt);
        });
        model.Entity<SignInRow>(row =>
        {
            row.ToTable("sign_ins");
            row.HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Address).HasMaxLength(SignInRow.AddressLength);
            row.HasIndex(r => new { r.AccountId, r.At });
            row.HasIndex(r => r.At);
        });
        model.Entity<OpenSession>(row =>
        {
            row.ToTable("sessions");
            row.HasKey(s => s.Id);
            row.Property(s => s.Id).ValueGeneratedNever();
            row.Property(s => s.Stamp).HasMaxLength(64);
            row.Property(s => s.Address).HasMaxLength(SignInRow.AddressLength);
            row.Property(s => s.Browser).HasMaxLength(OpenSession.BrowserLength);
            row.HasIndex(s => new { s.AccountId, s.SeenAt });
            row.HasIndex(s => s.SeenAt);
            row.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ApiClient>(client =>
        {
            client.ToTable("api_clients");
            client.HasKey(c => c.Id);
            client.Property(c => c.Id).ValueGeneratedNever();
            client.Property(c => c.Name).HasMaxLength(ApiClient.NameLength);
            client.HasIndex(c => c.Name).IsUnique();
            client.HasMany(c => c.Scopes).WithOne().HasForeignKey(s => s.ClientId).OnDelete(DeleteBehavior.Cascade);
            client.Ignore(c => c.Assignments);
            // A client without its scopes would be of nobody.
            client.Navigation(c => c.Scopes).AutoInclude();
            client.HasMany(c => c.Keys).WithOne().HasForeignKey(k => k.ClientId).OnDelete(DeleteBehavior.Cascade);
            client.HasMany(c => c.SigningKeys).WithOne().HasForeignKey(k => k.ClientId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ClientScope>(scope =>
        {
            scope.ToTable("api_client_scopes");
            scope.HasKey(s => new { s.ClientId, s.Kind, s.Code });
            scope.Property(s => s.Code).HasMaxLength(AssignmentRow.ScopeCodeLength);
            scope.HasIndex(s => new { s.Kind, s.Code });
        });
        model.Entity<ApiKeyRow>(key =>
        {
            key.ToTable("api_keys");
            key.HasKey(k => k.Id);
            key.Property(k => k.Id).ValueGeneratedNever();
            key.Property(k => k.Prefix).HasMaxLength(ApiKey.PrefixLength);
            key.Property(k => k.Hash).HasMaxLength(Digest.Length);
            key.HasIndex(k => k.Prefix);
            key.HasIndex(k => k.ClientId);
        });
        model.Entity<SigningKey>(key =>
        {
            key.ToTable("signing_keys");
            key.HasKey(k => k.Id);
            key.Property(k => k.Id).ValueGeneratedNever();
            key.Property(k => k.Kid).HasMaxLength(SigningKey.KidLength);
            key.Property(k => k.Pem).HasMaxLength(SigningKey.PemLength);
            key.HasIndex(k => k.Kid).IsUnique();
            key.HasIndex(k => k.ClientId);
        });
        model.Entity<LineRow>(line =>
        {
            line.ToTable("audit_lines");
            // By time, which the months of PostgreSQL part it by (AuditMonths): its newest lines, and those of a day, are a piece of the key.
            line.HasKey(l => new { l.At, l.Sequence });
            line.Property(l => l.Sequence).ValueGeneratedNever();
            line.Property(l => l.Hash).HasMaxLength(AuditLine.HashLength);
            line.HasIndex(l => new { l.SubjectId, l.At });
            line.HasIndex(l => new { l.Actor, l.At });
            // In the order in which they are written: on PostgreSQL a summary of the pages does, a thousandth of a tree.
            line.HasIndex(l => l.Sequence).HasAnnotation("Npgsql:IndexMethod", "brin").HasAnnotation("Npgsql:StorageParameter:autosummarize", true);
        });
        model.Entity<AuditActor>(actor =>
        {
            Term(actor, "audit_actors");
            actor.Property(a => a.Name).HasMaxLength(AuditActor.NameLength);
            actor.HasIndex(a => a.ActorId);
            actor.HasIndex(a => a.Name);
        });
        model.Entity<AuditGuise>(guise =>
        {
            Term(guise, "audit_guises");
            guise.Property(g => g.ActingAs).HasMaxLength(AuditGuise.ActingAsLength).IsUnicode(false);
            guise.Property(g => g.Address).HasMaxLength(SignInRow.AddressLength);
            guise.Property(g => g.Why).HasMaxLength(AuditGuise.WhyLength);
        });
        model.Entity<AuditAct>(act =>
        {
            Term(act, "audit_acts");
            act.Property(a => a.Action).HasMaxLength(AuditAct.ActionLength);
            act.Property(a => a.What).HasMaxLength(AuditAct.WhatLength);
            act.Property(a => a.Fields).HasMaxLength(AuditAct.FieldsLength).IsUnicode(false);
        });
        model.Entity<MergedPatient>(merged =>
        {
            merged.ToTable("merged_patients");
            merged.HasKey(m => m.MergedPatientId);
            merged.Property(m => m.MergedPatientId).ValueGeneratedNever();
            merged.HasIndex(m => m.PatientId);
        });
        model.Entity<AuditHead>(head =>
        {
            head.ToTable("audit_head");
            head.HasKey(h => h.Id);
            head.Property(h => h.Id).ValueGeneratedNever();
            head.Property(h => h.Hash).HasMaxLength(AuditLine.HashLength);
        });
        model.Entity<Extraction>(extraction =>
        {
            extraction.ToTable("extractions");
            extraction.HasKey(e => e.Id);
            extraction.Property(e => e.Id).ValueGeneratedNever();
            extraction.Property(e => e.AskedByName).HasMaxLength(Extraction.NameLength);
            extraction.Property(e => e.Purpose).HasMaxLength(Extraction.PurposeLength);
            extraction.Property(e => e.Kinds).HasMaxLength(Extraction.KindsLength);
            extraction.Property(e => e.Project).HasMaxLength(Extraction.ProjectLength);
            extraction.Property(e => e.DecidedByName).HasMaxLength(Extraction.NameLength);
            extraction.Property(e => e.Why).HasMaxLength(Extraction.WhyLength);
            extraction.HasIndex(e => new { e.AskedById, e.AskedAt });
            extraction.HasIndex(e => new { e.State, e.ExpiresAt });
        });
        model.Entity<ExtractionPart>(part =>
        {
            part.ToTable("extraction_parts");
            part.HasKey(p => new { p.ExtractionId, p.Number });
            // No length on purpose: a megabyte and what encrypts it.
            part.Property(p => p.Content);
            part.HasOne<Extraction>().WithMany().HasForeignKey(p => p.ExtractionId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ProjectKey>(key =>
        {
            key.ToTable("extraction_keys");
            key.HasKey(k => k.Project);
            key.Property(k => k.Project).HasMaxLength(Extraction.ProjectLength);
            key.Property(k => k.Key).HasMaxLength(ProjectKey.KeyLength);
            key.Property(k => k.AllowedBy).HasMaxLength(Extraction.NameLength);
        });
        model.Entity<ArchivedLines>(piece =>
        {
            piece.ToTable("audit_archived");
            piece.HasKey(p => p.Id);
            piece.Property(p => p.Id).ValueGeneratedNever();
            piece.Property(p => p.PreviousHash).HasMaxLength(AuditLine.HashLength);
            piece.Property(p => p.Hash).HasMaxLength(AuditLine.HashLength);
            piece.Property(p => p.File).HasMaxLength(AuditLog.ArchivedLines.FileLength);
            piece.Property(p => p.FileHash).HasMaxLength(Digest.Length);
            piece.HasIndex(p => p.FromSequence);
        });
        model.Entity<ProtectionKey>(key =>
        {
            key.ToTable("protection_keys");
            key.HasKey(k => k.Id);
            key.Property(k => k.Id).ValueGeneratedNever();
            key.Property(k => k.Name).HasMaxLength(ProtectionKey.NameLength);
            // No length on purpose: the framework's own writing.
            key.Property(k => k.Xml).Encrypted();
        });
    }

    private static void Term<T>(EntityTypeBuilder<T> term, string table)
        where T : AuditTerm
    {
        term.ToTable(table);
        term.HasKey(t => t.Id);
        term.Property(t => t.Id).ValueGeneratedNever();
        term.Property(t => t.Digest).HasMaxLength(AuditLine.HashLength);
        term.HasIndex(t => t.Digest).IsUnique();
    }
}
