using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;

namespace Platform.UserManagement.Accounts;

/// <summary>Thirty days and seven days before a role ends its holder is told, once each, and so is who administers her; not where the role
/// goes on with another assignment. A day that was missed is made good by the next run.</summary>
internal sealed class WarnOfExpiry(UserManagementDb db, IMediator mediator, ScopeNames names, Region region, IEnumerable<IMadePlaces> made, TimeProvider clock) : IScheduledJob
{
    public const int First = 30;
    public const int Last = 7;
    private const int AtATime = 200;
    private const string Group = "access";

    public static string Name => "users.warn-of-expiry";
    public static string Title => "Avvisa chi ha un profilo che sta per scadere, e chi lo amministra";
    public static string Cron => "0 10 6 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var today = region.DayOf(clock.GetUtcNow());
        var (soon, last) = (today.AddDays(First), today.AddDays(Last));
        var ending = await db.Assignments
            .Where(r => r.State == AssignmentState.Given && r.ValidTo >= today && r.ValidTo <= soon
                && (r.WarnedDays == null || r.WarnedDays > Last && r.ValidTo <= last)
                && db.Accounts.Any(a => a.Id == r.AccountId && a.DeactivatedAt == null)
                && !db.Assignments.Any(n => n.AccountId == r.AccountId && n.Role == r.Role && n.ScopeKind == r.ScopeKind && n.ScopeCode == r.ScopeCode
                    && n.State == AssignmentState.Given && (n.ValidTo == null || n.ValidTo > r.ValidTo)))
            .OrderBy(r => r.Id).ToListAsync(cancellation);
        foreach (var row in ending)
            row.WarnedDays = row.ValidTo <= last ? Last : First;
        foreach (var some in ending.Select(ToHolder).Concat(await ToAdministrators(ending, today, cancellation)).Chunk(AtATime))
            await mediator.Send(new PostMessages(some), cancellation);
        await db.SaveChangesAsync(cancellation);
        return new("{0} profili in scadenza avvisati", ending.Count);
    }

    private PostMessage ToHolder(AssignmentRow row) => new(
        StableId.Of(row.Id, $"expiry {row.WarnedDays}"), Recipient.Account(row.AccountId), "users.expiry", MessagePriority.Normal,
        "Il suo profilo ({0}) vale fino al {1}: se le serve ancora, lo chieda a chi amministra gli accessi.",
        [names.Of(row.Role), row.ValidTo!.Value.ToString("d", CultureInfo.GetCultureInfo("it-IT"))], "/account", null, Group);

    // One message a day and administrator, however many of her people it is about.
    private async Task<IEnumerable<PostMessage>> ToAdministrators(List<AssignmentRow> ending, DateOnly today, CancellationToken cancellation)
    {
        var administrators = await db.Assignments.AsNoTracking()
            .Where(r => r.State == AssignmentState.Given && (r.Role == Role.LocalAdministrator || r.Role == Role.Administrator)
                && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today) && db.Accounts.Any(a => a.Id == r.AccountId && a.DeactivatedAt == null))
            .ToListAsync(cancellation);
        var local = administrators.Where(a => a.Role == Role.LocalAdministrator)
            .SelectMany(a => Administration.Under(region, made, a.Assignment.Scope).Select(s => (Scope: s, a.AccountId))).ToLookup(a => a.Scope, a => a.AccountId);
        var regional = administrators.Where(a => a.Role == Role.Administrator).Select(a => a.AccountId).ToList();
        return ending.SelectMany(r => (local.Contains(r.Assignment.Scope) ? local[r.Assignment.Scope] : regional).Where(a => a != r.AccountId).Distinct())
            .CountBy(a => a)
            .Select(people => new PostMessage(
                StableId.Of(people.Key, $"expiry of people {today:yyyy-MM-dd}"), Recipient.Account(people.Key), "users.expiry-of-people", MessagePriority.Normal,
                "Profili dei suoi utenti che stanno per scadere: {0}.", [people.Value.ToString(CultureInfo.InvariantCulture)],
                $"/users?shown={nameof(AccountsShown.Ending)}", null, Group));
    }
}
