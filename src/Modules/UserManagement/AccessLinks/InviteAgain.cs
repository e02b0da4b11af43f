using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.AccessLinks;

/// <summary>The invitation was lost or has expired: another one; the one before opens nothing any more.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record InviteAgain(Guid AccountId) : ICommand<Unit>, IPaced
{
    internal sealed class Handler(UserManagementDb db, Administration administration) : IRequestHandler<InviteAgain, Unit>
    {
        public async Task<Unit> Handle(InviteAgain request, CancellationToken cancellationToken)
        {
            if ((await administration.FindWhole(db, request.AccountId, cancellationToken)).DeactivatedAt is not null)
                throw Refusal.NotFound();
            db.Note("users.InviteAgain", request.AccountId);
            db.Tell(new AccessLinkAsked(request.AccountId, AccessLinkPurpose.Invitation));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
