using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Regions;

/// <summary>What the region decides about reports: how each laboratory releases and how fast it should, and what a citizen
/// is told beside her result. Each line has its validity and its source; see docs/region-pack.md.</summary>
public sealed record RefertiRules(IReadOnlyList<LabRule> Labs, IReadOnlyList<ResultAdvice> Advice)
{
    /// <summary>The laboratory's own rule of that day; that of every laboratory where it has none.</summary>
    public LabRule Of(string lab, DateOnly day) =>
        Labs.FirstOrDefault(r => r.Lab == lab && r.Valid.On(day)) ?? Labs.FirstOrDefault(r => r.Lab == LabRule.Every && r.Valid.On(day)) ?? Labs.First(r => r.Lab == LabRule.Every);

    /// <param name="test">swab or serology.</param>
    /// <param name="result">As in the file: <c>not_detected</c>.</param>
    public ResultAdvice AdviceOn(string test, string result, DateOnly day) =>
        Advice.FirstOrDefault(a => a.Test == test && a.Result == result && a.Valid.On(day)) ?? Advice.First(a => a.Test == test && a.Result == result && a.Valid.Until is null);
}

/// <param name="Lab">Its code; <see cref="Every"/> for all that have no line of their own.</param>
/// <param name="TwoPeople">A result written by one operator is released by another.</param>
/// <param name="TargetHours">Within which nine reports of ten should be released, from the sample's arrival.</param>
public sealed record LabRule(string Lab, bool TwoPeople, int TargetHours, Validity Valid, string Source)
{
    public const string Every = "*";
}

/// <summary>A result in plain words.</summary>
public sealed record ResultAdvice(
    string Test, string Result, string MeaningIt, string ToDoIt, string MeaningEn, string ToDoEn, Validity Valid, string Source)
{
    public string Meaning => Texts.Italian ? MeaningIt : MeaningEn;
    public string ToDo => Texts.Italian ? ToDoIt : ToDoEn;
}
