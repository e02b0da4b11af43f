using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.LabMessages;

namespace Platform.Referti.Unmatched;

/// <summary>A waiting result beside those it may be about.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record OneUnmatched(Guid Id, string? Text) : IQuery<OneUnmatchedAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user, Candidates candidates, Placing placing) : IRequestHandler<OneUnmatched, OneUnmatchedAnswer>
    {
        public async Task<OneUnmatchedAnswer> Handle(OneUnmatched request, CancellationToken cancellationToken)
        {
            var item = await db.Unmatched.AsNoTracking().Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue)
                .SingleOrDefaultAsync(u => u.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var message = await db.Messages.AsNoTracking().SingleAsync(m => m.Id == item.MessageId, cancellationToken);
            var reading = item.ReadingOf();
            var open = item.State == UnmatchedState.Open;
            return new(item, message.ControlId, message.ReadingOf(), reading, placing.LabName(item.LabCode),
                open ? await candidates.Of(reading, item.LabCode, request.Text, cancellationToken) : [],
                message.RawText(), MatchUnmatched.MayIssue(item), MatchUnmatched.NeedsTheLab(item, reading),
                open ? (await db.OthersLike(item, user, cancellationToken)).Count : 0, await db.Next(item, user, cancellationToken));
        }
    }
}

/// <param name="MayBeIssued">False for what may only be discarded, or waits for another message.</param>
/// <param name="NeedsTheLab">True where only the laboratory can say what the result is.</param>
/// <param name="Others">How many more open ones name the same person in the same words.</param>
/// <param name="Next">The next of the queue.</param>
[Shows(FieldClass.Result, "Raw")]
[Shows(FieldClass.Work, "ControlId", "LabName", "MayBeIssued", "NeedsTheLab", "Others")]
internal sealed record OneUnmatchedAnswer(
    UnmatchedReport Item, string ControlId, MessageReading Message, ResultReading Reading, string LabName, IReadOnlyList<Candidate> Candidates,
    string Raw, bool MayBeIssued, bool NeedsTheLab, int Others, Guid? Next) : IAboutPatients
{
    public IEnumerable<Guid> RecordsShown => Item.PatientId is null ? [Item.MessageId] : [];
    public IEnumerable<Guid> PatientsShown => Candidates.Select(c => c.Patient.Id).Concat(Item.PatientId is { } id ? [id] : []);
}
