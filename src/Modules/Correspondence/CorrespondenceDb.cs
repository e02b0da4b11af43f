using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Correspondence.Conversations;

namespace Platform.Correspondence;

internal sealed class CorrespondenceDb(DbContextOptions<CorrespondenceDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "correspondence";

    public override string Schema => SchemaName;

    public DbSet<Conversation> Conversations => Set<Conversation>();
    public DbSet<Message> Messages => Set<Message>();

    protected override void Tables(ModelBuilder model)
    {
        model.Entity<Conversation>(conversation =>
        {
            conversation.ToTable("conversations");
            conversation.HasKey(c => c.Id);
            conversation.Property(c => c.Id).ValueGeneratedNever();
            conversation.Property(c => c.AslCode).HasMaxLength(Conversation.CodeLength);
            conversation.Property(c => c.ListCode).HasMaxLength(Conversation.CodeLength);
            conversation.Property(c => c.DoctorName).HasMaxLength(Conversation.NameLength);
            conversation.Property(c => c.OfficeSees).HasMaxLength(Conversation.CodeLength);
            conversation.Property(c => c.DoctorSees).HasMaxLength(Conversation.CodeLength);
            conversation.Property(c => c.PersonName).HasMaxLength(Conversation.NameLength);
            conversation.Property(c => c.Subject).HasMaxLength(Conversation.SubjectLength);
            conversation.Property(c => c.SubjectSearch).HasMaxLength(Conversation.SubjectLength * 2);
            conversation.Property(c => c.ClosedBy).HasMaxLength(Conversation.NameLength);
            conversation.HasIndex(c => new { c.OfficeSees, c.LastAt });
            conversation.HasIndex(c => new { c.DoctorSees, c.LastAt });
            conversation.HasIndex(c => c.PatientId);
        });
        model.Entity<Message>(message =>
        {
            message.ToTable("messages");
            message.HasKey(m => m.Id);
            message.Property(m => m.Id).ValueGeneratedNever();
            message.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationId).OnDelete(DeleteBehavior.Cascade);
            message.Property(m => m.ByName).HasMaxLength(Conversation.NameLength);
            message.Property(m => m.Text).HasMaxLength(Message.TextLength);
            message.Property(m => m.ReadBy).HasMaxLength(Conversation.NameLength);
            message.HasIndex(m => new { m.ConversationId, m.At });
            message.HasIndex(m => m.PatientId);
        });
    }
}
