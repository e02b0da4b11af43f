using System.Globalization;
using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;

namespace Platform.UserManagement.Accounts;

internal enum RoleNews
{
    Approved,
    Refused,
    Delegated,
    Revoked,
}

/// <summary>Something became of a role that its holder should know, and who gave it, if it was somebody else than who decided.</summary>
/// <param name="By">Name of who decided, or lends the list.</param>
/// <param name="GivenBy">Told too; null where nobody is.</param>
internal sealed record RoleChanged(
    Guid AssignmentId, RoleNews News, Guid AccountId, string Holder, string By, Role Role, Scope Scope, DateOnly From, DateOnly? To, Guid? GivenBy) : IEvent
{
    public static RoleChanged Of(AssignmentRow row, RoleNews news, string holder, string by) => new(
        row.Id, news, row.AccountId, holder, by, row.Role, row.Assignment.Scope, row.ValidFrom, row.ValidTo,
        news is RoleNews.Approved or RoleNews.Refused ? row.GivenBy : null);
}

internal sealed class WhenRoleChanged(UserManagementDb db, IMediator mediator, ScopeNames names) : IReaction<RoleChanged>
{
    private const string Group = "access";

    public async Task React(Told<RoleChanged> told, CancellationToken cancellation)
    {
        var fact = told.Event;
        var (role, scope) = (names.Of(fact.Role), names.Of(fact.Scope));
        var (subject, arguments) = fact.News switch
        {
            RoleNews.Approved => ("Il suo profilo ({0}, {1}) è stato approvato e vale dal {2}.", new[] { role, scope, Day(fact.From) }),
            RoleNews.Refused => ("Il profilo che le era stato dato ({0}, {1}) non è stato approvato.", [role, scope]),
            RoleNews.Delegated => ("{0} le ha dato una delega ({1}) dal {2} al {3}.", [fact.By, role, Day(fact.From), Day(fact.To ?? fact.From)]),
            _ => ("{0} ha revocato la delega che le aveva dato.", [fact.By]),
        };
        var messages = new List<PostMessage> { Message(fact, "holder", fact.AccountId, subject, arguments, "/account") };
        if (fact.GivenBy is { } giver && giver != fact.AccountId)
        {
            messages.Add(Message(fact, "giver", giver, fact.News == RoleNews.Approved
                ? "Il profilo che ha dato a {0} è stato approvato da {1}." : "Il profilo che ha dato a {0} è stato rifiutato da {1}.", [fact.Holder, fact.By], $"/users/{fact.AccountId}"));
        }

        await mediator.Send(new PostMessages(messages), cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private static PostMessage Message(RoleChanged fact, string to, Guid account, string subject, string[] arguments, string link) => new(
        StableId.Of(fact.AssignmentId, $"{fact.News} {to}"), Recipient.Account(account), "users.role-changed", MessagePriority.Normal, subject, arguments, link, null, Group);

    private static string Day(DateOnly day) => day.ToString("d", CultureInfo.GetCultureInfo("it-IT"));
}
