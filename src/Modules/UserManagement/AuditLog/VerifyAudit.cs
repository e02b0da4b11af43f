using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

/// <summary>Walks the whole chain: is every line as it was written, is none missing, and was none put in? It goes on after a fault, so that
/// all of them are located.</summary>
[BetweenModules]
internal sealed record VerifyAudit : IQuery<AuditVerdict>
{
    /// <summary>Beyond these the log as a whole is not to be trusted.</summary>
    private const int FaultsAtMost = 100;

    internal sealed class Handler(UserManagementDb db) : IRequestHandler<VerifyAudit, AuditVerdict>
    {
        public async Task<AuditVerdict> Handle(VerifyAudit request, CancellationToken cancellationToken)
        {
            // The end first: what is appended meanwhile is left for the next time.
            var head = await Head(cancellationToken);
            var end = head?.Sequence ?? 0;
            var faults = new List<AuditFault>();
            // What the line before says of itself: null where there is none to compare with.
            var (seen, last, previous) = (0L, 0L, (string?)AuditLine.Beginning);
            await foreach (var line in db.AuditLines.AsNoTracking().Where(l => l.Sequence <= end).OrderBy(l => l.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (line.Sequence < 1)
                {
                    faults.Add(new(AuditFaultKind.Inserted, line.Sequence, line.Sequence));
                    continue;
                }

                if (line.Sequence != last + 1)
                    (previous, last) = (null, Missing(faults, last + 1, line.Sequence - 1));
                if (line.Seal() != line.Hash)
                    faults.Add(new(AuditFaultKind.Changed, line.Sequence, line.Sequence));
                else if (previous is not null && line.PreviousHash != previous && faults.LastOrDefault()?.To != last)
                    // This line is as it was sealed, so it is the one before that was written anew, with a seal of its own.
                    faults.Add(last == 0 ? new(AuditFaultKind.Changed, line.Sequence, line.Sequence) : new(AuditFaultKind.Changed, last, last));
                else
                    seen++;
                (last, previous) = (line.Sequence, line.Hash);
                if (faults.Count >= FaultsAtMost)
                    return new(seen, faults);
            }

            if (last < end)
                Missing(faults, last + 1, end);
            else if (head is not null && previous is not null && head.Hash != previous && faults.LastOrDefault()?.To != last)
                faults.Add(new(AuditFaultKind.Changed, last, last));
            // Beyond the end there may be what was appended meanwhile; what is beyond the end of now was put in.
            var now = (await Head(cancellationToken))?.Sequence ?? 0;
            if (await db.AuditLines.Where(l => l.Sequence > now).MinAsync(l => (long?)l.Sequence, cancellationToken) is { } beyond)
                faults.Add(new(AuditFaultKind.Inserted, beyond, await db.AuditLines.MaxAsync(l => l.Sequence, cancellationToken)));
            return new(seen, faults);
        }

        private Task<AuditHead?> Head(CancellationToken cancellation) =>
            db.AuditHeads.AsNoTracking().FirstOrDefaultAsync(h => h.Id == AuditHead.TheOne, cancellation);

        private static long Missing(List<AuditFault> faults, long from, long to)
        {
            faults.Add(new(AuditFaultKind.Missing, from, to));
            return to;
        }
    }

    internal static ConsoleCommand Command { get; } = new("audit verify", "audit verify             check the chain of the audit log", async (services, _, cancellation) =>
    {
        var verdict = await services.GetRequiredService<IMediator>().Send(new VerifyAudit(), cancellation);
        foreach (var fault in verdict.Faults)
            await Console.Error.WriteLineAsync(fault.ToString());
        Console.WriteLine(verdict.Faults.Count == 0 ? $"{verdict.Intact} lines, all intact." : $"{verdict.Intact} lines are intact.");
        return verdict.Faults.Count == 0 ? 0 : 1;
    });
}

internal enum AuditFaultKind
{
    /// <summary>Not as it was sealed, or sealed anew: the line after it, or the end that is kept apart, says so.</summary>
    Changed,

    /// <summary>Removed; at the end, cut off.</summary>
    Missing,

    /// <summary>Stands where the chain has no line.</summary>
    Inserted,
}

internal sealed record AuditFault(AuditFaultKind Kind, long From, long To)
{
    public override string ToString() => From == To ? $"Line {From} is {Word}." : $"Lines {From} to {To} are {Word}.";

    private string Word => Kind switch { AuditFaultKind.Changed => "changed", AuditFaultKind.Missing => "missing", _ => "inserted" };
}

/// <param name="Intact">Lines that are as they were written.</param>
internal sealed record AuditVerdict(long Intact, IReadOnlyList<AuditFault> Faults)
{
    /// <summary>In the words of the command line, one after the other; empty when all is well.</summary>
    public string Said => string.Join(' ', Faults);
}
