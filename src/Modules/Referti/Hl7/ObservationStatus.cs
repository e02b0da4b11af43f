namespace Platform.Referti.Hl7;

internal enum ObservationStatus
{
    Unknown,
    Final,
    Corrected,

    /// <summary>Kept, and not a report until the final one comes.</summary>
    Preliminary,
    CannotBeDone,

    /// <summary>What was sent before is deleted, or was wrong.</summary>
    Annulled,
    NotAResult,
}

/// <summary>OBX-11 (HL7 table 0085) and, where it is empty, OBR-25 (table 0123).</summary>
internal static class ObservationStatuses
{
    public static ObservationStatus OfObservation(string code) => code.ToUpperInvariant() switch
    {
        "F" => ObservationStatus.Final,
        "C" => ObservationStatus.Corrected,
        "P" => ObservationStatus.Preliminary,
        "X" => ObservationStatus.CannotBeDone,
        "D" or "W" => ObservationStatus.Annulled,
        "R" or "I" or "S" or "O" or "N" => ObservationStatus.NotAResult,
        _ => ObservationStatus.Unknown,
    };

    public static ObservationStatus OfOrder(string code) => code.ToUpperInvariant() switch
    {
        "F" => ObservationStatus.Final,
        "C" => ObservationStatus.Corrected,
        "P" => ObservationStatus.Preliminary,
        "X" => ObservationStatus.CannotBeDone,
        "R" or "I" or "S" or "O" => ObservationStatus.NotAResult,
        _ => ObservationStatus.Unknown,
    };
}
