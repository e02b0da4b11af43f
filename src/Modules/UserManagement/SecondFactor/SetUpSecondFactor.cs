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

/// <summary>Somebody ties her telephone to her account: the first right code proves that it works. The recovery codes are answered once.</summary>
[OpenToAll("Who has proved her password must set it up before she is inside; who is inside may.")]
internal sealed record SetUpSecondFactor : ICommand<SecondFactorSet>
{
    public string Code { get; init; } = "";

    /// <summary>The secret as the form carries it, sealed.</summary>
    public string? Offer { get; init; }

    [BindNever]
    public PendingSignIn? Who { get; init; }

    internal sealed class Validator : AbstractValidator<SetUpSecondFactor>
    {
        public Validator() =>
            RuleFor(p => p.Code).NotEmpty().WithMessage("Scriva il codice.").MaximumLength(40).WithMessage("Il testo è troppo lungo.");
    }

    internal sealed class Handler(UserManagementDb db, SecondFactorSecrets secrets, SecondFactorRule rule, TimeProvider clock)
        : IRequestHandler<SetUpSecondFactor, SecondFactorSet>
    {
        public async Task<SecondFactorSet> Handle(SetUpSecondFactor request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var account = request.Who is { } who ? await who.AccountIn(db, cancellationToken) : null;
            if (account is null)
                throw Refusal.NotFound();
            // Whoever holds only the password must not put another telephone in the place of hers.
            if (account.TwoFactorEnabled)
                throw new Refusal("second-factor-set", "Il secondo fattore è già impostato. Per cambiare telefono lo faccia azzerare dall’amministratore.");
            var secret = secrets.Offered(account.Id, request.Offer)
                ?? throw new Refusal("offer-expired", "Il tempo per impostarlo è scaduto: ricarichi la pagina e legga il nuovo codice QR.") { Kind = RefusalKind.Unprocessable };
            var step = Totp.StepOf(secret, Totp.Typed(request.Code), now, 0)
                ?? throw new ValidationException([new(nameof(Code), "Il codice non corrisponde: controlli che l’ora del telefono sia quella automatica.")]);

            (account.TotpSecret, account.TotpStep, account.TwoFactorEnabled) = (SecondFactorSecrets.Keep(secret), step, true);
            db.Tell(new AccessChanged(account.Id, AccessPart.SecondFactor));
            var codes = await db.NewRecoveryCodes(account.Id, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return new(new(account.Id, account.SecurityStamp!, rule.NextOf(account, codeProved: true)), codes);
        }
    }
}

/// <param name="RecoveryCodes">Shown once.</param>
internal sealed record SecondFactorSet(SignInAnswer Who, IReadOnlyList<string> RecoveryCodes);

internal static class RecoveryCodes
{
    /// <summary>In place of those there were; the save is the caller's.</summary>
    public static async Task<IReadOnlyList<string>> NewRecoveryCodes(this UserManagementDb db, Guid account, DateTimeOffset now, CancellationToken cancellation)
    {
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(r => r.AccountId == account).ToListAsync(cancellation));
        var codes = Enumerable.Range(0, RecoveryCode.HowMany).Select(_ => RecoveryCode.New()).ToList();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { Id = Guid.CreateVersion7(now), AccountId = account, Hash = RecoveryCode.HashOf(account, code) }));
        return codes;
    }
}
