using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Approvals;

/// <summary>The second person says yes or no to a delicate role; she must be able to give it herself, and be neither who gave it nor who
/// would hold it.</summary>
[Requires(UserManagementModule.ManageUsers)]
internal sealed record DecideAssignment(Guid Id, bool Approved) : ICommand<Unit>, IAsksProof
{
    internal sealed class Handler(UserManagementDb db, Administration administration, ICurrentUser user, TimeProvider clock) : IRequestHandler<DecideAssignment, Unit>
    {
        public async Task<Unit> Handle(DecideAssignment request, CancellationToken cancellationToken)
        {
            var row = await db.Assignments.FirstOrDefaultAsync(r => r.Id == request.Id, cancellationToken);
            if (row is null || !administration.MayGive(row.Assignment))
                throw Refusal.NotFound();
            row.Decide(request.Approved, user.Id!.Value, clock.GetUtcNow());
            var holder = await db.Accounts.Where(a => a.Id == row.AccountId).Select(a => a.DisplayName).FirstAsync(cancellationToken);
            db.Tell(RoleChanged.Of(row, request.Approved ? RoleNews.Approved : RoleNews.Refused, holder, user.DisplayName));
            db.Note(request.Approved ? "users.ApproveAssignment" : "users.RefuseAssignment", row.AccountId);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
