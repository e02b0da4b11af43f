using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.Accounts;

/// <summary>Somebody looks at her own account.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record OwnAccount : IQuery<OwnAccountAnswer>
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user) : IRequestHandler<OwnAccount, OwnAccountAnswer>
    {
        public async Task<OwnAccountAnswer> Handle(OwnAccount request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.AsNoTracking().Include(a => a.Assignments)
                .FirstOrDefaultAsync(a => a.Id == user.Id, cancellationToken)
                ?? throw BuildingBlocks.Failures.Refusal.NotFound();
            return new(account.UserName!, account.DisplayName, account.Email!, account.Language,
                [.. account.Assignments.Where(r => r.State != AssignmentState.Refused)], await db.LastSignInsOf(account.Id, cancellationToken),
                account.TwoFactorEnabled, await db.RecoveryCodes.CountAsync(r => r.AccountId == account.Id, cancellationToken));
        }
    }
}

internal sealed record OwnAccountAnswer(
    string UserName, string DisplayName, string Email, string Language,
    IReadOnlyList<AssignmentRow> Assignments, IReadOnlyList<SignInRow> SignIns, bool HasSecondFactor, int RecoveryCodesLeft);
