using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AccessLinks;

/// <summary>The invitation was lost or has expired: another one; the one before opens nothing any more.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record InviteAgain(Guid AccountId) : ICommand<Unit>
{
    internal sealed class Handler(UserManagementDb db) : IRequestHandler<InviteAgain, Unit>
    {
        public async Task<Unit> Handle(InviteAgain request, CancellationToken cancellationToken)
        {
            if (!await db.Accounts.AnyAsync(a => a.Id == request.AccountId && a.DeactivatedAt == null, cancellationToken))
                throw Refusal.NotFound();
            db.Tell(new AccessLinkAsked(request.AccountId, AccessLinkPurpose.Invitation));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
