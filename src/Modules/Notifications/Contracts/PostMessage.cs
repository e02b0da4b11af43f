using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Notifications.Contracts;

public enum MessagePriority
{
    /// <summary>On top of the inbox: a positive, a correction of one.</summary>
    High,
    Normal,
    Low,
}

public static class InboxPermissions
{
    /// <summary>Gets what is told to a whole scope: those who care for its people, not those who only administer it.</summary>
    public const string OfScope = "notifications.of-scope";
}

/// <summary>Who is told: everybody who holds the scope (a doctor's list, an ASL, a lab), or one account.</summary>
public sealed record Recipient(Scope? Scope, Guid? AccountId)
{
    public static Recipient Of(ScopeKind kind, string code) => new(new Scope(kind, code), null);

    public static Recipient Account(Guid id) => new(null, id);
}

/// <summary>Puts a message in the in-app inbox of those entitled and, where mail is configured, tells them by
/// e-mail that there is one, with no personal data and no health detail in the mail. The same <paramref name="Id"/>
/// posted again is the same message.</summary>
/// <param name="Id">Made by the sender from what caused the message and who gets it.</param>
/// <param name="Template">Name of the template, <c>referti.issued</c>: its texts are in the sender's resources
/// as the Italian sentence <paramref name="Subject"/>.</param>
/// <param name="Subject">Italian sentence with <c>{0}</c>…, the key of its translation; shown only inside the platform.</param>
/// <param name="Arguments">For the subject; may name the person, since only those entitled read it.</param>
/// <param name="Link">Path of the page with the details.</param>
/// <param name="PatientId">The person it is about, for scope and audit.</param>
/// <param name="Group">Groups messages in the inbox: <c>report</c>, <c>task</c>.</param>
[BetweenModules]
public sealed record PostMessage(
    Guid Id, Recipient To, string Template, MessagePriority Priority, string Subject, string[] Arguments,
    string Link, Guid? PatientId, string Group) : ICommand<Unit>;

/// <summary>As <see cref="PostMessage"/>, many at once: all, or none.</summary>
[BetweenModules]
public sealed record PostMessages(IReadOnlyList<PostMessage> Messages) : ICommand<Unit>;

/// <summary>Tells a citizen by e-mail, with a neutral text: a link, never a result or a diagnosis.</summary>
/// <param name="Subject">Italian sentence, the key of its translation, without personal data.</param>
[BetweenModules]
public sealed record PostMail(Guid Id, string Address, string Subject, string Body, Guid? PatientId) : ICommand<Unit>;

/// <summary>As <see cref="PostMail"/>, many at once: all, or none.</summary>
[BetweenModules]
public sealed record PostMails(IReadOnlyList<PostMail> Mails) : ICommand<Unit>;

/// <summary>The e-mail addresses behind recipients: the module that knows the accounts plugs it in.</summary>
public interface IRecipientDirectory
{
    Task<ILookup<Recipient, RecipientAddress>> AddressesOf(IReadOnlyCollection<Recipient> recipients, CancellationToken cancellation);
}

/// <param name="Language">Two letters, the language the account reads.</param>
public sealed record RecipientAddress(Guid AccountId, string Email, string Language);
