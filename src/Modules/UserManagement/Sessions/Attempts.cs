using Microsoft.EntityFrameworkCore;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Sessions;

/// <summary>The count of attempts in a row, kept in the database: attempts side by side, on any host, are each counted.</summary>
internal static class Attempts
{
    /// <summary>Before the password or the code is looked at.</summary>
    /// <returns>How many it are, this one included.</returns>
    public static async Task<int> CountAttempt(this Account account, UserManagementDb db, CancellationToken cancellation)
    {
        await Row(db, account).ExecuteUpdateAsync(set => set.SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1), cancellation);
        return await Row(db, account).Select(a => a.AccessFailedCount).FirstAsync(cancellation);
    }

    /// <summary>What counting costs, for a name that no account has.</summary>
    public static async Task CountNobodys(UserManagementDb db, CancellationToken cancellation)
    {
        var nobody = db.Accounts.Where(a => a.Id == Guid.Empty);
        await nobody.ExecuteUpdateAsync(set => set.SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1), cancellation);
        await nobody.Select(a => a.AccessFailedCount).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The password was right, and the code is still to come: neither a failure nor the end of the failures before,
    /// or whoever knows the password could try codes for ever.</summary>
    public static Task TakeBackAttempt(this Account account, UserManagementDb db, CancellationToken cancellation) =>
        Row(db, account).ExecuteUpdateAsync(set => set.SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount - 1), cancellation);

    public static async Task CloseAttempt(this Account account, UserManagementDb db, bool succeeded, int counted, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!succeeded && counted < Account.FailuresToLock)
            return;
        DateTimeOffset? lockedUntil = succeeded ? null : now + Account.Lock;
        await Row(db, account).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.AccessFailedCount, 0).SetProperty(a => a.LockoutEnd, lockedUntil), cancellation);
    }

    private static IQueryable<Account> Row(UserManagementDb db, Account account) => db.Accounts.Where(a => a.Id == account.Id);
}
