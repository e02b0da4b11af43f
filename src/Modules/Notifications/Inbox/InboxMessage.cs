using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Notifications.Contracts;

namespace Platform.Notifications.Inbox;

/// <summary>A message to everybody who holds a scope, or to one account.</summary>
[Shows(FieldClass.Work)]
internal sealed class InboxMessage : IOfPatient
{
    public const int RecipientLength = 80;
    public const int TemplateLength = 80;
    public const int SubjectLength = 300;
    public const int ArgumentsLength = 2000;
    public const int LinkLength = 300;
    public const int GroupLength = 40;

    public required Guid Id { get; init; }
    public required DateTime At { get; init; }

    /// <summary><c>Asl:010301</c>, <c>Account:…</c>: one column, so that one index finds all that is for somebody.</summary>
    public required string Recipient { get; init; }

    public required string Template { get; init; }
    public required MessagePriority Priority { get; init; }

    /// <summary>Italian sentence, the key of its translation.</summary>
    public required string Subject { get; init; }

    /// <summary>JSON array of the subject's arguments.</summary>
    public required string Arguments { get; init; }

    public required string Link { get; init; }
    public Guid? PatientId { get; init; }
    public required string Group { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    public static string KeyOf(Recipient recipient) =>
        recipient.Scope is { } scope ? $"{scope.Kind}:{scope.Code}" : $"Account:{recipient.AccountId}";

    public static string[] ArgumentsOf(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];
}

/// <summary>This account has taken note of the message; the colleagues of the scope read who and when.</summary>
[Shows(FieldClass.Work)]
internal sealed class ReadMark
{
    public const int ByLength = 200;

    public required Guid AccountId { get; init; }
    public required string By { get; init; }
    public required Guid MessageId { get; init; }
    public required DateTime At { get; init; }
}

internal static class InboxOf
{
    /// <summary>What is urgent and nobody has taken note of.</summary>
    public static IQueryable<InboxMessage> Urgent(this IQueryable<InboxMessage> messages, NotificationsDb db) =>
        messages.Where(m => m.Priority == MessagePriority.High && !db.ReadMarks.Any(r => r.MessageId == m.Id));

    /// <summary>What the user has not taken note of.</summary>
    public static IQueryable<InboxMessage> UnreadOf(this NotificationsDb db, ICurrentUser user)
    {
        var account = user.Id;
        return db.Messages.AsNoTracking().For(user).Where(m => !db.ReadMarks.Any(r => r.MessageId == m.Id && r.AccountId == account));
    }

    /// <summary>The messages for the user: those of her scopes and those of her account.</summary>
    public static IQueryable<InboxMessage> For(this IQueryable<InboxMessage> messages, ICurrentUser user)
    {
        if (user.IsPlatform)
            return messages;
        var keys = user.ScopesOf(InboxPermissions.OfScope).Select(s => InboxMessage.KeyOf(new(s, null)))
            .Append(InboxMessage.KeyOf(new(null, user.Id))).ToList();
        return user.May(NotificationsModule.ReadInbox) ? messages.Where(m => keys.Contains(m.Recipient)) : messages.Where(_ => false);
    }
}
