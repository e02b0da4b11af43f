using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.Notifications.Announcements;
using Platform.Notifications.Inbox;
using Platform.Notifications.Mails;
using Platform.Notifications.ReleaseNotes;

namespace Platform.Notifications.Migrations;

[DbContext(typeof(NotificationsDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = NotificationsDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        migrationBuilder.CreateTable("inbox_messages", t => new
        {
            id = t.Column<Guid>(),
            at = t.Column<DateTime>(),
            recipient = t.Column<string>(maxLength: InboxMessage.RecipientLength),
            template = t.Column<string>(maxLength: InboxMessage.TemplateLength),
            priority = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            subject = t.Column<string>(maxLength: InboxMessage.SubjectLength),
            arguments = t.Column<string>(maxLength: FieldKeys.LengthOf(InboxMessage.ArgumentsLength), unicode: false),
            link = t.Column<string>(maxLength: InboxMessage.LinkLength),
            patient_id = t.Column<Guid>(nullable: true),
            group = t.Column<string>(maxLength: InboxMessage.GroupLength),
        }, Schema, t => t.PrimaryKey("PK_inbox_messages", x => x.id));
        migrationBuilder.CreateIndex("IX_inbox_messages_recipient_at", "inbox_messages", ["recipient", "at"], Schema);
        migrationBuilder.CreateIndex("IX_inbox_messages_patient_id", "inbox_messages", "patient_id", Schema);

        migrationBuilder.CreateTable("read_marks", t => new
        {
            account_id = t.Column<Guid>(),
            by = t.Column<string>(maxLength: ReadMark.ByLength),
            message_id = t.Column<Guid>(),
            at = t.Column<DateTime>(),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_read_marks", x => new { x.account_id, x.message_id });
            t.ForeignKey("FK_read_marks_inbox_messages_message_id", x => x.message_id, "inbox_messages", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_read_marks_message_id", "read_marks", "message_id", Schema);

        migrationBuilder.CreateTable("mails", t => new
        {
            id = t.Column<Guid>(),
            to_address = t.Column<string>(maxLength: FieldKeys.LengthOf(Mail.AddressLength), unicode: false),
            subject = t.Column<string>(maxLength: FieldKeys.LengthOf(Mail.SubjectLength), unicode: false),
            body = t.Column<string>(unicode: false),
            language = t.Column<string>(maxLength: 2),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            created_at = t.Column<DateTime>(),
            due_at = t.Column<DateTime>(nullable: true),
            sent_at = t.Column<DateTime>(nullable: true),
            attempt_count = t.Column<int>(),
            last_error = t.Column<string>(maxLength: Mail.ErrorLength, nullable: true),
            patient_id = t.Column<Guid>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_mails", x => x.id));
        migrationBuilder.CreateIndex("IX_mails_state_due_at", "mails", ["state", "due_at"], Schema);
        migrationBuilder.CreateIndex("IX_mails_created_at", "mails", "created_at", Schema);

        migrationBuilder.CreateTable("announcements", t => new
        {
            id = t.Column<Guid>(),
            text_it = t.Column<string>(maxLength: Announcement.TextLength),
            text_en = t.Column<string>(maxLength: Announcement.TextLength),
            starts_at = t.Column<DateTime>(),
            ends_at = t.Column<DateTime>(),
            hours_before = t.Column<int>(),
            closes = t.Column<bool>(),
            written_at = t.Column<DateTime>(),
            written_by = t.Column<string>(maxLength: Announcement.NameLength),
            called_off_at = t.Column<DateTime>(nullable: true),
            called_off_by = t.Column<string>(maxLength: Announcement.NameLength, nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_announcements", x => x.id));
        migrationBuilder.CreateIndex("IX_announcements_ends_at", "announcements", "ends_at", Schema);

        migrationBuilder.CreateTable("release_notes_seen", t => new
        {
            account_id = t.Column<Guid>(),
            edition = t.Column<string>(maxLength: Changelog.EditionLength),
        }, Schema, t => t.PrimaryKey("PK_release_notes_seen", x => x.account_id));
    }
}
