using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

/// <summary>Walks the whole chain: is every line as it was written, and is none missing?</summary>
[BetweenModules]
internal sealed record VerifyAudit : IQuery<AuditVerdict>
{
    internal sealed class Handler(UserManagementDb db) : IRequestHandler<VerifyAudit, AuditVerdict>
    {
        public async Task<AuditVerdict> Handle(VerifyAudit request, CancellationToken cancellationToken)
        {
            // The end first: what is appended meanwhile is left for the next time.
            var head = await db.AuditHeads.AsNoTracking().FirstOrDefaultAsync(h => h.Id == AuditHead.TheOne, cancellationToken);
            var end = head?.Sequence ?? 0;
            var (seen, previous) = (0L, AuditLine.Beginning);
            await foreach (var line in db.AuditLines.AsNoTracking().OrderBy(l => l.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (head is not null && line.Sequence > end)
                    break;
                if (line.Sequence != seen + 1)
                    return new(seen, seen + 1, "missing");
                if (line.PreviousHash != previous || line.Seal() != line.Hash)
                    return new(seen, line.Sequence, "changed");
                (seen, previous) = (line.Sequence, line.Hash);
            }

            return seen < end ? new(seen, seen + 1, "missing")
                : head is not null && head.Hash != previous ? new(seen, seen, "changed")
                : new(seen, null, null);
        }
    }

    internal static ConsoleCommand Command { get; } = new("audit verify", "audit verify             check the chain of the audit log", async (services, _, cancellation) =>
    {
        var verdict = await services.GetRequiredService<IMediator>().Send(new VerifyAudit(), cancellation);
        if (verdict.FirstBroken is { } broken)
        {
            await Console.Error.WriteLineAsync($"{verdict.Intact} lines are intact; line {broken} is {verdict.Why}.");
            return 1;
        }

        Console.WriteLine($"{verdict.Intact} lines, all intact.");
        return 0;
    });
}

/// <param name="Intact">Lines from the first on that are as they were written.</param>
/// <param name="FirstBroken">Null when all are.</param>
/// <param name="Why"><c>missing</c> or <c>changed</c>.</param>
internal sealed record AuditVerdict(long Intact, long? FirstBroken, string? Why);
