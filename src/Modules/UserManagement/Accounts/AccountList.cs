using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Accounts;

/// <summary>The accounts, by name.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AccountList(string? Text, Role? Role, int Page) : IQuery<Listing<AccountInList>>
{
    internal sealed class Handler(UserManagementDb db) : IRequestHandler<AccountList, Listing<AccountInList>>
    {
        public async Task<Listing<AccountInList>> Handle(AccountList request, CancellationToken cancellationToken)
        {
            var accounts = db.Accounts.AsNoTracking();
            foreach (var word in SearchText.Of(request.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                accounts = accounts.Where(a => a.SearchName.Contains(word));
            if (request.Role is { } role)
                accounts = accounts.Where(a => a.Assignments.Any(r => r.Role == role));
            return await accounts.OrderBy(a => a.SearchName).ThenBy(a => a.Id)
                .Select(a => new AccountInList(a.Id, a.UserName!, a.DisplayName, a.Email!, a.DeactivatedAt, a.LastSignInAt,
                    a.Assignments.OrderBy(r => r.Id).ToList()))
                .ToListing(request.Page, Listings.DefaultSize, cancellationToken);
        }
    }
}

internal sealed record AccountInList(
    Guid Id, string UserName, string DisplayName, string Email, DateTime? DeactivatedAt, DateTime? LastSignInAt, IReadOnlyList<AssignmentRow> Assignments);
