using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Hl7;

namespace Platform.Referti.LabMessages;

/// <summary>What the laboratories' systems sent, the refused and the unfinished included, newest first. Says nothing of
/// the people in it: those are on the message's own page.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record LabMessageList(string? ControlId, LabMessageState? State, DateOnly? Day) : ListQuery<LabMessageRow>
{
    private static readonly Orders<LabMessage> Order = new Orders<LabMessage>(m => m.Id).By("received", m => m.ReceivedAt);

    public override string StandingSort => "-received";

    internal sealed class Handler(RefertiDb db, ICurrentUser user, Region region) : IRequestHandler<LabMessageList, Listing<LabMessageRow>>
    {
        public Task<Listing<LabMessageRow>> Handle(LabMessageList request, CancellationToken cancellationToken)
        {
            var all = db.Messages.AsNoTracking().Within(LabMessage.Scope, user, RefertiModule.WorkQueue);
            if (request.ControlId?.Trim() is { Length: > 0 } controlId)
                all = all.Where(m => m.ControlId == controlId);
            if (request.State is { } state)
                all = all.Where(m => m.State == state);
            if (request.Day is { } day && day < DateOnly.MaxValue)
            {
                var (from, to) = (region.UtcOf(day, TimeOnly.MinValue), region.UtcOf(day.AddDays(1), TimeOnly.MinValue));
                all = all.Where(m => m.ReceivedAt >= from && m.ReceivedAt < to);
            }

            return all.List(request, Order, sorted => sorted.Select(m => new LabMessageRow(
                m.Id, m.ControlId, m.LabCode, m.ReceivedAt, m.Answer, m.State, m.Attempts)), cancellationToken);
        }
    }
}

/// <param name="Attempts">Rounds of the job that could not place all of it.</param>
internal sealed record LabMessageRow(
    Guid Id, string ControlId, string LabCode, DateTime ReceivedAt, AckCode Answer, LabMessageState State, int Attempts);
