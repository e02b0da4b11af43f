using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.UserManagement.RetentionRuns;

/// <summary>Accounts that were closed a term ago, with their roles, keys and sign-ins. The log keeps who did what under the name of then.</summary>
internal sealed class AccountsForgotten(UserManagementDb db) : IForgets
{
    private const int BatchSize = 200;

    public string What => Retention.Accounts;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var gone = 0;
        while (await db.Accounts.Where(a => a.DeactivatedAt < before).OrderBy(a => a.DeactivatedAt).ThenBy(a => a.Id).Select(a => a.Id).Take(BatchSize).ToListAsync(cancellation) is { Count: > 0 } ids)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.SignIns.Where(s => ids.Contains(s.AccountId)).ExecuteDeleteAsync(cancellation);
            // Roles, links, codes, keys and sessions go with it.
            await db.Accounts.Where(a => ids.Contains(a.Id)).ExecuteDeleteAsync(cancellation);
            db.Audit("delete", $"users.{What}", [], accounts: ids);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
            gone += ids.Count;
        }

        return gone;
    }
}
