using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.SecondFactor;

/// <summary>The user name under which the authenticator will list the account.</summary>
[OpenToAll("Answers only whom the pending sign-in names.")]
internal sealed record NameOfPending(PendingSignIn Who) : IQuery<string>
{
    internal sealed class Handler(UserManagementDb db) : IRequestHandler<NameOfPending, string>
    {
        public async Task<string> Handle(NameOfPending request, CancellationToken cancellationToken) =>
            await db.Accounts.Where(a => a.Id == request.Who.AccountId && a.SecurityStamp == request.Who.Stamp).Select(a => a.UserName)
                .FirstOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
    }
}
