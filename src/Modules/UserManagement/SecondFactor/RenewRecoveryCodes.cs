using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.SecondFactor;

/// <summary>Somebody prints new recovery codes; those before work no more. Asks for a code of the telephone: a screen left open is not enough.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record RenewRecoveryCodes : ICommand<IReadOnlyList<string>>
{
    public string Code { get; init; } = "";

    internal sealed class Validator : AbstractValidator<RenewRecoveryCodes>
    {
        public Validator() =>
            RuleFor(p => p.Code).NotEmpty().WithMessage("Scriva il codice.").MaximumLength(40).WithMessage("Il testo è troppo lungo.");
    }

    internal sealed class Handler(UserManagementDb db, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<RenewRecoveryCodes, IReadOnlyList<string>>
    {
        public async Task<IReadOnlyList<string>> Handle(RenewRecoveryCodes request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == user.Id && a.TwoFactorEnabled, cancellationToken) ?? throw Refusal.NotFound();
            account.TotpStep = Totp.StepOf(SecondFactorSecrets.Of(account), Totp.Typed(request.Code), now, account.TotpStep)
                ?? throw new ValidationException([new(nameof(Code), "Il codice non è corretto, è scaduto o è già stato usato.")]);
            db.Tell(new AccessChanged(account.Id, AccessPart.RecoveryCodes));
            var codes = await db.NewRecoveryCodes(account.Id, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return codes;
        }
    }
}
