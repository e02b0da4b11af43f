using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.SecondFactor;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.ExternalSignIn;

/// <summary>Who works with the platform comes in with SPID or CIE. From level 2 on it is two factors already: no code of ours is asked
/// for, and no password.</summary>
internal sealed class AccountEntrance(IMediator mediator, IConfiguration configuration) : IExternalEntrance
{
    public const string Entrance = "account";

    public string Name => Entrance;

    public AssuranceLevel Least { get; } = configuration.GetValue("Accounts:ExternalSignInLevel", AssuranceLevel.L2) is var asked && asked > AssuranceLevel.L2 ? asked : AssuranceLevel.L2;

    public string Door(string? returnTo) => "/sign-in" + (returnTo is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnTo));

    public async Task<string> Enter(HttpContext context, ExternalPerson person, string? returnTo)
    {
        var who = await mediator.Send(new EnterByFiscalCode(person.FiscalCode, context.Connection.RemoteIpAddress?.ToString()), context.RequestAborted);
        var inside = await new PendingSignIn(who.AccountId, who.Stamp, true).Go(context, SignInStep.Done, returnTo ?? "/");
        return ((LocalRedirectResult)inside).Url;
    }
}

/// <summary>A provider has identified somebody: the account that bears her codice fiscale is hers. Unknown, deactivated and expired
/// accounts get one answer.</summary>
[BetweenModules]
internal sealed record EnterByFiscalCode(string FiscalCode, string? Address) : ICommand<SignInAnswer>
{
    internal sealed class Handler(UserManagementDb db, Region region, TimeProvider clock) : IRequestHandler<EnterByFiscalCode, SignInAnswer>
    {
        public async Task<SignInAnswer> Handle(EnterByFiscalCode request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var today = region.DayOf(now);
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.FiscalCode == request.FiscalCode, cancellationToken);
            var mayEnter = account is { DeactivatedAt: null } && await db.Assignments.AnyAsync(
                r => r.AccountId == account.Id && r.State == AssignmentState.Given && r.ValidFrom <= today && (r.ValidTo == null || r.ValidTo >= today), cancellationToken);
            if (account is not null)
            {
                db.SignIns.Add(SignInRow.Of(account.Id, now, request.Address, mayEnter));
                if (mayEnter)
                    account.LastSignInAt = now.UtcDateTime;
                await db.SaveChangesAsync(cancellationToken);
            }

            return mayEnter ? new(account!.Id, account.SecurityStamp!)
                : throw new Refusal("identity-without-account", "Con questa identità non si entra nella piattaforma: lo chieda a chi amministra le utenze della sua struttura.") { Kind = RefusalKind.Unprocessable };
        }
    }
}
