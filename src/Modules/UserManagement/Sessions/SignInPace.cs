using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Sessions;

/// <summary>How many attempts to sign in a host takes in a minute, from one address and at one name: beyond the
/// lock of an account, which one attacker could spread over all accounts.</summary>
internal sealed class SignInPace(IConfiguration configuration, TimeProvider clock)
{
    // A hospital or an ASL comes from one address.
    private readonly CountedWindow byAddress = new(configuration.GetValue("SignIn:PerMinuteByAddress", 120), clock);
    private readonly CountedWindow byName = new(configuration.GetValue("SignIn:PerMinuteByName", 20), clock);

    /// <param name="name">Null where no name is tried.</param>
    /// <exception cref="Refusal"><c>too-many-attempts</c></exception>
    public void Take(string? address, string? name)
    {
        if (!byAddress.Take(address ?? "").Allowed || name is not null && !byName.Take(name).Allowed)
        {
            throw new Refusal("too-many-attempts", "Troppi tentativi di accesso: attenda un minuto e riprovi.")
            { Kind = RefusalKind.Unprocessable };
        }
    }
}
