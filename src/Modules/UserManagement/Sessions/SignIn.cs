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

/// <summary>Somebody proves who she is. Whatever is wrong, the answer and the time it takes are the same:
/// nobody learns from it which accounts exist.</summary>
[OpenToAll("It is the way in.")]
internal sealed record SignIn : ICommand<SignInAnswer>
{
    /// <summary>Or the e-mail address.</summary>
    public string UserName { get; init; } = "";

    public string Password { get; init; } = "";

    [BindNever]
    public string? Address { get; init; }

    internal sealed class Validator : AbstractValidator<SignIn>
    {
        public Validator()
        {
            RuleFor(s => s.UserName).NotEmpty().WithMessage("Scriva il nome utente.")
                .MaximumLength(Account.EmailLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(s => s.Password).NotEmpty().WithMessage("Scriva la password.")
                .MaximumLength(200).WithMessage("Il testo è troppo lungo.");
        }
    }

    internal sealed class Handler(
        UserManagementDb db, UserManager<Account> accounts, IPasswordHasher<Account> hasher, SignInPace pace, SecondFactorRule rule, TimeProvider clock)
        : IRequestHandler<SignIn, SignInAnswer>
    {
        private static string? hashOfNobody;

        public async Task<SignInAnswer> Handle(SignIn request, CancellationToken cancellationToken)
        {
            var name = accounts.NormalizeName(request.UserName.Trim());
            pace.Take(request.Address, name);
            var now = clock.GetUtcNow();
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.NormalizedUserName == name, cancellationToken)
                ?? await db.Accounts.FirstOrDefaultAsync(a => a.NormalizedEmail == name, cancellationToken);
            if (account is not { PasswordHash: { } hash, DeactivatedAt: null } || account.LockoutEnd > now || account.PasswordExpiresAt <= now.UtcDateTime)
            {
                hasher.VerifyHashedPassword(account!, hashOfNobody ??= hasher.HashPassword(null!, "nobody"), request.Password);
                // The database has as much to do as for a wrong password, and the attempt is kept like one.
                await Attempts.CountNobodys(db, cancellationToken);
                db.SignIns.Add(SignInRow.Of(account?.Id ?? Guid.Empty, now, request.Address, succeeded: false));
                await db.SaveChangesAsync(cancellationToken);
                throw Refused();
            }

            var counted = await account.CountAttempt(db, cancellationToken);
            var verified = counted > Account.FailuresToLock
                ? PasswordVerificationResult.Failed
                : hasher.VerifyHashedPassword(account, hash, request.Password);
            var succeeded = verified != PasswordVerificationResult.Failed;
            var next = rule.NextOf(account, codeProved: false);
            // With a second factor the sign-in succeeds or fails with that.
            var waits = next is SignInStep.Code or SignInStep.Passkey;
            if (!succeeded || !waits)
                db.SignIns.Add(SignInRow.Of(account.Id, now, request.Address, succeeded));
            if (succeeded)
            {
                if (verified == PasswordVerificationResult.SuccessRehashNeeded)
                    account.PasswordHash = hasher.HashPassword(account, request.Password);
                if (!waits)
                    account.LastSignInAt = now.UtcDateTime;
            }

            await db.SaveChangesAsync(cancellationToken);
            if (succeeded && waits)
                await account.TakeBackAttempt(db, cancellationToken);
            else
                await account.CloseAttempt(db, succeeded, counted, now, cancellationToken);
            return succeeded ? new(account.Id, account.SecurityStamp!, next) : throw Refused();
        }

        private static Refusal Refused() => new("sign-in-refused",
            "Nome utente o password non corretti. Dopo 5 tentativi sbagliati l’accesso resta sospeso per 15 minuti.")
        { Kind = RefusalKind.Unprocessable };
    }
}

/// <param name="Next">What is still to do before she is inside.</param>
internal sealed record SignInAnswer(Guid AccountId, string Stamp, SignInStep Next = SignInStep.Done);
