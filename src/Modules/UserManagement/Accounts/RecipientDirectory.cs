using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;

namespace Platform.UserManagement.Accounts;

/// <summary>Whom a message reaches by mail: the active accounts that care for the scope today.</summary>
internal sealed class RecipientDirectory(UserManagementDb db, PermissionCatalogue permissions, Region region, TimeProvider clock) : IRecipientDirectory
{
    public async Task<IReadOnlyList<RecipientAddress>> AddressesOf(Recipient recipient, CancellationToken cancellation)
    {
        var accounts = db.Accounts.AsNoTracking().Where(a => a.DeactivatedAt == null);
        if (recipient.Scope is { } scope)
        {
            var today = region.DayOf(clock.GetUtcNow());
            // Not those who only administer the scope.
            var roles = Enum.GetValues<Role>().Where(r => permissions.Grants(InboxPermissions.OfScope, r)).ToList();
            accounts = accounts.Where(a => a.Assignments.Any(r => r.State == AssignmentState.Given && roles.Contains(r.Role) && r.ScopeKind == scope.Kind && r.ScopeCode == scope.Code
                && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today)));
        }
        else
        {
            accounts = accounts.Where(a => a.Id == recipient.AccountId);
        }

        return await accounts.OrderBy(a => a.Id).Select(a => new RecipientAddress(a.Id, a.Email!, a.Language)).ToListAsync(cancellation);
    }
}
