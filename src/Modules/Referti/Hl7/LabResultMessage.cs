namespace Platform.Referti.Hl7;

/// <summary>An identifier as PID had it.</summary>
internal sealed record PatientIdentifier(string Value, string? Type, string? Authority, int Field)
{
    // A record writes all it has: here that would be a person in a log.
    public override string ToString() => nameof(PatientIdentifier);
}

internal sealed record PatientIdentity(
    string? CodiceFiscale,
    string? Stp,
    string? Eni,
    IReadOnlyList<PatientIdentifier> OtherIdentifiers,
    string? FamilyName,
    string? GivenName,
    DateOnly? BirthDate,
    char? Sex,
    string? Municipality,
    string? MunicipalityCode,
    string? PostalCode)
{
    public static PatientIdentity Nobody { get; } = new(null, null, null, [], null, null, null, null, null, null, null);

    public bool HasNationalIdentifier => CodiceFiscale is not null || Stp is not null || Eni is not null;

    public override string ToString() => nameof(PatientIdentity);
}

internal sealed record OrderingProvider(string? Identifier, string? FamilyName, string? GivenName);

/// <summary>A gene target, a cycle threshold, a viral load: what stands beside an answer.</summary>
/// <param name="Value">Of a target, <see cref="ResultValue.Unknown"/> for figures.</param>
internal sealed record ResultDetail(CodedText Test, TestRole Role, ResultValue Value, string? Text, string? Units);

/// <summary>An observation that is no result of ours, and why.</summary>
internal sealed record IgnoredObservation(int SegmentIndex, CodedText Test, IgnoredBecause Because);

internal enum IgnoredBecause
{
    Question,
    NotSarsCov2,
    StatusIsNotAResult,
    Superseded,
    Repeated,
}

/// <summary>What an order and its specimen say of all their observations.</summary>
/// <param name="OrderIndex">Which OBR of the message, from 1; 0 where observations came without one.</param>
/// <param name="AccessionCandidates">Where our sample's number may be, the likeliest first, without repetitions.</param>
internal sealed record LabOrder(
    int OrderIndex,
    CodedText Test,
    string? PlacerOrder,
    string? FillerOrder,
    IReadOnlyList<string> AccessionCandidates,
    CodedText? Specimen,
    Hl7Time? Collected,
    Hl7Time? Received,
    Hl7Time? Reported,
    OrderingProvider? Provider,
    string? StatusCode);

/// <summary>One answer on SARS-CoV-2, or something that may be one and waits for a person.</summary>
/// <param name="ObservationIndex">Which OBX of the message, from 1.</param>
/// <param name="Kind">Null where the test's code is not known.</param>
/// <param name="OriginalValue">The code and text as they came, whatever was read from them.</param>
/// <param name="StatusCode">OBX-11 or, where it was empty, OBR-25.</param>
internal sealed record LabResult(
    int ObservationIndex,
    PatientIdentity Patient,
    LabOrder Order,
    CodedText Test,
    TestKind? Kind,
    ResultValue Value,
    CodedText? OriginalValue,
    string? ValueType,
    ObservationStatus Status,
    string? StatusCode,
    IReadOnlyList<string> Flags,
    Hl7Time? Collected,
    string? PerformingLaboratory,
    IReadOnlyList<ResultDetail> Details,
    IReadOnlyList<Hl7Problem> Problems)
{
    /// <summary>Of an antigen test: number of its device in the EU's common list; null where the laboratory did not say.</summary>
    public string? Device { get; init; }

    /// <summary>A person must decide before anything is issued.</summary>
    public bool IsInDoubt => Problems.Any(problem => problem.PutsInDoubt);

    /// <summary>May become a report as it is: final or corrected, understood, and not in doubt.</summary>
    public bool IsReportable
        => Status is ObservationStatus.Final or ObservationStatus.Corrected
            && Kind is not null && Value != ResultValue.Unknown && !IsInDoubt;

    public bool IsAnnulment => Status == ObservationStatus.Annulled;

    /// <summary>Declared as such, by itself or by its order; or the same test was deleted and sent again in one message.</summary>
    public bool IsCorrectionAmong(IEnumerable<LabResult> results)
        => Status == ObservationStatus.Corrected
            || (Status == ObservationStatus.Final
                && (Order.StatusCode == "C" || results.Any(other => other.IsAnnulment && other.Test.Code == Test.Code)));

    public override string ToString() => $"{nameof(LabResult)} OBX {ObservationIndex}";
}

/// <summary>What was read from one ORU^R01.</summary>
internal sealed record OruReading(
    MessageHeader Header,
    PatientIdentity Patient,
    IReadOnlyList<LabResult> Results,
    IReadOnlyList<IgnoredObservation> Ignored,
    bool IsCorrection,
    IReadOnlyList<Hl7Problem> Problems)
{
    /// <summary>Those of the message and of each result, each once.</summary>
    public IReadOnlyList<Hl7Problem> AllProblems
        => [.. Problems.Concat(Results.SelectMany(result => result.Problems)).Distinct()];

    public bool HasDoubts => Results.Any(result => result.IsInDoubt);

    public bool HasAnnulments => Results.Any(result => result.IsAnnulment);

    public override string ToString() => nameof(OruReading);
}
