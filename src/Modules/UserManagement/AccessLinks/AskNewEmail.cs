using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.AccessLinks;

/// <summary>Somebody wants her mails at another address: it becomes hers once she has opened the link that goes there. Whether somebody else
/// has that address is not said here.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record AskNewEmail : ICommand<Unit>, IPaced
{
    public string Email { get; init; } = "";

    /// <summary>An open screen is not enough to take an account away.</summary>
    public string Password { get; init; } = "";

    internal sealed class Validator : AbstractValidator<AskNewEmail>
    {
        public Validator()
        {
            RuleFor(a => a.Email).MustBeAnAddress();
            RuleFor(a => a.Password).NotEmpty().WithMessage("Scriva la password attuale.");
        }
    }

    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, ICurrentUser user) : IRequestHandler<AskNewEmail, Unit>
    {
        public async Task<Unit> Handle(AskNewEmail request, CancellationToken cancellationToken)
        {
            var account = await accounts.FindByIdAsync(user.Id?.ToString() ?? "") ?? throw Refusal.NotFound();
            if (await accounts.IsLockedOutAsync(account) || !await accounts.CheckPasswordAsync(account, request.Password))
            {
                await accounts.AccessFailedAsync(account);
                throw new ValidationException([new(nameof(Password), "La password attuale non è corretta.")]);
            }

            db.Note("users.AskNewEmail", account.Id);
            db.Tell(new AccessLinkAsked(account.Id, AccessLinkPurpose.NewEmail, request.Email.Trim()));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Whoever reads the new address confirms it: from now on it is the account's.</summary>
[OpenToAll("It is for who holds a link, signed in or not.")]
internal sealed record ConfirmEmail : ICommand<Unit>
{
    [BindNever]
    public string Token { get; init; } = "";

    internal sealed class Handler(UserManagementDb db, AccountMail mail, TimeProvider clock) : IRequestHandler<ConfirmEmail, Unit>
    {
        public async Task<Unit> Handle(ConfirmEmail request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var link = await db.GoodLink(request.Token, now, cancellationToken, confirms: true) ?? throw Refusal.NotFound();
            // Of the same link used twice at once, one wins.
            if (await db.AccessLinks.Where(l => l.Id == link.Id && l.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellationToken) == 0)
                throw Refusal.NotFound();
            var account = await db.Accounts.SingleAsync(a => a.Id == link.AccountId, cancellationToken);
            db.Note("users.ConfirmEmail", account.Id);
            await mail.Change(account, link.Email!, confirmed: true, cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>The address that a link is for; not found where the link is spent.</summary>
[OpenToAll("Answers only to who holds a link.")]
internal sealed record EmailToConfirm(string Token) : IQuery<string>
{
    internal sealed class Handler(UserManagementDb db, TimeProvider clock) : IRequestHandler<EmailToConfirm, string>
    {
        public async Task<string> Handle(EmailToConfirm request, CancellationToken cancellationToken) =>
            (await db.GoodLink(request.Token, clock.GetUtcNow().UtcDateTime, cancellationToken, confirms: true))?.Email ?? throw Refusal.NotFound();
    }
}
