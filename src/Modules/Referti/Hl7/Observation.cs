namespace Platform.Referti.Hl7;

/// <summary>An OBX as it was read alone, before its neighbours say what it counts for.</summary>
/// <param name="Role"><see cref="TestRole.Unknown"/> where the code is in no table.</param>
/// <param name="IsLoinc">True where the code, known or not, is of LOINC.</param>
/// <param name="MentionsSarsCov2">Some text of the test speaks of the virus.</param>
internal sealed record Observation(
    int Group,
    string Scope,
    Hl7Segment Segment,
    CodedText Test,
    TestRole Role,
    TestKind? Kind,
    bool IsLoinc,
    bool MentionsSarsCov2,
    ObservationStatus Status,
    LabResult Result)
{
    public ResultValue Value => Result.Value;

    public bool IsSettled => Status is ObservationStatus.Final or ObservationStatus.Corrected or ObservationStatus.CannotBeDone;

    /// <summary>Two observations with the same key answer the same question; antibodies of different classes do not.</summary>
    public string TestKey => Kind is TestKind.Molecular or TestKind.Antigen && Role == TestRole.Overall
        ? $"{Scope}|{Kind}"
        : $"{Scope}|{Test.System}|{Test.Code}|{Test.Text}";

    public LabResult ResultWith(string code, string reason)
        => Result with { Problems = [.. Result.Problems, new Hl7Problem(code, "OBX", Segment.Index, null, reason)] };

    public IgnoredObservation Ignored(IgnoredBecause because) => new(Segment.Index, Test, because);

    public ResultDetail Detail()
    {
        // SN writes a figure as comparator^number.
        var value = Segment.Field(5).First;
        var text = Segment.Value(2) is "SN"
            ? PlainText.Of(value.Component(1).Value + value.Component(2).Value)
            : PlainText.Of(value.Component(1).Value);
        return new ResultDetail(Test, Role, Role == TestRole.Target ? Value : ResultValue.Unknown, text, Segment.Value(6));
    }
}
