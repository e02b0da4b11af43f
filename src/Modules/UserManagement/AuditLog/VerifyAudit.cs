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
            if (await db.LineRows.Where(l => l.Sequence < 1).Select(l => l.Sequence).ToListAsync(cancellationToken) is { Count: > 0 } before)
                faults.Add(new(AuditFaultKind.Inserted, before.Min(), before.Max()));
            // What many lines say is kept once: changed there, each of them is.
            await Terms<AuditActor>("Actor", faults, cancellationToken);
            await Terms<AuditGuise>("Guise", faults, cancellationToken);
            await Terms<AuditAct>("Act", faults, cancellationToken);
            // What the line before says of itself: null where there is none to go on from.
            var (seen, gone, last, previous) = (0L, 0L, 0L, (byte[]?)AuditLine.Beginning);
            // One line, or a piece of the chain that left for the archive.
            bool Take(long from, long to, byte[] hash, bool intact, Func<byte[], bool> follows)
            {
                if (from <= last)
                {
                    faults.Add(new(AuditFaultKind.Inserted, from, to));
                    return false;
                }

                if (from != last + 1)
                    (previous, last) = (null, Missing(faults, last + 1, from - 1));
                var before = (previous, last);
                (last, previous) = (to, hash);
                var goesOn = before.previous is null || follows(before.previous);
                if (!intact || (!goesOn && before.last == 0))
                    faults.Add(new(AuditFaultKind.Changed, from, to));
                // This line is as it was written, so it is the one before that was written anew, with a seal of its own.
                else if (!goesOn && !Said(before.last))
                    faults.Add(new(AuditFaultKind.Changed, before.last, before.last));
                return intact && goesOn;
            }

            bool Said(long line) => faults.LastOrDefault() is { Noun: AuditFault.Line } fault && fault.To == line;
            var archived = new Queue<ArchivedLines>(await db.ArchivedLines.AsNoTracking().Where(a => a.ToSequence <= end).OrderBy(a => a.FromSequence).ToListAsync(cancellationToken));
            void Archived(long until)
            {
                while (archived.TryPeek(out var piece) && piece.FromSequence < until && archived.Dequeue() is var left)
                {
                    if (Take(left.FromSequence, left.ToSequence, left.Hash, intact: true, previous => Same(left.PreviousHash, previous)))
                        gone += left.ToSequence - left.FromSequence + 1;
                }
            }

            await foreach (var line in db.InOrder(db.LineRows.AsNoTracking(), 1, end, cancellationToken))
            {
                Archived(line.Sequence);
                var own = line.Own();
                if (Take(line.Sequence, line.Sequence, line.Hash, line.Mark == AuditLine.MarkOf(own), previous => Same(AuditLine.Seal(previous, own), line.Hash)))
                    seen++;
                if (faults.Count >= FaultsAtMost)
                    return new(seen, gone, faults);
            }

            Archived(long.MaxValue);
            if (last < end)
                Missing(faults, last + 1, end);
            else if (head is not null && previous is not null && !Same(head.Hash, previous) && !Said(last))
                faults.Add(new(AuditFaultKind.Changed, last, last));
            // Beyond the end there may be what was appended meanwhile; what is beyond the end of now was put in.
            var now = (await Head(cancellationToken))?.Sequence ?? 0;
            if (await db.LineRows.Where(l => l.Sequence > now).MinAsync(l => (long?)l.Sequence, cancellationToken) is { } beyond)
                faults.Add(new(AuditFaultKind.Inserted, beyond, await db.LineRows.MaxAsync(l => l.Sequence, cancellationToken)));
            return new(seen, gone, faults);
        }

        private async Task Terms<T>(string noun, List<AuditFault> faults, CancellationToken cancellation)
            where T : AuditTerm
        {
            await foreach (var term in db.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (!Same(term.Own(), term.Digest) && faults.Count < FaultsAtMost)
                    faults.Add(new(AuditFaultKind.Changed, term.Id, term.Id, noun));
            }
        }

        private static bool Same(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);

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
        Console.WriteLine((verdict.Faults.Count == 0 ? $"{verdict.Intact} lines, all intact." : $"{verdict.Intact} lines are intact.")
            + (verdict.Archived > 0 ? $" {verdict.Archived} lines before or between them are in the archive, and the chain goes on from them." : ""));
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

/// <param name="Noun">A line, or a term that many lines have.</param>
internal sealed record AuditFault(AuditFaultKind Kind, long From, long To, string Noun = AuditFault.Line)
{
    public const string Line = nameof(Line);

    public override string ToString() => From == To ? $"{Noun} {From} is {Word}." : $"{Noun}s {From} to {To} are {Word}.";

    private string Word => Kind switch { AuditFaultKind.Changed => "changed", AuditFaultKind.Missing => "missing", _ => "inserted" };
}

/// <param name="Intact">Lines that are as they were written.</param>
/// <param name="Archived">Lines that left for a file, of which the ends of the chain are kept.</param>
internal sealed record AuditVerdict(long Intact, long Archived, IReadOnlyList<AuditFault> Faults)
{
    /// <summary>In the words of the command line, one after the other; empty when all is well.</summary>
    public string Said => string.Join(' ', Faults);
}
