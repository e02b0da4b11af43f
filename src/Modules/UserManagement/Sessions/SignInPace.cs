using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;

namespace Platform.UserManagement.Sessions;

/// <summary>How many attempts to sign in a host takes in a minute, from one address and at one name; beyond the
/// lock of an account, which one attacker could spread over all accounts.</summary>
internal sealed class SignInPace : IDisposable
{
    private readonly PartitionedRateLimiter<string> byAddress;
    private readonly PartitionedRateLimiter<string> byName;

    public SignInPace(IConfiguration configuration)
    {
        byAddress = Window(configuration.GetValue("SignIn:PerMinuteByAddress", 120));
        byName = Window(configuration.GetValue("SignIn:PerMinuteByName", 20));
    }

    /// <exception cref="Refusal"><c>too-many-attempts</c></exception>
    public void Take(string? address, string name)
    {
        using var ofAddress = byAddress.AttemptAcquire(address ?? "");
        using var ofName = byName.AttemptAcquire(name);
        if (!ofAddress.IsAcquired || !ofName.IsAcquired)
        {
            throw new Refusal("too-many-attempts", "Troppi tentativi di accesso: attenda un minuto e riprovi.")
            { Kind = RefusalKind.Unprocessable };
        }
    }

    public void Dispose()
    {
        byAddress.Dispose();
        byName.Dispose();
    }

    private static PartitionedRateLimiter<string> Window(int permits) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(
            key.ToUpper(CultureInfo.InvariantCulture),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
}
