using MediatR;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Referti.Contracts;

/// <summary>Who has signed in with her digital identity. Her browser's cookie says so, and is sent to pages under <see cref="SignedInCitizen.Root"/> alone.</summary>
/// <returns>Null: nobody has, and <see cref="SignedInCitizen.Root"/> is the way in.</returns>
[BetweenModules]
public sealed record CitizenOf(HttpContext Http) : IQuery<SignedInCitizen?>;

/// <param name="Session">What goes on elsewhere in her name ends with it: <see cref="CitizenIsIn"/>.</param>
/// <param name="Self">Null when the registry does not know her.</param>
/// <param name="Whose">Herself, or the one of the others whose documents she has chosen to look at.</param>
/// <param name="Others">Whom she may act for today.</param>
public sealed record SignedInCitizen(Guid Session, PatientSummary? Self, PatientSummary? Whose, IReadOnlyList<PatientSummary> Others)
{
    public const string Root = "/ritiro";

    /// <summary>The way in, for the buttons of the providers: <see cref="BuildingBlocks.ExternalSignIn.IExternalEntrance"/>.</summary>
    public const string Entrance = "referti";
}

/// <summary>False once she has left, or has signed in too long ago.</summary>
[BetweenModules]
public sealed record CitizenIsIn(Guid Session) : IQuery<bool>;

/// <summary>Something else that a citizen may do once she is in, for herself and for whom she represents; shown beside her reports.</summary>
public interface ICitizenAction
{
    /// <summary>Italian, the key of its translation.</summary>
    string Title { get; }

    /// <summary>Italian: for whom, and what she needs.</summary>
    string Words { get; }

    /// <summary>Under <see cref="SignedInCitizen.Root"/>.</summary>
    string Path { get; }

    Task<bool> IsOffered(CancellationToken cancellation);
}
