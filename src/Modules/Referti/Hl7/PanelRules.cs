namespace Platform.Referti.Hl7;

/// <summary>
/// What the observations of a message are to each other: of a panel only SARS-CoV-2 counts, an overall answer wins
/// over its targets, a correction over what it corrects, and two answers that differ are no answer.
/// </summary>
internal sealed class PanelRules
{
    private readonly List<LabResult> results = [];
    private readonly List<IgnoredObservation> ignored = [];
    private readonly HashSet<string> answeredScopes;
    private readonly HashSet<int> sarsCov2Groups;
    private readonly ILookup<string, Observation> partsByScope;
    private readonly Dictionary<string, IReadOnlyList<ResultDetail>> detailsByScope = [];

    private PanelRules(IReadOnlyList<Observation> observations)
    {
        answeredScopes = [.. observations
            .Where(one => one is { Role: TestRole.Overall, Kind: TestKind.Molecular } && one.Status != ObservationStatus.NotAResult)
            .Select(one => one.Scope)];
        sarsCov2Groups = [.. observations
            .Where(one => one.Role is TestRole.Overall or TestRole.Target or TestRole.Detail).Select(one => one.Group)];
        partsByScope = observations.Where(one => one.Role is TestRole.Target or TestRole.Detail).ToLookup(one => one.Scope);
    }

    public static (IReadOnlyList<LabResult> Results, IReadOnlyList<IgnoredObservation> Ignored) Apply(
        IReadOnlyList<Observation> observations)
    {
        var rules = new PanelRules(observations);
        rules.Sort(observations);
        return (rules.results, rules.ignored);
    }

    private void Sort(IReadOnlyList<Observation> observations)
    {
        var answers = new List<Observation>();
        foreach (var observation in observations)
        {
            if (observation.Role == TestRole.Question)
            {
                ignored.Add(observation.Ignored(IgnoredBecause.Question));
            }
            else if (observation.Role == TestRole.Unknown && !MayBeSarsCov2(observation))
            {
                ignored.Add(observation.Ignored(IgnoredBecause.NotSarsCov2));
            }
            else if (observation.Status == ObservationStatus.NotAResult)
            {
                ignored.Add(observation.Ignored(IgnoredBecause.StatusIsNotAResult));
            }
            else if (observation.Role == TestRole.Overall)
            {
                answers.Add(observation);
            }
            else if (observation.Role == TestRole.Unknown)
            {
                results.Add(observation.ResultWith(
                    ProblemCodes.UnknownTestCode, $"The test {PlainText.Quote(observation.Test.Code)} is not in the tables."));
            }
            else if (!answeredScopes.Contains(observation.Scope))
            {
                results.Add(observation.ResultWith(
                    ProblemCodes.NoOverallResult, "A gene target or a figure of a molecular test came without an overall result."));
            }
        }

        foreach (var sameTest in answers.GroupBy(answer => answer.TestKey))
        {
            Settle([.. sameTest]);
        }

        results.Sort((one, other) => one.ObservationIndex.CompareTo(other.ObservationIndex));
        ignored.Sort((one, other) => one.SegmentIndex.CompareTo(other.SegmentIndex));
    }

    private void Settle(List<Observation> answers)
    {
        var settled = answers.Where(answer => answer.IsSettled).ToList();
        var corrected = settled.Where(answer => answer.Status == ObservationStatus.Corrected).ToList();
        var standing = corrected.Count > 0 ? corrected : settled;
        var differ = standing.Select(answer => (answer.Status == ObservationStatus.CannotBeDone, answer.Value)).Distinct().Count() > 1;
        var kept = new HashSet<Observation>(
            differ || standing.Count == 0 ? standing : [standing.Find(answer => answer.Result.IsInDoubt) ?? standing[0]],
            ReferenceEqualityComparer.Instance);
        foreach (var answer in answers)
        {
            var replaced = answer.IsSettled || (answer.Status == ObservationStatus.Preliminary && standing.Count > 0);
            if (kept.Contains(answer) || !replaced)
            {
                results.Add(WithDetails(
                    differ && kept.Contains(answer)
                        ? answer.ResultWith(ProblemCodes.ContradictoryResults, "The same test has different final values.")
                        : answer.Result,
                    answer));
            }
            else
            {
                ignored.Add(answer.Ignored(
                    answer.IsSettled && (answer.Status == ObservationStatus.Corrected || corrected.Count == 0)
                        ? IgnoredBecause.Repeated : IgnoredBecause.Superseded));
            }
        }
    }

    private LabResult WithDetails(LabResult result, Observation answer)
    {
        if (answer.Kind != TestKind.Molecular)
        {
            return result;
        }

        var parts = partsByScope[answer.Scope];
        if (!detailsByScope.TryGetValue(answer.Scope, out var details))
        {
            detailsByScope[answer.Scope] = details = [.. parts.Select(part => part.Detail())];
        }

        var targetDiffers = IsPlain(result.Value)
            && parts.Any(part => part.Role == TestRole.Target && IsPlain(part.Value) && part.Value != result.Value);
        return result with
        {
            Details = details,
            Problems = targetDiffers
                ? [.. result.Problems, new Hl7Problem(ProblemCodes.TargetsDiffer, answer.Place, answer.Index, 5, "A gene target says otherwise: the overall result counts.")]
                : result.Problems,
        };
    }

    private static bool IsPlain(ResultValue value) => value is ResultValue.Detected or ResultValue.NotDetected;

    /// <summary>
    /// An unknown test is ignored only where it is surely of something else: another virus, or a companion of a
    /// SARS-CoV-2 test that is there.
    /// </summary>
    private bool MayBeSarsCov2(Observation observation)
    {
        if (observation.IsLoinc && SarsCov2Tests.IsOtherVirus(observation.Test.Code))
        {
            return false;
        }

        var ordered = observation.Result.Order.Test;
        var orderIsSarsCov2 = SarsCov2Tests.Find(ordered.Code) is { Kind: not null }
            || SarsCov2Tests.Mentions(ordered.Text) || SarsCov2Tests.Mentions(ordered.Code);
        var isDocument = observation.Result.ValueType is "ED" or "RP";
        return (observation.MentionsSarsCov2 && !isDocument)
            || (orderIsSarsCov2 && !sarsCov2Groups.Contains(observation.Group))
            || sarsCov2Groups.Count == 0;
    }
}
