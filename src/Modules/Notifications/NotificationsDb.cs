using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Notifications.Announcements;
using Platform.Notifications.Inbox;
using Platform.Notifications.Mails;
using Platform.Notifications.ReleaseNotes;

namespace Platform.Notifications;

internal sealed class NotificationsDb(DbContextOptions<NotificationsDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "notifications";

    public override string Schema => SchemaName;

    public DbSet<InboxMessage> Messages => Set<InboxMessage>();
    public DbSet<ReadMark> ReadMarks => Set<ReadMark>();
    public DbSet<Mail> Mails => Set<Mail>();
    public DbSet<NotesSeen> NotesSeen => Set<NotesSeen>();
    public DbSet<Announcement> Announcements => Set<Announcement>();

    protected override void Tables(ModelBuilder model)
    {
        model.Entity<InboxMessage>(message =>
        {
            message.ToTable("inbox_messages");
            message.HasKey(m => m.Id);
            message.Property(m => m.Id).ValueGeneratedNever();
            message.Property(m => m.Recipient).HasMaxLength(InboxMessage.RecipientLength);
            message.Property(m => m.Template).HasMaxLength(InboxMessage.TemplateLength);
            message.Property(m => m.Subject).HasMaxLength(InboxMessage.SubjectLength);
            message.Property(m => m.Arguments).HasMaxLength(InboxMessage.ArgumentsLength).Encrypted();
            message.Property(m => m.Link).HasMaxLength(InboxMessage.LinkLength);
            message.Property(m => m.Group).HasMaxLength(InboxMessage.GroupLength);
            message.HasIndex(m => new { m.Recipient, m.At });
            message.HasIndex(m => m.PatientId);
        });
        model.Entity<ReadMark>(mark =>
        {
            mark.ToTable("read_marks");
            mark.HasKey(m => new { m.AccountId, m.MessageId });
            mark.HasOne<InboxMessage>().WithMany().HasForeignKey(m => m.MessageId).OnDelete(DeleteBehavior.Cascade);
            mark.Property(m => m.By).HasMaxLength(ReadMark.ByLength);
            mark.HasIndex(m => m.MessageId);
        });
        model.Entity<Mail>(mail =>
        {
            mail.ToTable("mails");
            mail.HasKey(m => m.Id);
            mail.Property(m => m.Id).ValueGeneratedNever();
            mail.Property(m => m.ToAddress).HasMaxLength(Mail.AddressLength).Encrypted();
            mail.Property(m => m.Subject).HasMaxLength(Mail.SubjectLength).Encrypted();
            // No length on purpose: sealed it is longer than the servers' limits, and the validator has one.
            mail.Property(m => m.Body).Encrypted();
            mail.Property(m => m.Language).HasMaxLength(2);
            mail.Property(m => m.LastError).HasMaxLength(Mail.ErrorLength);
            mail.HasIndex(m => new { m.State, m.DueAt });
            mail.HasIndex(m => m.CreatedAt);
        });
        model.Entity<Announcement>(announcement =>
        {
            announcement.ToTable("announcements");
            announcement.HasKey(a => a.Id);
            announcement.Property(a => a.Id).ValueGeneratedNever();
            announcement.Property(a => a.TextIt).HasMaxLength(Announcement.TextLength);
            announcement.Property(a => a.TextEn).HasMaxLength(Announcement.TextLength);
            announcement.Property(a => a.WrittenBy).HasMaxLength(Announcement.NameLength);
            announcement.Property(a => a.CalledOffBy).HasMaxLength(Announcement.NameLength);
            announcement.HasIndex(a => a.EndsAt);
        });
        model.Entity<NotesSeen>(seen =>
        {
            seen.ToTable("release_notes_seen");
            seen.HasKey(s => s.AccountId);
            seen.Property(s => s.AccountId).ValueGeneratedNever();
            seen.Property(s => s.Edition).HasMaxLength(Changelog.EditionLength);
        });
    }
}
