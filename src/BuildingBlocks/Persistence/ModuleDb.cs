using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>A row that two people may have open at once: the second to save is told.</summary>
public interface IVersioned
{
    int Version { get; set; }
}

/// <summary>What every module's context needs from its host.</summary>
public sealed class ModuleDbServices(TimeProvider clock, ICurrentUser user, EventCatalogue events, CourierBell bell, FieldKeys keys, IDatabaseEngine engine)
{
    public TimeProvider Clock { get; } = clock;
    public ICurrentUser User { get; } = user;
    public EventCatalogue Events { get; } = events;
    public CourierBell Bell { get; } = bell;
    public FieldKeys Keys { get; } = keys;
    public IDatabaseEngine Engine { get; } = engine;
}

/// <summary>A module's own schema. Its save writes rows, outbox and audit in one transaction, keeps the
/// versions, and wakes the courier once they are committed.</summary>
public abstract class ModuleDb(DbContextOptions options, ModuleDbServices services) : DbContext(options)
{
    public const int EnumLength = 40;

    /// <summary>The module's name: schema on the servers, file on SQLite.</summary>
    public abstract string Schema { get; }

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<InboxRow> Inbox => Set<InboxRow>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();

    internal string KeysFingerprint => services.Keys.Fingerprint;

    private DateTime lastTold;

    /// <summary>The write met a row with the same unique key.</summary>
    public bool IsDuplicate(Exception failure) => services.Engine.IsDuplicate(failure);

    protected DateTime Now => services.Clock.GetUtcNow().UtcDateTime;

    /// <summary>Puts the event in the outbox; it leaves with the next save.</summary>
    public void Tell(IEvent fact)
    {
        // What one act tells leaves in the order it was told: a microsecond apart, the servers' precision.
        var at = Now;
        lastTold = at > lastTold ? at : lastTold.AddMicroseconds(1);
        Outbox.Add(new OutboxRow
        {
            Id = Guid.CreateVersion7(services.Clock.GetUtcNow()),
            Type = EventCatalogue.NameOf(fact.GetType()),
            Payload = JsonSerializer.Serialize(fact, fact.GetType(), EventCatalogue.Json),
            At = lastTold,
            DueAt = at,
            ActorId = services.User.Id,
            Trace = Activity.Current?.Id,
        });
    }

    /// <summary>A line in the audit: people's data were looked at or changed. Of those whom the user has opened outside her scope the
    /// line has her reason.</summary>
    /// <param name="records">Of people whom the registry does not know yet.</param>
    /// <param name="why">A reason that was asked for.</param>
    /// <param name="fields">Classes of the fields that were shown.</param>
    public void Audit(
        string action, string what, IEnumerable<Guid> patients, IEnumerable<Guid>? records = null, IEnumerable<Guid>? accounts = null, string? why = null,
        string? fields = null)
    {
        var all = patients.ToHashSet();
        foreach (var opened in why is null ? services.User.Opened : [])
        {
            if (all.Remove(opened.PatientId))
                TellAudit(action, what, [opened.PatientId], [], null, opened.Reason, fields);
        }

        Guid[] others = [.. (records ?? []).Distinct()];
        if (all.Count + others.Length > 0 || accounts is not null)
            TellAudit(action, what, [.. all], others, accounts is null ? null : [.. accounts.Distinct()], why, fields);
    }

    private void TellAudit(string action, string what, Guid[] patients, Guid[] records, Guid[]? accounts, string? why, string? fields)
    {
        var actingAs = string.Join(' ', services.User.Assignments.Select(a => $"{a.Role}/{a.Scope.Kind}/{a.Scope.Code}").Distinct());
        Tell(new PersonDataTouched(
            action, what, patients, records, services.User.DisplayName, services.User.Address, Activity.Current?.TraceId.ToString(), accounts,
            actingAs.Length > 0 ? actingAs : null, why, fields));
    }

    /// <exception cref="Refusal"><c>changed-meanwhile</c> when another save came first.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(e => e.State == EntityState.Modified))
            entry.Entity.Version++;
        AuditWrites();
        try
        {
            var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            // Inside a transaction of the handler the courier finds nothing yet; the interceptor rings after its commit.
            if (Database.CurrentTransaction is null)
                services.Bell.Ring(GetType());
            return written;
        }
        catch (DbUpdateConcurrencyException)
        {
            // The page that shows the refusal saves its own audit lines: the lost change must not ride along.
            ChangeTracker.Clear();
            throw Refusal.ChangedMeanwhile();
        }
    }

    // The save is asynchronous everywhere; a synchronous one would leave out the audit.
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Use SaveChangesAsync.");

    private void AuditWrites()
    {
        var touched = ChangeTracker.Entries<IOfPatient>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Where(e => (e.Entity.PatientOfRow ?? e.Entity.RecordOfRow) is not null)
            .GroupBy(e => e.Metadata.ClrType.Name, e => e.Entity)
            .ToList();
        foreach (var rows in touched)
        {
            Audit("write", $"{Schema}.{rows.Key}",
                rows.Select(r => r.PatientOfRow).OfType<Guid>(), rows.Where(r => r.PatientOfRow is null).Select(r => r.RecordOfRow).OfType<Guid>());
        }
    }

    protected sealed override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<Utc>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(EnumLength).AreUnicode(false);
    }

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        MessagingTables.Model(modelBuilder);
        Tables(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase.Of(property.Name));
                if (property.IsEncrypted())
                    SealedFields.Apply(property, Schema, services.Keys);
                if (property.Name == nameof(IVersioned.Version) && entity.ClrType.IsAssignableTo(typeof(IVersioned)))
                    property.IsConcurrencyToken = true;
            }
        }
    }

    /// <summary>The module's tables: each named, each string with a length.</summary>
    protected abstract void Tables(ModelBuilder model);

    private sealed class Utc() : ValueConverter<DateTime, DateTime>(
        value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

public static class SnakeCase
{
    /// <summary><c>BirthDate</c> becomes <c>birth_date</c>.</summary>
    public static string Of(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c)
            ? (i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))) ? "_" : "") + char.ToLowerInvariant(c)
            : c.ToString()));
}
