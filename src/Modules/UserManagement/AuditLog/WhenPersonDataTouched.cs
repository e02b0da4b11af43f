using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

/// <summary>Appends a line for each person, each record of somebody not known yet, and for each account that the events name.</summary>
internal sealed class WhenPersonDataTouched(UserManagementDb db, KnownAuditTerms known) : IGroupReaction<PersonDataTouched>
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

        var terms = new AuditTerms(db, known);
        foreach (var one in told)
            await Append(one, head, terms, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        terms.Committed();
    }

    private async Task Append(Told<PersonDataTouched> told, AuditHead head, AuditTerms terms, CancellationToken cancellation)
    {
        var fact = told.Event;
        var at = new DateTime(told.At.Ticks - told.At.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        var name = Cut(fact.Actor, AuditActor.NameLength)!;
        var (actingAs, address, why) = (Cut(fact.ActingAs, AuditGuise.ActingAsLength), Cut(fact.Address, Sessions.SignInRow.AddressLength), Cut(fact.Why, AuditGuise.WhyLength));
        var (action, what, fields) = (Cut(fact.Action, AuditAct.ActionLength)!, Cut(fact.What, AuditAct.WhatLength)!, Cut(fact.Fields, AuditAct.FieldsLength));
        var trace = Guid.TryParseExact(fact.Trace, "N", out var id) ? id : (Guid?)null;
        var actor = await terms.NumberOf(new AuditActor { ActorId = told.ActorId, Name = name }, cancellation);
        var guise = await terms.NumberOf(new AuditGuise { ActingAs = actingAs, Address = address, Why = why }, cancellation);
        foreach (var (subject, ids) in new[] { (AuditSubject.Person, fact.Patients), (AuditSubject.Record, fact.Records), (AuditSubject.Account, fact.Accounts ?? []) })
        {
            if (ids.Length == 0)
                continue;
            var act = await terms.NumberOf(new AuditAct { Action = action, What = what, Fields = fields, Subject = subject }, cancellation);
            foreach (var subjectId in ids)
            {
                var own = new AuditLine
                {
                    Sequence = head.Sequence + 1, At = at, ActorId = told.ActorId, Actor = name, Address = address, Action = action, What = what, Subject = subject,
                    SubjectId = subjectId, Trace = trace, ActingAs = actingAs, Fields = fields, Why = why,
                }.Own();
                (head.Sequence, head.Hash) = (head.Sequence + 1, AuditLine.Seal(head.Hash, own));
                db.LineRows.Add(new()
                {
                    At = at, Sequence = head.Sequence, SubjectId = subjectId, Trace = trace, Actor = actor, Guise = guise, Act = checked((short)act),
                    Mark = AuditLine.MarkOf(own), Hash = head.Hash,
                });
            }
        }
    }

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
