using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

/// <summary>Appends a line for each person, each record of somebody not known yet, and for each account that the events name.</summary>
internal sealed class WhenPersonDataTouched(UserManagementDb db) : IGroupReaction<PersonDataTouched>
{
    public async Task React(IReadOnlyList<Told<PersonDataTouched>> told, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Taking the head first makes others wait for the end of this transaction, on this host and elsewhere.
        var taken = await db.AuditHeads.Where(h => h.Id == AuditHead.TheOne)
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.Version, h => h.Version + 1), cancellation);
        var head = taken > 0
            ? await db.AuditHeads.FirstAsync(h => h.Id == AuditHead.TheOne, cancellation)
            : db.AuditHeads.Add(new() { Id = AuditHead.TheOne, Hash = AuditLine.Beginning }).Entity;

        foreach (var one in told)
            db.AuditLines.AddRange(LinesOf(one, head));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static IEnumerable<AuditLine> LinesOf(Told<PersonDataTouched> told, AuditHead head)
    {
        var fact = told.Event;
        var at = new DateTime(told.At.Ticks - told.At.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        var subjects = fact.Patients.Select(p => (AuditSubject.Person, p)).Concat(fact.Records.Select(r => (AuditSubject.Record, r)))
            .Concat((fact.Accounts ?? []).Select(a => (AuditSubject.Account, a)));
        foreach (var (subject, id) in subjects)
        {
            var line = new AuditLine
            {
                Sequence = head.Sequence + 1,
                At = at,
                ActorId = told.ActorId,
                Actor = Cut(fact.Actor, AuditLine.ActorLength)!,
                Address = Cut(fact.Address, Sessions.SignInRow.AddressLength),
                Action = Cut(fact.Action, AuditLine.ActionLength)!,
                What = Cut(fact.What, AuditLine.WhatLength)!,
                Subject = subject,
                SubjectId = id,
                Trace = Cut(fact.Trace, AuditLine.TraceLength),
                ActingAs = Cut(fact.ActingAs, AuditLine.ActingAsLength),
                Fields = Cut(fact.Fields, AuditLine.FieldsLength),
                Why = Cut(fact.Why, AuditLine.WhyLength),
                PreviousHash = head.Hash,
            };
            line.Hash = line.Seal();
            (head.Sequence, head.Hash) = (line.Sequence, line.Hash);
            yield return line;
        }
    }

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
