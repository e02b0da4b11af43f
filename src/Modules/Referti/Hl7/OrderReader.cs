namespace Platform.Referti.Hl7;

/// <summary>Reads what an order says of all its observations: numbers, specimen, times, who asked.</summary>
internal static class OrderReader
{
    private static readonly int[] OldFillerFields = [18, 19, 20];

    public static LabOrder Read(OruGroup group, bool isOldVersion, ICollection<Hl7Problem> problems)
    {
        var (obr, orc) = (group.Obr, group.Orc);
        var spm = group.Specimens.Count > 0 ? group.Specimens[0] : null;
        if (group.Specimens.Count > 1)
        {
            problems.Add(new Hl7Problem(
                ProblemCodes.SeveralSpecimens, "SPM", group.Specimens[1].Index, null, "The order has several specimens: type and times are of the first."));
        }

        return new LabOrder(
            obr?.Index ?? 0,
            obr is null ? new CodedText(null, null, null) : CodedText.Triplets(obr.Field(4).First) is [var test, ..] ? test : new CodedText(null, null, null),
            obr?.Value(2) ?? orc?.Value(2),
            obr?.Value(3) ?? orc?.Value(3),
            Candidates(group, isOldVersion),
            Specimen(obr, spm, problems),
            Time(problems, (spm, 17), (obr, 7)),
            Time(problems, (spm, 18), (obr, 14)),
            Time(problems, (obr, 22)),
            Provider(obr?.Field(16)) ?? Provider(orc?.Field(12)),
            obr?.Value(25)?.ToUpperInvariant());
    }

    /// <summary>The first of the fields that holds a time; one that holds something else is noted and passed over.</summary>
    public static Hl7Time? Time(ICollection<Hl7Problem> problems, params ReadOnlySpan<(Hl7Segment? Segment, int Field)> candidates)
    {
        foreach (var (segment, field) in candidates)
        {
            if (segment?.Value(field) is not { } value)
            {
                continue;
            }

            var time = Hl7Time.Of(value);
            if (time is null)
            {
                problems.Add(new Hl7Problem(ProblemCodes.InvalidTime, segment.Name, segment.Index, field, "The value is not a time."));
                continue;
            }

            if (time.IsAmbiguous)
            {
                problems.Add(new Hl7Problem(
                    ProblemCodes.AmbiguousTime, segment.Name, segment.Index, field, "The time falls where clocks change and has no zone: winter time was taken."));
            }

            return time;
        }

        return null;
    }

    private static List<string> Candidates(OruGroup group, bool isOldVersion)
    {
        var candidates = new List<string?>();
        foreach (var spm in group.Specimens)
        {
            var identifier = spm.Field(2).First;
            candidates.Add(identifier.Component(1).Value);
            candidates.Add(identifier.Component(2).Value);
            candidates.Add(spm.Value(30));
        }

        candidates.Add(group.Obr?.Value(3));
        candidates.Add(group.Obr?.Value(2));
        candidates.Add(group.Orc?.Value(3));
        candidates.Add(group.Orc?.Value(2));
        if (isOldVersion)
        {
            // Before SPM (2.5) laboratories put the sample's number in the fields left to placer and filler.
            candidates.AddRange(OldFillerFields.Select(field => group.Obr?.Value(field)));
        }

        return [.. candidates.Select(PlainText.Of).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static CodedText? Specimen(Hl7Segment? obr, Hl7Segment? spm, ICollection<Hl7Problem> problems)
    {
        var fromSpm = spm is null ? null : CodedText.Triplets(spm.Field(4).First).OrderByDescending(triplet => triplet.IsSnomed && triplet.Code is not null).FirstOrDefault();
        if (fromSpm is { Code: null })
        {
            problems.Add(new Hl7Problem(ProblemCodes.SpecimenUncoded, "SPM", spm!.Index, 4, "The specimen type has no code."));
        }

        if (fromSpm is not null || obr is null)
        {
            return fromSpm;
        }

        var source = CodedText.OfSubcomponents(obr.Field(15).First.Component(1));
        return source.IsEmpty ? null : source;
    }

    private static OrderingProvider? Provider(Hl7Field? field)
    {
        if (field is not { IsEmpty: false } given)
        {
            return null;
        }

        var first = given.First;
        var provider = new OrderingProvider(
            PlainText.Of(first.Component(1).Value), PlainText.Of(first.Component(2).Value), PlainText.Of(first.Component(3).Value));
        return provider == new OrderingProvider(null, null, null) ? null : provider;
    }
}
