using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>The tables that every module's schema has: outbox, inbox, runs of its jobs.</summary>
public static class MessagingTables
{
    internal static void Model(ModelBuilder model)
    {
        model.Entity<OutboxRow>(row =>
        {
            row.ToTable("outbox");
            row.HasKey(r => r.Id);
            row.Property(r => r.Type).HasMaxLength(OutboxRow.TypeLength);
            // No length on purpose: a batch names many people. It is text on every engine.
            row.Property(r => r.Payload).Encrypted();
            row.Property(r => r.Trace).HasMaxLength(80);
            row.Property(r => r.Error).HasMaxLength(OutboxRow.ErrorLength);
            row.HasIndex(r => new { r.DueAt, r.At });
        });
        model.Entity<InboxRow>(row =>
        {
            row.ToTable("inbox");
            row.HasKey(r => new { r.EventId, r.Reaction });
            row.Property(r => r.Reaction).HasMaxLength(InboxRow.ReactionLength);
            row.HasIndex(r => r.At);
        });
        model.Entity<JobRun>(run =>
        {
            run.ToTable("job_runs");
            run.HasKey(r => r.Id);
            run.Property(r => r.Job).HasMaxLength(JobRun.NameLength);
            run.Property(r => r.Outcome).HasMaxLength(JobRun.OutcomeLength);
            run.Property(r => r.OutcomeArguments).HasMaxLength(JobRun.OutcomeLength);
            run.HasIndex(r => new { r.Job, r.StartedAt });
        });
    }

    /// <summary>The same tables in a migration; every module's baseline begins with it.</summary>
    public static void CreateMessagingTables(this MigrationBuilder migration, string schema)
    {
        migration.EnsureSchema(schema);
        migration.CreateTable("outbox", t => new
        {
            id = t.Column<Guid>(),
            type = t.Column<string>(maxLength: OutboxRow.TypeLength),
            payload = t.Column<string>(unicode: false),
            at = t.Column<DateTime>(),
            actor_id = t.Column<Guid>(nullable: true),
            trace = t.Column<string>(maxLength: 80, nullable: true),
            attempts = t.Column<int>(),
            due_at = t.Column<DateTime>(nullable: true),
            claimed_by = t.Column<Guid>(nullable: true),
            claimed_until = t.Column<DateTime>(nullable: true),
            sent_at = t.Column<DateTime>(nullable: true),
            given_up_at = t.Column<DateTime>(nullable: true),
            error = t.Column<string>(maxLength: OutboxRow.ErrorLength, nullable: true),
        }, schema, t => t.PrimaryKey("PK_outbox", x => x.id));
        migration.CreateIndex("IX_outbox_due_at_at", "outbox", ["due_at", "at"], schema);
        migration.CreateTable("inbox", t => new
        {
            event_id = t.Column<Guid>(),
            reaction = t.Column<string>(maxLength: InboxRow.ReactionLength),
            at = t.Column<DateTime>(),
        }, schema, t => t.PrimaryKey("PK_inbox", x => new { x.event_id, x.reaction }));
        migration.CreateIndex("IX_inbox_at", "inbox", "at", schema);
        migration.CreateTable("job_runs", t => new
        {
            id = t.Column<Guid>(),
            job = t.Column<string>(maxLength: JobRun.NameLength),
            started_at = t.Column<DateTime>(),
            ended_at = t.Column<DateTime>(nullable: true),
            failed = t.Column<bool>(),
            outcome = t.Column<string>(maxLength: JobRun.OutcomeLength, nullable: true),
            outcome_arguments = t.Column<string>(maxLength: JobRun.OutcomeLength, nullable: true),
        }, schema, t => t.PrimaryKey("PK_job_runs", x => x.id));
        migration.CreateIndex("IX_job_runs_job_started_at", "job_runs", ["job", "started_at"], schema);
    }
}
