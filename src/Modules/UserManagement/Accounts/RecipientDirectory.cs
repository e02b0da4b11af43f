using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;

namespace Platform.UserManagement.Accounts;

/// <summary>Whom a message reaches by mail: the active accounts that care for the scope today.</summary>
internal sealed class RecipientDirectory(UserManagementDb db, PermissionCatalogue permissions, Region region, TimeProvider clock) : IRecipientDirectory
{
    public async Task<ILookup<Recipient, RecipientAddress>> AddressesOf(IReadOnlyCollection<Recipient> recipients, CancellationToken cancellation)
    {
        var ids = recipients.Select(r => r.AccountId).OfType<Guid>().Distinct().ToList();
        var codes = recipients.Select(r => r.Scope?.Code).OfType<string>().Distinct().ToList();
        var today = region.DayOf(clock.GetUtcNow());
        // Not those who only administer the scope.
        var roles = Enum.GetValues<Role>().Where(r => permissions.Grants(InboxPermissions.OfScope, r)).ToList();
        var accounts = await db.Accounts.AsNoTracking()
            .Where(a => a.DeactivatedAt == null && (ids.Contains(a.Id) || a.Assignments.Any(r => codes.Contains(r.ScopeCode))))
            .OrderBy(a => a.Id)
            .Select(a => new
            {
                Address = new RecipientAddress(a.Id, a.Email!, a.Language),
                Scopes = a.Assignments.Where(r => r.State == AssignmentState.Given && roles.Contains(r.Role) && codes.Contains(r.ScopeCode) && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today))
                    .Select(r => new Scope(r.ScopeKind, r.ScopeCode)).ToList(),
            })
            .ToListAsync(cancellation);
        return accounts
            .SelectMany(a => a.Scopes.Distinct().Select(s => new Recipient(s, null)).Append(Recipient.Account(a.Address.AccountId)), (a, to) => (to, a.Address))
            .ToLookup(found => found.to, found => found.Address);
    }
}
