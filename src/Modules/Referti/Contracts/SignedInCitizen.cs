using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts;

namespace Platform.Referti.Contracts;

/// <summary>The citizen who has signed in with her digital identity for the pages under /ritiro: modules above show her their own documents there.</summary>
public interface ISignedInCitizen
{
    /// <summary>Where she signs in.</summary>
    const string Door = "/ritiro";

    /// <summary>To be asked at the door of each such page.</summary>
    /// <returns>False when nobody has signed in.</returns>
    Task<bool> Enter(HttpContext context);

    /// <summary>Who she is and whose documents she looks at, today.</summary>
    /// <exception cref="Refusal">Nobody has entered.</exception>
    Task<CitizenSight> Sight(CancellationToken cancellation);
}

/// <param name="Self">Null when the registry does not know her.</param>
/// <param name="Whose">Herself, or somebody whom she represents today.</param>
/// <param name="Address">Of the network, for the audit.</param>
public sealed record CitizenSight(PatientSummary? Self, PatientSummary? Whose, string? Address);

/// <summary>A page of another module among those of the citizen who has signed in.</summary>
public interface ICitizenDocuments
{
    /// <summary>Italian, the key of its translation.</summary>
    string Title { get; }

    /// <summary>Under /ritiro.</summary>
    string Path { get; }
}
