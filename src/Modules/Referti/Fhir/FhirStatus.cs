using Platform.Referti.Hl7;

namespace Platform.Referti.Fhir;

/// <summary>ObservationStatus and DiagnosticReportStatus of FHIR R4.</summary>
internal static class FhirStatus
{
    public static ObservationStatus Of(string? code) => code switch
    {
        "final" => ObservationStatus.Final,
        "amended" or "corrected" => ObservationStatus.Corrected,
        "preliminary" => ObservationStatus.Preliminary,
        "cancelled" => ObservationStatus.CannotBeDone,
        "entered-in-error" => ObservationStatus.Annulled,
        "registered" => ObservationStatus.NotAResult,
        _ => ObservationStatus.Unknown,
    };

    /// <summary>A partial report, or one with something appended, says nothing of each of its observations.</summary>
    public static ObservationStatus OfReport(string? code) => code is "partial" or "appended" ? ObservationStatus.Final
        : code is "registered" ? ObservationStatus.Preliminary : Of(code);
}

/// <summary>A DiagnosticReport, as far as its observations need it.</summary>
internal sealed record FhirReport(FhirResource Resource)
{
    public string? StatusCode => Resource.Json.Text("status");
    public ObservationStatus Status => FhirStatus.OfReport(StatusCode);
}
