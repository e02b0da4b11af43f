using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.Notifications.Contracts;

namespace Platform.UserManagement.Accounts;

/// <summary>Whom a message reaches by mail: the active accounts with an assignment to the scope today.</summary>
internal sealed class RecipientDirectory(UserManagementDb db, Region region, TimeProvider clock) : IRecipientDirectory
{
    public async Task<IReadOnlyList<RecipientAddress>> AddressesOf(Recipient recipient, CancellationToken cancellation)
    {
        var accounts = db.Accounts.AsNoTracking().Where(a => a.DeactivatedAt == null);
        if (recipient.Scope is { } scope)
        {
            var today = region.DayOf(clock.GetUtcNow());
            accounts = accounts.Where(a => a.Assignments.Any(r => r.ScopeKind == scope.Kind && r.ScopeCode == scope.Code
                && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today)));
        }
        else
        {
            accounts = accounts.Where(a => a.Id == recipient.AccountId);
        }

        return await accounts.OrderBy(a => a.Id).Select(a => new RecipientAddress(a.Id, a.Email!, a.Language)).ToListAsync(cancellation);
    }
}
