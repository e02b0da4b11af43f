using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>How surely a provider knew whom it had before it: the levels of SPID and CIE (DPCM 24 October 2014, art. 6; eIDAS low,
/// substantial, high).</summary>
public enum AssuranceLevel
{
    None,

    /// <summary>A password.</summary>
    L1,

    /// <summary>Two factors.</summary>
    L2,

    /// <summary>Two factors, one of which is a certificate on a device.</summary>
    L3,
}

/// <summary>Somebody whom a provider has just identified.</summary>
/// <param name="FiscalCode">16 characters, upper case; its check character agrees.</param>
/// <param name="Provider">Name of the provider in the configuration.</param>
public sealed record ExternalPerson(string FiscalCode, AssuranceLevel Level, string Provider);

/// <summary>Something that people may enter with an identity of another house: a module plugs it in and keeps its own session.</summary>
public interface IExternalEntrance
{
    /// <summary>In the addresses of the way in: <c>referti</c>.</summary>
    string Name { get; }

    /// <summary>Below it nobody enters.</summary>
    AssuranceLevel Least { get; }

    /// <summary>Path of the page where one begins and finds the other ways in.</summary>
    string Door(string? returnTo);

    /// <summary>Lets her in, by a session of its own.</summary>
    /// <returns>Local path of the page that she sees first.</returns>
    /// <exception cref="Refusal">She is not let in; the sentence is shown to her.</exception>
    Task<string> Enter(HttpContext context, ExternalPerson person, string? returnTo);
}

/// <summary>Somebody who identifies people: a provider, or the card in their reader.</summary>
internal interface IIdentityHouse
{
    /// <returns>Where the browser is sent.</returns>
    /// <param name="back">Where it is to come back to.</param>
    Task<string> Address(Begun begun, AssuranceLevel least, string back, CancellationToken cancellation);

    /// <exception cref="SignInFailure">Whatever is wrong.</exception>
    Task<(string? FiscalNumber, AssuranceLevel Level)> WhoIs(Begun begun, Answer answer, string back, CancellationToken cancellation);
}

/// <summary>The reader of codici fiscali, plugged in by the module that has it.</summary>
public interface IFiscalCodes
{
    /// <param name="code">Upper case, without blanks.</param>
    bool IsValid(string code);
}
