using Microsoft.Extensions.Configuration;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.SecondFactor;

/// <summary>Who must have a second factor: everybody with a role, unless the installation relaxes it
/// (<c>Accounts:SecondFactor = Optional</c>, which production refuses).</summary>
internal sealed class SecondFactorRule(IConfiguration configuration)
{
    public const string Setting = "Accounts:SecondFactor";
    public const string Optional = "Optional";

    public bool Compulsory { get; } = !string.Equals(configuration[Setting], Optional, StringComparison.OrdinalIgnoreCase);

    /// <param name="codeProved">A code was proved, or a passkey, which is both factors.</param>
    public SignInStep NextOf(Account account, bool codeProved) =>
        account.TwoFactorEnabled && !codeProved ? SignInStep.Code
        // Whoever holds only her password must not tie a telephone of his own to her account.
        : account.HasPasskey && !codeProved ? SignInStep.Passkey
        : !account.TwoFactorEnabled && !codeProved && Compulsory ? SignInStep.SetUp
        : account.MustChangePassword ? SignInStep.NewPassword
        : SignInStep.Done;
}

/// <summary>What is still to do before one is inside.</summary>
internal enum SignInStep
{
    /// <summary>Nothing.</summary>
    Done,

    /// <summary>The code of the authenticator, or a recovery code.</summary>
    Code,

    /// <summary>Her second factor is a passkey.</summary>
    Passkey,

    /// <summary>There is no second factor yet, and there must be one.</summary>
    SetUp,

    /// <summary>The password was given by somebody else: a new one of her own.</summary>
    NewPassword,
}
