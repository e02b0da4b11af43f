using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.SecondFactor;

/// <summary>The second step of the sign-in: the authenticator's code, or a recovery code. Wrong ones count with the wrong passwords.</summary>
[OpenToAll("It is the way in, for who has proved her password.")]
internal sealed record ProveCode : ICommand<SignInAnswer>
{
    public string Code { get; init; } = "";

    [BindNever]
    public PendingSignIn? Who { get; init; }

    [BindNever]
    public string? Address { get; init; }

    internal sealed class Validator : AbstractValidator<ProveCode>
    {
        public Validator() =>
            RuleFor(p => p.Code).NotEmpty().WithMessage("Scriva il codice.").MaximumLength(40).WithMessage("Il testo è troppo lungo.");
    }

    internal sealed class Handler(UserManagementDb db, SecondFactorRule rule, TimeProvider clock)
        : IRequestHandler<ProveCode, SignInAnswer>
    {
        public async Task<SignInAnswer> Handle(ProveCode request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var account = request.Who is { } who ? await who.AccountIn(db, cancellationToken) : null;
            if (account is not { TwoFactorEnabled: true } || account.LockoutEnd > now)
                throw Refused();
            var counted = await account.CountAttempt(db, cancellationToken);
            var succeeded = counted <= Account.FailuresToLock
                && (await account.TakeCode(db, request.Code, now, cancellationToken) || await IsRecovery(account, request.Code, cancellationToken));
            db.SignIns.Add(SignInRow.Of(account.Id, now, request.Address, succeeded));
            // Somebody may have read it over her shoulder.
            if (!succeeded && Totp.StepOf(SecondFactorSecrets.Of(account), Totp.Typed(request.Code), now, 0) is not null)
                db.Tell(new AccessChanged(account.Id, AccessPart.CodeUsedAgain));
            if (succeeded)
                account.LastSignInAt = now.UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            await account.CloseAttempt(db, succeeded, counted, now, cancellationToken);
            return succeeded ? new(account.Id, account.SecurityStamp!, rule.NextOf(account, codeProved: true)) : throw Refused();
        }

        private async Task<bool> IsRecovery(Account account, string code, CancellationToken cancellation)
        {
            var hash = RecoveryCode.HashOf(account.Id, code);
            return await db.RecoveryCodes.Where(r => r.AccountId == account.Id && r.Hash == hash).ExecuteDeleteAsync(cancellation) == 1;
        }

        private static Refusal Refused() => new("code-refused",
            "Il codice non è corretto, è scaduto o è già stato usato. Dopo 5 tentativi sbagliati l’accesso resta sospeso per 15 minuti.")
        { Kind = RefusalKind.Unprocessable };
    }
}

internal static class TakenCodes
{
    /// <summary>By a conditional update: of the same code sent twice at once, one is taken.</summary>
    public static async Task<bool> TakeCode(this Account account, UserManagementDb db, string code, DateTimeOffset now, CancellationToken cancellation) =>
        Totp.StepOf(SecondFactorSecrets.Of(account), Totp.Typed(code), now, account.TotpStep) is { } step
        && await db.Accounts.Where(a => a.Id == account.Id && a.TotpStep < step).ExecuteUpdateAsync(set => set.SetProperty(a => a.TotpStep, step), cancellation) == 1;
}
