using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Passkeys;

/// <summary>Somebody's own keys, and what her browser needs to make another.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record OwnPasskeys : IQuery<PasskeysShown>
{
    internal sealed class Handler(UserManagementDb db, PasskeyCeremony ceremony, ICurrentUser user) : IRequestHandler<OwnPasskeys, PasskeysShown>
    {
        public async Task<PasskeysShown> Handle(OwnPasskeys request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.Id == user.Id, cancellationToken) ?? throw Refusal.NotFound();
            return new(await db.Passkeys.AsNoTracking().Where(p => p.AccountId == account.Id).OrderBy(p => p.Id).ToListAsync(cancellationToken),
                await ceremony.New(account.Id, account.UserName!, account.DisplayName));
        }
    }
}

internal sealed record PasskeysShown(IReadOnlyList<Passkey> Keys, PasskeyOffer Offer);

/// <summary>Somebody gives one of her keys another name.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record RenamePasskey(Guid Id, string Name) : ICommand<Unit>
{
    internal sealed class Validator : AbstractValidator<RenamePasskey>
    {
        public Validator() =>
            RuleFor(p => p.Name).NotEmpty().WithMessage("Dia un nome alla passkey.").MaximumLength(Passkey.NameLength).WithMessage("Il testo è troppo lungo.");
    }

    internal sealed class Handler(UserManagementDb db, ICurrentUser user) : IRequestHandler<RenamePasskey, Unit>
    {
        public async Task<Unit> Handle(RenamePasskey request, CancellationToken cancellationToken)
        {
            var key = await db.Passkeys.FirstOrDefaultAsync(p => p.Id == request.Id && p.AccountId == user.Id, cancellationToken) ?? throw Refusal.NotFound();
            key.Name = request.Name.Trim();
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>One of somebody's keys opens nothing any more: she has lost it, or has another.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record RemovePasskey(Guid Id) : ICommand<Unit>, IAsksProof
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user) : IRequestHandler<RemovePasskey, Unit>
    {
        public async Task<Unit> Handle(RemovePasskey request, CancellationToken cancellationToken)
        {
            var key = await db.Passkeys.FirstOrDefaultAsync(p => p.Id == request.Id && p.AccountId == user.Id, cancellationToken) ?? throw Refusal.NotFound();
            var account = await db.Accounts.SingleAsync(a => a.Id == user.Id, cancellationToken);
            db.Passkeys.Remove(key);
            account.HasPasskey = await db.Passkeys.AnyAsync(p => p.AccountId == account.Id && p.Id != key.Id, cancellationToken);
            db.Note("users.RemovePasskey", account.Id);
            db.Tell(new AccessChanged(account.Id, AccessPart.PasskeyRemoved));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
