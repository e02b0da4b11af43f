using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;
using Platform.Correspondence.Conversations;

namespace Platform.Correspondence.Migrations;

[DbContext(typeof(CorrespondenceDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = CorrespondenceDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        migrationBuilder.CreateTable("conversations", t => new
        {
            id = t.Column<Guid>(),
            asl_code = t.Column<string>(maxLength: Conversation.CodeLength),
            list_code = t.Column<string>(maxLength: Conversation.CodeLength),
            doctor_name = t.Column<string>(maxLength: Conversation.NameLength),
            office_sees = t.Column<string>(maxLength: Conversation.CodeLength, nullable: true),
            doctor_sees = t.Column<string>(maxLength: Conversation.CodeLength, nullable: true),
            patient_id = t.Column<Guid>(nullable: true),
            person_name = t.Column<string>(maxLength: Conversation.NameLength, nullable: true),
            patient_as_of = t.Column<DateTime>(),
            subject = t.Column<string>(maxLength: Conversation.SubjectLength),
            subject_search = t.Column<string>(maxLength: Conversation.SubjectLength * 2),
            urgent = t.Column<bool>(),
            opened_at = t.Column<DateTime>(),
            opened_by = t.Column<Guid>(nullable: true),
            last_at = t.Column<DateTime>(),
            unread_by_office = t.Column<bool>(),
            unread_by_doctor = t.Column<bool>(),
            closed_at = t.Column<DateTime>(nullable: true),
            closed_by = t.Column<string>(maxLength: Conversation.NameLength, nullable: true),
        }, Schema, t => t.PrimaryKey("PK_conversations", x => x.id));
        migrationBuilder.CreateIndex("IX_conversations_office_sees_last_at", "conversations", ["office_sees", "last_at"], Schema);
        migrationBuilder.CreateIndex("IX_conversations_doctor_sees_last_at", "conversations", ["doctor_sees", "last_at"], Schema);
        migrationBuilder.CreateIndex("IX_conversations_patient_id", "conversations", "patient_id", Schema);

        migrationBuilder.CreateTable("messages", t => new
        {
            id = t.Column<Guid>(),
            conversation_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(nullable: true),
            at = t.Column<DateTime>(),
            from = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            by_id = t.Column<Guid>(nullable: true),
            by_name = t.Column<string>(maxLength: Conversation.NameLength),
            text = t.Column<string>(maxLength: Message.TextLength),
            read_at = t.Column<DateTime>(nullable: true),
            read_by = t.Column<string>(maxLength: Conversation.NameLength, nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_messages", x => x.id);
            t.ForeignKey("FK_messages_conversations_conversation_id", x => x.conversation_id, "conversations", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_messages_conversation_id_at", "messages", ["conversation_id", "at"], Schema);
        migrationBuilder.CreateIndex("IX_messages_patient_id", "messages", "patient_id", Schema);
    }
}
