using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Accounts;

/// <summary>The accounts that the asker administers, by name.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AccountList(string? Text, Role? Role, AccountsShown Shown = AccountsShown.All) : ListQuery<AccountInList>
{
    private static readonly Orders<Account> Order = new Orders<Account>(a => a.Id)
        .By("name", a => a.SearchName).By("email", a => a.Email).By("seen", a => a.LastSignInAt);

    public override string StandingSort => "name";

    internal sealed class Handler(UserManagementDb db, Administration administration) : IRequestHandler<AccountList, Listing<AccountInList>>
    {
        public Task<Listing<AccountInList>> Handle(AccountList request, CancellationToken cancellationToken)
        {
            var (today, soon) = (administration.Today, administration.Today.AddDays(WarnOfExpiry.First));
            var accounts = administration.Of(db.Accounts.AsNoTracking());
            foreach (var word in SearchText.Of(request.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                accounts = accounts.Where(a => a.SearchName.Contains(word));
            if (request.Role is { } role)
                accounts = accounts.Where(a => a.Assignments.Any(r => r.Role == role));
            accounts = request.Shown switch
            {
                AccountsShown.Active => accounts.Where(a => a.DeactivatedAt == null),
                AccountsShown.Off => accounts.Where(a => a.DeactivatedAt != null),
                AccountsShown.Invited => accounts.Where(a => a.DeactivatedAt == null && a.PasswordHash == null),
                AccountsShown.Ending => accounts.Where(a => a.DeactivatedAt == null
                    && a.Assignments.Any(r => r.State == AssignmentState.Given && r.ValidTo >= today && r.ValidTo <= soon)),
                _ => accounts,
            };
            return accounts.List(request, Order, sorted => sorted.Select(a => new AccountInList(
                a.Id, a.UserName!, a.DisplayName, a.Email!, a.DeactivatedAt, a.LastSignInAt, a.PasswordHash == null,
                a.Assignments.Where(r => r.State == AssignmentState.Given && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today)).OrderBy(r => r.Id).ToList())), cancellationToken);
        }
    }
}

internal sealed record AccountInList(
    Guid Id, string UserName, string DisplayName, string Email, DateTime? DeactivatedAt, DateTime? LastSignInAt, bool Invited, IReadOnlyList<AssignmentRow> Assignments);

internal enum AccountsShown
{
    All,
    Active,

    /// <summary>They have not chosen their password yet.</summary>
    Invited,

    /// <summary>An assignment ends within a month.</summary>
    Ending,
    Off,
}
