using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Passkeys;

/// <summary>Somebody adds a key of hers. Asks for the password: a screen left open is not enough to open a second door.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record AddPasskey : ICommand<Unit>
{
    public const int MostKeys = 10;

    public string Name { get; init; } = "";
    public string Password { get; init; } = "";

    /// <summary>JSON of the browser's answer.</summary>
    public string Credential { get; init; } = "";

    public string? State { get; init; }

    internal sealed class Validator : AbstractValidator<AddPasskey>
    {
        public Validator()
        {
            RuleFor(p => p.Name).NotEmpty().WithMessage("Dia un nome alla passkey.").MaximumLength(Passkey.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(p => p.Password).NotEmpty().WithMessage("Scriva la password attuale.").MaximumLength(200).WithMessage("Il testo è troppo lungo.");
            RuleFor(p => p.Credential).NotEmpty().WithMessage("Il browser non ha creato nessuna passkey.").MaximumLength(20_000).WithMessage("Il testo è troppo lungo.");
        }
    }

    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, PasskeyCeremony ceremony, IDatabaseEngine engine, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<AddPasskey, Unit>
    {
        public async Task<Unit> Handle(AddPasskey request, CancellationToken cancellationToken)
        {
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == user.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (!await accounts.CheckPasswordAsync(account, request.Password))
                throw new ValidationException([new(nameof(Password), "La password attuale non è corretta.")]);
            if (await db.Passkeys.CountAsync(p => p.AccountId == account.Id, cancellationToken) >= MostKeys)
                throw new Refusal("too-many-passkeys", "Ha già {0} passkey: ne tolga una.", MostKeys);
            var key = await ceremony.Attested(account.Id, request.Credential, request.State, cancellationToken);
            var now = clock.GetUtcNow();
            db.Passkeys.Add(new()
            {
                Id = Guid.CreateVersion7(now), AccountId = account.Id, CredentialId = key.CredentialId, CredentialHash = Passkey.HashOf(key.CredentialId),
                PublicKey = key.PublicKey, Name = request.Name.Trim(), CreatedAt = now.UtcDateTime, SignCount = key.SignCount,
                Transports = string.Join(' ', key.Transports ?? []) is var ways && ways.Length <= Passkey.TransportsLength ? ways : "",
                BackupEligible = key.IsBackupEligible, BackedUp = key.IsBackedUp,
            });
            account.HasPasskey = true;
            db.Note("users.AddPasskey", account.Id);
            db.Tell(new AccessChanged(account.Id, AccessPart.Passkey));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                db.ChangeTracker.Clear();
                throw new Refusal("passkey-known", "Questa passkey è già registrata.");
            }

            return Unit.Value;
        }
    }
}
