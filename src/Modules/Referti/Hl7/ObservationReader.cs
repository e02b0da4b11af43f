namespace Platform.Referti.Hl7;

/// <summary>Reads one OBX: which test, what it says, how far it is settled, whether its flag agrees.</summary>
internal static class ObservationReader
{
    public static Observation Read(
        Hl7Segment obx, int group, string scope, PatientIdentity patient, LabOrder order, IReadOnlyList<Hl7Problem> inherited)
    {
        var problems = new List<Hl7Problem>(inherited);
        var triplets = CodedText.Triplets(obx.Field(3).First);
        var (test, known) = Test(obx, triplets, problems);
        var status = Status(obx, order, problems);
        var value = ValueReader.Read(obx);
        var flags = obx.Field(8).Repetitions.Select(flag => PlainText.Of(flag.Component(1).Value)).OfType<string>().ToList();

        // What is deleted or declared wrong may say anything: it is withdrawn all the same.
        if (status.Status != ObservationStatus.Annulled)
        {
            problems.AddRange(value.Problems.Where(
                problem => problem.Code != ProblemCodes.MissingValue || status.Status != ObservationStatus.CannotBeDone));
            if (flags.Any(flag => ResultFlags.Contradicts(flag, value.Value, known?.Kind)))
            {
                problems.Add(new Hl7Problem(ProblemCodes.ContradictoryFlag, "OBX", obx.Index, 8, "The interpretation flag contradicts the value."));
            }
        }

        var collected = order.Collected ?? OrderReader.Time(problems, (obx, 14));
        var isQuestion = string.Equals(obx.Value(29), "QST", StringComparison.OrdinalIgnoreCase);
        var isThreshold = known is null && obx.Value(2) is "NM" or "SN" && triplets.Any(t => SarsCov2Tests.IsCycleThreshold(t.Text));
        var result = new LabResult(
            obx.Index, patient, order, test, known?.Kind, value.Value, value.Original, obx.Value(2),
            status.Status, status.Code, flags, collected, Laboratory(obx), [], problems)
        { Device = Device(obx) };
        return new Observation(
            group, scope, "OBX", obx.Index, test,
            isQuestion ? TestRole.Question : known?.Role ?? (isThreshold ? TestRole.Detail : TestRole.Unknown),
            known?.Kind ?? (isThreshold ? TestKind.Molecular : null),
            test.IsLoinc,
            triplets.Any(triplet => SarsCov2Tests.Mentions(triplet.Code) || SarsCov2Tests.Mentions(triplet.Text)),
            status.Status,
            result,
            Figure(obx),
            obx.Value(6));
    }

    private static (CodedText Test, SarsCov2Test? Known) Test(
        Hl7Segment obx, IReadOnlyList<CodedText> triplets, List<Hl7Problem> problems)
    {
        if (obx.Field(3).IsTruncated)
        {
            problems.Add(new Hl7Problem(ProblemCodes.TruncatedValue, "OBX", obx.Index, 3, "The test was truncated by the sender."));
        }

        var loinc = triplets.Where(triplet => triplet is { IsLoinc: true, Code: not null }).ToList();
        var inTable = loinc.Where(triplet => SarsCov2Tests.Find(triplet.Code) is not null).ToList();
        if (inTable.Select(triplet => SarsCov2Tests.Find(triplet.Code)).Distinct().Count() > 1)
        {
            problems.Add(new Hl7Problem(ProblemCodes.ContradictoryCode, "OBX", obx.Index, 3, "The two LOINC codes of the test are of different kinds."));
        }

        if (inTable.Count > 0 || loinc.Count > 0)
        {
            var chosen = inTable.Count > 0 ? inTable[0] : loinc[0];
            return (chosen, SarsCov2Tests.Find(chosen.Code));
        }

        if (triplets.FirstOrDefault(triplet => triplet.System is null && SarsCov2Tests.Find(triplet.Code) is not null) is { } bare)
        {
            problems.Add(new Hl7Problem(ProblemCodes.CodingSystemMissing, "OBX", obx.Index, 3, "The code is of LOINC, and the field does not say so."));
            return (bare, SarsCov2Tests.Find(bare.Code));
        }

        return (triplets.Count > 0 ? triplets[0] : new CodedText(null, null, null), null);
    }

    private static (ObservationStatus Status, string? Code) Status(Hl7Segment obx, LabOrder order, List<Hl7Problem> problems)
    {
        var own = obx.Value(11)?.ToUpperInvariant();
        if (own is null && order.StatusCode is null)
        {
            problems.Add(new Hl7Problem(ProblemCodes.MissingStatus, "OBX", obx.Index, 11, "Neither OBX-11 nor OBR-25 says whether the result is final."));
            return (ObservationStatus.Unknown, null);
        }

        var status = own is not null ? ObservationStatuses.OfObservation(own) : ObservationStatuses.OfOrder(order.StatusCode!);
        if (status == ObservationStatus.Unknown)
        {
            problems.Add(new Hl7Problem(
                ProblemCodes.UnknownStatus, "OBX", obx.Index, 11, "The status is not one that says whether the result is final."));
        }

        return (status, own ?? order.StatusCode);
    }

    // SN writes a figure as comparator^number.
    private static string? Figure(Hl7Segment obx)
    {
        var value = obx.Field(5).First;
        return PlainText.Of(obx.Value(2) is "SN" ? value.Component(1).Value + value.Component(2).Value : value.Component(1).Value);
    }

    // OBX-17, the method, as a coded text; OBX-18, the equipment, as an identifier with its namespace.
    private static string? Device(Hl7Segment obx) =>
        obx.Field(17).Repetitions.SelectMany(CodedText.Triplets).Select(method => CommonList.Number(method.Code, method.System))
            .Concat(obx.Field(18).Repetitions.Select(kit => CommonList.Number(PlainText.Of(kit.Component(1).Value), PlainText.Of(kit.Component(2).Value))))
            .FirstOrDefault(number => number is not null);

    private static string? Laboratory(Hl7Segment obx)
    {
        var producer = obx.Field(15).First;
        return obx.Value(23) ?? PlainText.Of(producer.Component(2).Value) ?? PlainText.Of(producer.Component(1).Value);
    }
}
