namespace Platform.Referti.Hl7;

/// <summary>One observation of any format, as it was read alone, before its neighbours say what it counts for.</summary>
/// <param name="Place">Segment or resource that it stands in: OBX, Observation.</param>
/// <param name="Role"><see cref="TestRole.Unknown"/> where the code is in no table.</param>
/// <param name="IsLoinc">True where the code, known or not, is of LOINC.</param>
/// <param name="MentionsSarsCov2">Some text of the test speaks of the virus.</param>
/// <param name="Figure">The value as it was written, for what stands beside an answer.</param>
internal sealed record Observation(
    int Group,
    string Scope,
    string Place,
    int Index,
    CodedText Test,
    TestRole Role,
    TestKind? Kind,
    bool IsLoinc,
    bool MentionsSarsCov2,
    ObservationStatus Status,
    LabResult Result,
    string? Figure,
    string? Units)
{
    public ResultValue Value => Result.Value;

    public bool IsSettled => Status is ObservationStatus.Final or ObservationStatus.Corrected or ObservationStatus.CannotBeDone;

    /// <summary>Two observations with the same key answer the same question; antibodies of different classes do not.</summary>
    public string TestKey => Kind is TestKind.Molecular or TestKind.Antigen && Role == TestRole.Overall
        ? $"{Scope}|{Kind}"
        : $"{Scope}|{Test.System}|{Test.Code}|{Test.Text}";

    public LabResult ResultWith(string code, string reason)
        => Result with { Problems = [.. Result.Problems, new Hl7Problem(code, Place, Index, null, reason)] };

    public IgnoredObservation Ignored(IgnoredBecause because) => new(Index, Test, because);

    public ResultDetail Detail() => new(Test, Role, Role == TestRole.Target ? Value : ResultValue.Unknown, Figure, Units);
}
