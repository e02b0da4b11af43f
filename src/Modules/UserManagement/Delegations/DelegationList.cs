using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Delegations;

/// <summary>A doctor's own lists, to whom she has lent them, and which were lent to her; the latest first.</summary>
[Requires(UserManagementModule.Delegate)]
internal sealed record DelegationList : IQuery<Delegations>
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<DelegationList, Delegations>
    {
        public async Task<Delegations> Handle(DelegationList request, CancellationToken cancellationToken)
        {
            var rows = await db.Assignments.AsNoTracking().Where(r => r.DelegatedBy != null && (r.DelegatedBy == user.Id || r.AccountId == user.Id))
                .OrderByDescending(r => r.ValidFrom).ThenByDescending(r => r.Id)
                .Select(r => new DelegationRow(r,
                    db.Accounts.Where(a => a.Id == r.AccountId).Select(a => a.DisplayName).First(),
                    db.Accounts.Where(a => a.Id == r.DelegatedBy).Select(a => a.DisplayName).First())).ToListAsync(cancellationToken);
            return new(await db.ListsOf(user, region.DayOf(clock.GetUtcNow()), cancellationToken),
                [.. rows.Where(r => r.Row.DelegatedBy == user.Id)], [.. rows.Where(r => r.Row.AccountId == user.Id)]);
        }
    }
}

/// <param name="Own">Lists that she may lend.</param>
internal sealed record Delegations(IReadOnlyList<AssignmentRow> Own, IReadOnlyList<DelegationRow> Lent, IReadOnlyList<DelegationRow> Borrowed);

internal sealed record DelegationRow(AssignmentRow Row, string Substitute, string Doctor);
