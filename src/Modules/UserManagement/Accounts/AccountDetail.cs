using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Accounts;

/// <summary>One account with all its assignments, past and future.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record AccountDetail(Guid Id) : IQuery<Account>
{
    internal sealed class Handler(UserManagementDb db) : IRequestHandler<AccountDetail, Account>
    {
        public async Task<Account> Handle(AccountDetail request, CancellationToken cancellationToken) =>
            await db.Accounts.AsNoTracking().Include(a => a.Assignments.OrderBy(r => r.ValidFrom).ThenBy(r => r.Id))
                .FirstOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
    }
}
