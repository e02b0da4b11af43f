using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Platform.UserManagement.AuditLog;

internal static class AuditChain
{
    private const int Piece = 5_000;

    /// <summary>The lines in the order in which they were written, piece by piece: nobody sorts a year for it.</summary>
    public static async IAsyncEnumerable<AuditLine> InOrder(this UserManagementDb db, IQueryable<LineRow> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await rows.MinAsync(r => (long?)r.Sequence, cancellation) is not { } from)
            yield break;
        var to = await rows.MaxAsync(r => r.Sequence, cancellation);
        await foreach (var line in db.InOrder(rows, from, to, cancellation))
            yield return line;
    }

    public static async IAsyncEnumerable<AuditLine> InOrder(this UserManagementDb db, IQueryable<LineRow> rows, long from, long to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var at = from; at <= to; at += Piece)
        {
            var (first, next) = (at, Math.Min(at + Piece, to + 1));
            // Read to its end before it is given: whoever goes through them may ask the same connection for something else.
            foreach (var line in await rows.Where(r => r.Sequence >= first && r.Sequence < next).InWords(db).OrderBy(l => l.Sequence).ToListAsync(cancellation))
                yield return line;
        }
    }
}
