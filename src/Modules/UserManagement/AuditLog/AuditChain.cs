using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Platform.UserManagement.AuditLog;

internal static class AuditChain
{
    private const int Piece = 20_000;

    /// <summary>The lines in the order in which they were written, piece by piece: nobody sorts a year for it.</summary>
    public static async IAsyncEnumerable<AuditLine> InOrder(IQueryable<AuditLine> lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await lines.MinAsync(l => (long?)l.Sequence, cancellation) is not { } from)
            yield break;
        var to = await lines.MaxAsync(l => l.Sequence, cancellation);
        await foreach (var line in InOrder(lines, from, to, cancellation))
            yield return line;
    }

    public static async IAsyncEnumerable<AuditLine> InOrder(IQueryable<AuditLine> lines, long from, long to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var at = from; at <= to; at += Piece)
        {
            var (first, next) = (at, Math.Min(at + Piece, to + 1));
            await foreach (var line in lines.Where(l => l.Sequence >= first && l.Sequence < next).OrderBy(l => l.Sequence).AsAsyncEnumerable().WithCancellation(cancellation))
                yield return line;
        }
    }
}
