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

namespace Platform.UserManagement.Sessions;

/// <summary>Who came in with a password that somebody else made chooses her own before she is inside.</summary>
[OpenToAll("It is the way in, for who has proved who she is.")]
internal sealed record ChooseFirstPassword : ICommand<SignInAnswer>
{
    public string New { get; init; } = "";
    public string Again { get; init; } = "";

    [BindNever]
    public PendingSignIn? Who { get; init; }

    internal sealed class Validator : AbstractValidator<ChooseFirstPassword>
    {
        public Validator()
        {
            RuleFor(c => c.New).NotEmpty().WithMessage("Scriva la nuova password.").MaximumLength(Passwords.Longest).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Again).Equal(c => c.New).WithMessage("Le due password non sono uguali.");
        }
    }

    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, IPasswordHasher<Account> hasher, SecondFactorRule rule)
        : IRequestHandler<ChooseFirstPassword, SignInAnswer>
    {
        public async Task<SignInAnswer> Handle(ChooseFirstPassword request, CancellationToken cancellationToken)
        {
            var account = request.Who is { } who ? await who.AccountIn(db, cancellationToken) : null;
            if (account is null || rule.NextOf(account, request.Who!.CodeProved) != SignInStep.NewPassword)
                throw Refusal.NotFound();
            if (hasher.VerifyHashedPassword(account, account.PasswordHash!, request.New) != PasswordVerificationResult.Failed)
                throw new ValidationException([new(nameof(New), "Scelga una password diversa da quella che le è stata data.")]);
            foreach (var validator in accounts.PasswordValidators)
            {
                var result = await validator.ValidateAsync(accounts, account, request.New);
                if (!result.Succeeded)
                    throw Invalid.From(result, nameof(New));
            }

            (account.PasswordHash, account.MustChangePassword, account.PasswordExpiresAt) = (hasher.HashPassword(account, request.New), false, null);
            // The store saves, with a new security stamp.
            await accounts.UpdateSecurityStampAsync(account);
            return new(account.Id, account.SecurityStamp!, rule.NextOf(account, request.Who.CodeProved));
        }
    }
}
