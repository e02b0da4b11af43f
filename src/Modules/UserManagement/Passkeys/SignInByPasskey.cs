using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.SecondFactor;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.Passkeys;

/// <summary>Somebody signs in with a key of hers. The key is what she has, and the finger or the PIN with which she opened it is the other
/// factor: nothing more is asked.</summary>
[OpenToAll("It is the way in.")]
internal sealed record SignInByPasskey : ICommand<SignInAnswer>
{
    /// <summary>JSON of the browser's answer.</summary>
    public string Credential { get; init; } = "";

    public string? State { get; init; }

    [BindNever]
    public string? Address { get; init; }

    internal sealed class Validator : AbstractValidator<SignInByPasskey>
    {
        public Validator() =>
            RuleFor(p => p.Credential).NotEmpty().WithMessage("Il browser non ha mostrato nessuna passkey.").MaximumLength(20_000).WithMessage("Il testo è troppo lungo.");
    }

    internal sealed class Handler(UserManagementDb db, PasskeyCeremony ceremony, SignInPace pace, SecondFactorRule rule, TimeProvider clock)
        : IRequestHandler<SignInByPasskey, SignInAnswer>
    {
        public async Task<SignInAnswer> Handle(SignInByPasskey request, CancellationToken cancellationToken)
        {
            pace.Take(request.Address, null);
            var (account, proved) = await ceremony.Asserted(request.Credential, request.State, cancellationToken);
            var now = clock.GetUtcNow();
            if (account.DeactivatedAt is not null || await db.UsedKey(account.Id, proved, now, cancellationToken) is null)
                throw PasskeyCeremony.Refused();
            account.LastSignInAt = now.UtcDateTime;
            db.SignIns.Add(SignInRow.Of(account.Id, now, request.Address, true));
            await db.SaveChangesAsync(cancellationToken);
            return new(account.Id, account.SecurityStamp!, rule.NextOf(account, codeProved: true));
        }
    }
}
