using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Platform.UserManagement.Passkeys;

namespace Platform.UserManagement.Accounts;

/// <summary>Identity's store over the module's own context; passkeys are rows of ours, which Identity only reads: use cases write them.</summary>
internal sealed class AccountStore(UserManagementDb db, IdentityErrorDescriber describer)
    : UserOnlyStore<Account, UserManagementDb, Guid>(db, describer), IUserPasskeyStore<Account>
{
    async Task<IList<UserPasskeyInfo>> IUserPasskeyStore<Account>.GetPasskeysAsync(Account user, CancellationToken cancellation) =>
        [.. (await Context.Passkeys.AsNoTracking().Where(p => p.AccountId == user.Id).ToListAsync(cancellation)).Select(p => p.Info())];

    async Task<Account?> IUserPasskeyStore<Account>.FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellation)
    {
        var hash = Passkey.HashOf(credentialId);
        return await Context.Accounts.FirstOrDefaultAsync(a => Context.Passkeys.Any(p => p.CredentialHash == hash && p.AccountId == a.Id), cancellation);
    }

    async Task<UserPasskeyInfo?> IUserPasskeyStore<Account>.FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellation)
    {
        var hash = Passkey.HashOf(credentialId);
        return (await Context.Passkeys.AsNoTracking().FirstOrDefaultAsync(p => p.CredentialHash == hash && p.AccountId == user.Id, cancellation))?.Info();
    }

    Task IUserPasskeyStore<Account>.AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellation) => throw new NotSupportedException();

    Task IUserPasskeyStore<Account>.RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellation) => throw new NotSupportedException();
}
