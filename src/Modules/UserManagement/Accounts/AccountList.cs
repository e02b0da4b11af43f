using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Accounts;

/// <summary>The accounts, by name.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AccountList(string? Text, Role? Role) : ListQuery<AccountInList>
{
    private static readonly Orders<Account> Order = new Orders<Account>(a => a.Id)
        .By("name", a => a.SearchName).By("email", a => a.Email).By("seen", a => a.LastSignInAt);

    public override string StandingSort => "name";

    internal sealed class Handler(UserManagementDb db) : IRequestHandler<AccountList, Listing<AccountInList>>
    {
        public Task<Listing<AccountInList>> Handle(AccountList request, CancellationToken cancellationToken)
        {
            var accounts = db.Accounts.AsNoTracking();
            foreach (var word in SearchText.Of(request.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                accounts = accounts.Where(a => a.SearchName.Contains(word));
            if (request.Role is { } role)
                accounts = accounts.Where(a => a.Assignments.Any(r => r.Role == role));
            return accounts.List(request, Order, sorted => sorted.Select(a => new AccountInList(
                a.Id, a.UserName!, a.DisplayName, a.Email!, a.DeactivatedAt, a.LastSignInAt, a.Assignments.OrderBy(r => r.Id).ToList())), cancellationToken);
        }
    }
}

internal sealed record AccountInList(
    Guid Id, string UserName, string DisplayName, string Email, DateTime? DeactivatedAt, DateTime? LastSignInAt, IReadOnlyList<AssignmentRow> Assignments);
