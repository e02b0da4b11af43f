using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.UsedTokens;

/// <summary>Something that may be shown once only and has been: the row is unique, so that of several hosts one takes it.</summary>
internal sealed class UsedToken
{
    public required string Key { get; init; }

    /// <summary>After which the thing is refused anyway, and the row is forgotten.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <returns>SHA-256, hexadecimal.</returns>
    public static string KeyOf(string kind, string token) => Digest.Of($"{kind}\n{token}");
}

internal static class UsedTokens
{
    /// <summary>Saves at once, before the use case has changed anything.</summary>
    /// <returns>False where it had been taken before.</returns>
    public static async Task<bool> TakeOnce(
        this UserManagementDb db, IDatabaseEngine engine, string key, DateTimeOffset expires, CancellationToken cancellation)
    {
        var row = db.UsedTokens.Add(new() { Key = key, ExpiresAt = expires.UtcDateTime });
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException twice) when (engine.IsDuplicate(twice))
        {
            return false;
        }
        finally
        {
            row.State = EntityState.Detached;
        }
    }
}

/// <summary>Rows whose things are refused by their age.</summary>
internal sealed class ForgetUsedTokens(UserManagementDb db, TimeProvider clock) : IForgettingJob
{
    public static string Name => "users.forget-used-tokens";
    public static string Title => "Dimentica le richieste firmate e le sfide già scadute";
    public static string Cron => "0 40 * * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var gone = await db.UsedTokens.Where(t => t.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        return new("{0} richieste e sfide dimenticate", gone);
    }
}
