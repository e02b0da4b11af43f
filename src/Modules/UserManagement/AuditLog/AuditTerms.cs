using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Platform.UserManagement.AuditLog;

/// <summary>What many lines of the log have in common: written once, and each line has its number. It never changes.</summary>
internal abstract class AuditTerm
{
    public int Id { get; set; }

    /// <summary>SHA-256 of its fields: two alike are one.</summary>
    public byte[] Digest { get; set; } = [];

    public abstract byte[] Own();
}

/// <summary>Who acted.</summary>
internal sealed class AuditActor : AuditTerm
{
    public const int NameLength = 120;

    public Guid? ActorId { get; init; }
    public required string Name { get; init; }

    public override byte[] Own() => AuditLine.DigestOf(ActorId?.ToString(), Name);
}

/// <summary>In which roles she acted, from where, and why where a reason was asked for.</summary>
internal sealed class AuditGuise : AuditTerm
{
    public const int ActingAsLength = 200;
    public const int WhyLength = 300;

    public string? ActingAs { get; init; }
    public string? Address { get; init; }
    public string? Why { get; init; }

    public override byte[] Own() => AuditLine.DigestOf(ActingAs, Address, Why);
}

/// <summary>What was done, on what, with which fields; of a person, of a record, of an account. There are as many as the code has ways of touching data.</summary>
internal sealed class AuditAct : AuditTerm
{
    public const int ActionLength = 20;
    public const int WhatLength = 120;
    public const int FieldsLength = 80;

    public required string Action { get; init; }
    public required string What { get; init; }
    public string? Fields { get; init; }
    public required AuditSubject Subject { get; init; }

    public override byte[] Own() => AuditLine.DigestOf(Action, What, Fields, Subject.ToString());
}

/// <summary>Numbers that are known without asking. Only those of committed rows are put here.</summary>
internal sealed class KnownAuditTerms
{
    private const int AtMost = 100_000;

    private readonly ConcurrentDictionary<(Type, string), int> known = new();

    public int? NumberOf(Type kind, string digest) => known.TryGetValue((kind, digest), out var id) ? id : null;

    public void Learn(IEnumerable<((Type, string) Term, int Id)> terms)
    {
        if (known.Count > AtMost)
            known.Clear();
        foreach (var (term, id) in terms)
            known[term] = id;
    }
}

/// <summary>The numbers of a group's terms; new ones are added to the next save. The caller holds the head of the chain, so nobody else adds any.</summary>
internal sealed class AuditTerms(UserManagementDb db, KnownAuditTerms known)
{
    private readonly Dictionary<(Type, string), int> met = [];
    private readonly Dictionary<Type, int> last = [];

    public async Task<int> NumberOf<T>(T term, CancellationToken cancellation)
        where T : AuditTerm
    {
        term.Digest = term.Own();
        var key = (typeof(T), Convert.ToHexString(term.Digest));
        if (met.TryGetValue(key, out var id))
            return id;
        var found = known.NumberOf(key.Item1, key.Item2)
            ?? await db.Set<T>().Where(t => t.Digest == term.Digest).Select(t => (int?)t.Id).FirstOrDefaultAsync(cancellation);
        if (found is null)
        {
            term.Id = (last.TryGetValue(typeof(T), out var before) ? before : await db.Set<T>().MaxAsync(t => (int?)t.Id, cancellation) ?? 0) + 1;
            last[typeof(T)] = term.Id;
            db.Add(term);
        }

        return met[key] = found ?? term.Id;
    }

    /// <summary>After the commit.</summary>
    public void Committed() => known.Learn(met.Select(m => (m.Key, m.Value)));
}

internal static class AuditReading
{
    /// <summary>The rows in words.</summary>
    public static IQueryable<AuditLine> InWords(this IQueryable<LineRow> rows, UserManagementDb db) =>
        from row in rows
        join actor in db.Set<AuditActor>() on row.Actor equals actor.Id
        join guise in db.Set<AuditGuise>() on row.Guise equals guise.Id
        join act in db.Set<AuditAct>() on (int)row.Act equals act.Id
        select new AuditLine
        {
            Sequence = row.Sequence, At = row.At, ActorId = actor.ActorId, Actor = actor.Name, Address = guise.Address, Action = act.Action, What = act.What,
            Subject = act.Subject, SubjectId = row.SubjectId, Trace = row.Trace, ActingAs = guise.ActingAs, Fields = act.Fields, Why = guise.Why, Mark = row.Mark, Hash = row.Hash,
        };

    // One id, as nearly all are, is asked for as one: its lines are then read in the order of their index.
    public static IQueryable<LineRow> OfSubjects(this IQueryable<LineRow> rows, List<Guid> ids)
    {
        var only = ids[0];
        return ids.Count == 1 ? rows.Where(r => r.SubjectId == only) : rows.Where(r => ids.Contains(r.SubjectId));
    }

    /// <summary>As one is asked for whose index gives her lines in their order; several are asked for together.</summary>
    public static IQueryable<LineRow> OfActors(this IQueryable<LineRow> rows, List<int> actors) =>
        actors is [var only] ? rows.Where(r => r.Actor == only) : rows.Where(r => actors.Contains(r.Actor));

    /// <summary>Of a few who bear one name, the lines of each by herself: a page needs the newest of each, and not all that they ever did.</summary>
    public static IReadOnlyList<IQueryable<LineRow>>? EachOfActors(this IQueryable<LineRow> rows, List<int> actors) =>
        actors.Count is < 2 or > 20 ? null : [.. actors.Select(actor => rows.Where(r => r.Actor == actor))];
}
