using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Correspondence.Conversations;

/// <summary>The conversations about a person on her page.</summary>
internal sealed class ConversationTimeline(CorrespondenceDb db, ICurrentUser user, Texts texts) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(Guid patientId, CancellationToken cancellation)
    {
        var found = await db.Conversations.AsNoTracking().Within(Conversation.Scope, user, CorrespondenceModule.Converse)
            .Where(c => c.PatientId == patientId).Select(c => new { c.Id, c.LastAt, c.Subject, c.Urgent, c.ClosedAt }).ToListAsync(cancellation);
        return [.. found.Select(c => new TimelineEntry(
            c.LastAt, texts["Conversazione: {0}", c.Subject], texts[c.ClosedAt is null ? "Aperta" : "Chiusa"], $"/conversations/{c.Id}", c.Urgent && c.ClosedAt is null))];
    }
}
