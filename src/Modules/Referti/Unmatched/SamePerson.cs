using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.Unmatched;

/// <summary>The open results that name a person in the same words as one of them does: same codice fiscale, names and birth date.</summary>
internal static class SamePerson
{
    private const int Most = 50;

    public static async Task<IReadOnlyList<UnmatchedReport>> OthersLike(this RefertiDb db, UnmatchedReport one, ICurrentUser user, CancellationToken cancellation)
    {
        if (one.SearchName.Length == 0 || (one.FiscalCode is null && one.BirthDate is null))
            return [];
        return await db.Unmatched.AsNoTracking().Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue)
            .Where(u => u.Id != one.Id && u.State == UnmatchedState.Open && u.LabCode == one.LabCode && u.SearchName == one.SearchName
                && u.FiscalCode == one.FiscalCode && u.BirthDate == one.BirthDate)
            .OrderBy(u => u.ReceivedAt).ThenBy(u => u.Id).Take(Most).ToListAsync(cancellation);
    }

    /// <summary>The next of the queue, as the list has it: oldest first, after this one, then from the beginning.</summary>
    public static async Task<Guid?> Next(this RefertiDb db, UnmatchedReport one, ICurrentUser user, CancellationToken cancellation)
    {
        var open = db.Unmatched.AsNoTracking().Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue)
            .Where(u => u.State == UnmatchedState.Open && u.Id != one.Id).OrderBy(u => u.ReceivedAt).ThenBy(u => u.Id);
        return await open.Where(u => u.ReceivedAt >= one.ReceivedAt).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(cancellation)
            ?? await open.Select(u => (Guid?)u.Id).FirstOrDefaultAsync(cancellation);
    }
}

/// <summary>The result that opens after a decision on this one.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record NextUnmatched(Guid Id) : IQuery<NextUnmatchedAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<NextUnmatched, NextUnmatchedAnswer>
    {
        public async Task<NextUnmatchedAnswer> Handle(NextUnmatched request, CancellationToken cancellationToken) =>
            new(await db.Unmatched.AsNoTracking().Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue)
                .SingleOrDefaultAsync(u => u.Id == request.Id, cancellationToken) is { } one ? await db.Next(one, user, cancellationToken) : null);
    }
}

internal sealed record NextUnmatchedAnswer(Guid? Id);
