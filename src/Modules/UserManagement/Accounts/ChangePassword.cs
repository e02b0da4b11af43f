using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.Accounts;

/// <summary>Somebody changes her own password; her other sessions end.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record ChangePassword : ICommand<SignInAnswer>
{
    public string Current { get; init; } = "";
    public string New { get; init; } = "";
    public string Again { get; init; } = "";

    internal sealed class Validator : AbstractValidator<ChangePassword>
    {
        public Validator()
        {
            RuleFor(c => c.Current).NotEmpty().WithMessage("Scriva la password attuale.");
            RuleFor(c => c.New).NotEmpty().WithMessage("Scriva la nuova password.")
                .MaximumLength(Passwords.Longest).WithMessage("Il testo è troppo lungo.");
            RuleFor(c => c.Again).Equal(c => c.New).WithMessage("Le due password non sono uguali.");
        }
    }

    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, ICurrentUser user) : IRequestHandler<ChangePassword, SignInAnswer>
    {
        public async Task<SignInAnswer> Handle(ChangePassword request, CancellationToken cancellationToken)
        {
            var account = await accounts.FindByIdAsync(user.Id?.ToString() ?? "") ?? throw Refusal.NotFound();
            // The store saves, with a new security stamp.
            (account.MustChangePassword, account.PasswordExpiresAt) = (false, null);
            db.Tell(new AccessChanged(account.Id, AccessPart.Password));
            var result = await accounts.ChangePasswordAsync(account, request.Current, request.New);
            if (!result.Succeeded)
            {
                // What was not changed is not told, by whatever is saved next.
                db.ChangeTracker.Clear();
                throw Invalid.From(result, result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.PasswordMismatch))
                    ? nameof(Current) : nameof(New));
            }

            return new(account.Id, account.SecurityStamp!);
        }
    }
}
