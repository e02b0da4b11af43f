using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Referti.LabMessages;

/// <summary>A message as it came, what was read from it, and what became of each result.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record OneLabMessage(Guid Id) : IQuery<OneLabMessageAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<OneLabMessage, OneLabMessageAnswer>
    {
        public async Task<OneLabMessageAnswer> Handle(OneLabMessage request, CancellationToken cancellationToken)
        {
            var message = await db.Messages.AsNoTracking().Within(LabMessage.Scope, user, RefertiModule.WorkQueue)
                .SingleOrDefaultAsync(m => m.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var reading = message.ReadingOf();
            var outcomes = message.OutcomesOf();
            var waiting = await db.Unmatched.AsNoTracking().Where(u => u.MessageId == message.Id)
                .ToDictionaryAsync(u => u.ResultIndex, u => u.Id, cancellationToken);
            return new(message, reading, message.RawText(),
                [.. reading.Results.Select(r => new ResultOfMessage(r, outcomes.FirstOrDefault(o => o.Index == r.Index), waiting.GetValueOrDefault(r.Index)))]);
        }
    }
}

/// <param name="UnmatchedId">Its row in the queue, if it came there; else empty.</param>
[Shows(FieldClass.Work)]
internal sealed record ResultOfMessage(ResultReading Reading, Outcome? Outcome, Guid UnmatchedId);

[Shows(FieldClass.Result, "Raw")]
internal sealed record OneLabMessageAnswer(LabMessage Message, MessageReading Reading, string Raw, IReadOnlyList<ResultOfMessage> Results) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Results.Select(r => r.Outcome?.PatientId).OfType<Guid>();

    /// <summary>Its text may name people whatever was read from it.</summary>
    public IEnumerable<Guid> RecordsShown => Results.Count > 0 && Results.All(r => r.Outcome?.PatientId is not null) ? [] : [Message.Id];
}
