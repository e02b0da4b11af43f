using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.SecondFactor;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.AccessLinks;

/// <summary>Whoever holds a link that is still good chooses the account's password. The link proves the address, not the
/// telephone: a second factor there is must still be proved.</summary>
[OpenToAll("It is the way in, for who holds a link.")]
internal sealed record UseAccessLink : ICommand<SignInAnswer>
{
    [BindNever]
    public string Token { get; init; } = "";

    public string New { get; init; } = "";
    public string Again { get; init; } = "";

    internal sealed class Validator : AbstractValidator<UseAccessLink>
    {
        public Validator()
        {
            RuleFor(c => c.New).NotEmpty().WithMessage("Scriva la nuova password.").MaximumLength(Passwords.Longest).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Again).Equal(c => c.New).WithMessage("Le due password non sono uguali.");
        }
    }

    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, IPasswordHasher<Account> hasher, SecondFactorRule rule, TimeProvider clock)
        : IRequestHandler<UseAccessLink, SignInAnswer>
    {
        public async Task<SignInAnswer> Handle(UseAccessLink request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var link = await db.GoodLink(request.Token, now, cancellationToken) ?? throw Refusal.NotFound();
            var account = await db.Accounts.SingleAsync(a => a.Id == link.AccountId, cancellationToken);
            foreach (var validator in accounts.PasswordValidators)
            {
                var result = await validator.ValidateAsync(accounts, account, request.New);
                if (!result.Succeeded)
                    throw Invalid.From(result, nameof(New));
            }

            // Of the same link used twice at once, one wins.
            if (await db.AccessLinks.Where(l => l.Id == link.Id && l.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellationToken) == 0)
                throw Refusal.NotFound();
            account.PasswordHash = hasher.HashPassword(account, request.New);
            (account.MustChangePassword, account.PasswordExpiresAt, account.EmailConfirmed, account.AccessFailedCount, account.LockoutEnd) = (false, null, true, 0, null);
            if (link.Purpose == AccessLinkPurpose.NewPassword)
                db.Tell(new AccessChanged(account.Id, AccessPart.Password));
            // The store saves, with a new security stamp: other sessions end.
            await accounts.UpdateSecurityStampAsync(account);
            return new(account.Id, account.SecurityStamp!, rule.NextOf(account, codeProved: false));
        }
    }
}

/// <summary>The user name that a link is for, so that its reader sees what she sets; not found where the link is spent.</summary>
[OpenToAll("Answers only to who holds a link.")]
internal sealed record AccessLinkShown(string Token) : IQuery<string>
{
    internal sealed class Handler(UserManagementDb db, TimeProvider clock) : IRequestHandler<AccessLinkShown, string>
    {
        public async Task<string> Handle(AccessLinkShown request, CancellationToken cancellationToken)
        {
            var link = await db.GoodLink(request.Token, clock.GetUtcNow().UtcDateTime, cancellationToken) ?? throw Refusal.NotFound();
            return await db.Accounts.Where(a => a.Id == link.AccountId).Select(a => a.UserName!).SingleAsync(cancellationToken);
        }
    }
}

internal static class AccessLinks
{
    /// <param name="confirms">An address, rather than letting choose a password: neither serves for the other.</param>
    /// <returns>Null where it is unknown, spent, expired, or its account may not sign in.</returns>
    public static Task<AccessLink?> GoodLink(this UserManagementDb db, string token, DateTime now, CancellationToken cancellation, bool confirms = false)
    {
        var hash = Digest.Of(token);
        return db.AccessLinks.AsNoTracking().Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now
            && (l.Purpose == AccessLinkPurpose.NewEmail) == confirms
            && db.Accounts.Any(a => a.Id == l.AccountId && a.DeactivatedAt == null)).FirstOrDefaultAsync(cancellation);
    }
}
