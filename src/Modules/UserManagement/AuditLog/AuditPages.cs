using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;

namespace Platform.UserManagement.AuditLog;

/// <summary>A far page of the log, the newest first. The lines before it are passed over in the index, which has their times: read one by one from the
/// table only to be left out, thousands of them cost a second on a cold cache.</summary>
internal static class AuditPages
{
    private const int Far = 10;

    /// <param name="parts">As for <see cref="Listings"/>.</param>
    public static async Task<Listing<TRow>> ListByTime<TRow>(
        this IQueryable<LineRow> lines, ListQuery<TRow> asked, Orders<LineRow> orders, Func<IQueryable<LineRow>, IQueryable<TRow>> shown, CancellationToken cancellation,
        IReadOnlyList<IQueryable<LineRow>>? parts = null)
    {
        if (asked.Whole || asked.Page < Far || asked.Sort is { Length: > 0 } sort && sort != asked.StandingSort)
            return await lines.List(asked, orders, shown, cancellation, parts: parts);
        var first = await lines.List(asked with { Page = 1 }, orders, shown, cancellation, parts: parts);
        var page = Math.Min(asked.Page, first.Pages);
        if (page == 1)
            return first;
        var skip = (page - 1) * first.Size;
        parts ??= [lines];
        var until = await parts.Select(part => part.OrderByDescending(l => l.At).Take(skip + 1).Select(l => l.At)).Aggregate(Queryable.Concat)
            .OrderByDescending(at => at).Skip(skip).FirstAsync(cancellation);
        var before = 0;
        foreach (var part in parts)
            before += await part.CountAsync(l => l.At > until, cancellation);
        // Of those of that very moment some may stand on the page before; what was appended since the moment was read is counted too.
        var left = Math.Max(0, skip - before);
        var most = left + first.Size;
        var rows = await shown(parts.Select(part => (IQueryable<LineRow>)part.Where(l => l.At <= until).OrderByDescending(l => l.At).ThenByDescending(l => l.Sequence).Take(most)).Aggregate(Queryable.Concat)
            .OrderByDescending(l => l.At).ThenByDescending(l => l.Sequence).Skip(left).Take(first.Size)).ToListAsync(cancellation);
        return first with { Rows = rows, Page = page };
    }
}
