using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;

namespace Platform.Correspondence.Conversations;

internal enum ConversationShow
{
    Open,
    Unread,
    Urgent,
    Closed,
    All,
}

/// <summary>The conversations of somebody's offices and lists: on top what is open, urgent and not yet read by her side, then the one in
/// which somebody wrote last.</summary>
/// <param name="Text">Who it is about, or words of the subject.</param>
[Requires(CorrespondenceModule.Converse)]
internal sealed record ConversationList(ConversationShow Show, string? Text = null) : ListQuery<ConversationRow>
{
    private static readonly Orders<Conversation> Order = new Orders<Conversation>(c => c.Id).By("at", c => c.LastAt).By("opened", c => c.OpenedAt);

    public override string StandingSort => "-at";

    internal sealed class Handler(CorrespondenceDb db, ICurrentUser user, IMediator mediator) : IRequestHandler<ConversationList, Listing<ConversationRow>>
    {
        public async Task<Listing<ConversationRow>> Handle(ConversationList request, CancellationToken cancellationToken)
        {
            var offices = user.Offices();
            var rows = db.Conversations.AsNoTracking().Within(Conversation.Scope, user, CorrespondenceModule.Converse);
            rows = request.Show switch
            {
                ConversationShow.Open => rows.Where(c => c.ClosedAt == null),
                ConversationShow.Unread => rows.UnreadBy(user),
                ConversationShow.Urgent => rows.Where(c => c.ClosedAt == null && c.Urgent),
                ConversationShow.Closed => rows.Where(c => c.ClosedAt != null),
                _ => rows,
            };
            var searched = !string.IsNullOrWhiteSpace(request.Text);
            if (searched)
            {
                var words = SearchText.Of(request.Text);
                var people = await mediator.Send(new PeopleNamed(request.Text!), cancellationToken) ?? [];
                rows = rows.Where(c => c.SubjectSearch.Contains(words) || (c.PatientId != null && people.Contains(c.PatientId.Value)));
            }

            return await rows.List(request, Order, sorted => sorted.Select(c => new ConversationRow(
                c.Id, c.Subject, c.PatientId, c.PersonName, c.AslCode, c.ListCode, c.DoctorName, c.Urgent, c.OpenedAt, c.LastAt, c.ClosedAt,
                offices.Contains(c.AslCode) ? c.UnreadByOffice : c.UnreadByDoctor, offices.Contains(c.AslCode) ? c.UnreadByDoctor : c.UnreadByOffice,
                offices.Contains(c.AslCode) ? Side.Office : Side.Doctor)), cancellationToken,
                c => c.Urgent && c.ClosedAt == null && (offices.Contains(c.AslCode) ? c.UnreadByOffice : c.UnreadByDoctor), searched);
        }
    }
}

/// <param name="Unread">By the reader's side.</param>
/// <param name="Unseen">By the other side.</param>
[Shows(FieldClass.Identity, "PersonName")]
[Shows(FieldClass.Health, "Subject")]
[Shows(FieldClass.Work, "AslCode", "ListCode", "DoctorName", "Urgent", "OpenedAt", "LastAt", "ClosedAt", "Unread", "Unseen", "Mine")]
internal sealed record ConversationRow(
    Guid Id, string Subject, Guid? PatientId, string? PersonName, string AslCode, string ListCode, string DoctorName, bool Urgent, DateTime OpenedAt, DateTime LastAt,
    DateTime? ClosedAt, bool Unread, bool Unseen, Side Mine) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
}

internal static class UnreadOf
{
    /// <summary>What waits to be read by the user's side.</summary>
    public static IQueryable<Conversation> UnreadBy(this IQueryable<Conversation> rows, ICurrentUser user)
    {
        var offices = user.Offices();
        return rows.Where(c => offices.Contains(c.AslCode) ? c.UnreadByOffice : c.UnreadByDoctor);
    }
}
