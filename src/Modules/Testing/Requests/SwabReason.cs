namespace Platform.Testing.Requests;

/// <summary>Why a swab is asked for (PREDECESSOR 2.2, tampone motivo).</summary>
internal enum SwabReason
{
    /// <summary>Symptoms, whose first day must be told.</summary>
    Symptoms,

    /// <summary>Close contact of a case.</summary>
    Contact,

    /// <summary>A case or a contact at school.</summary>
    School,

    /// <summary>Screening of a group: health workers, guests of a care home.</summary>
    Screening,

    /// <summary>Before an admission to hospital or to a care home.</summary>
    Admission,

    /// <summary>End of isolation or of quarantine.</summary>
    EndOfIsolation,
}
