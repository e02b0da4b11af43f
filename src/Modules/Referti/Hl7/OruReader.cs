namespace Platform.Referti.Hl7;

/// <summary>
/// Reads an ORU^R01. It never throws and never decides for a person: what it cannot read for certain is in the
/// reading with a problem beside it. Whether the message is to be taken at all is <see cref="MessageHeader.Refusal"/>.
/// </summary>
internal static class OruReader
{
    public static OruReading Read(Hl7Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var header = MessageHeader.Of(message);
        var problems = new List<Hl7Problem>(message.Notes);
        if (message.Header.Value(7) is not null && header.MessageTime is null)
        {
            problems.Add(new Hl7Problem(ProblemCodes.InvalidTime, "MSH", 1, 7, "The value is not a time."));
        }

        var patients = Patients(message, problems);
        var groups = OruGroups.Of(message);
        var observations = new List<Observation>();
        for (var i = 0; i < groups.Count; i++)
        {
            Read(message, groups[i], i, patients, header.Version, observations, problems);
        }

        var (results, ignored) = PanelRules.Apply(observations);
        if (results.Count == 0)
        {
            problems.Add(new Hl7Problem(ProblemCodes.NoResult, "OBX", null, null, "The message holds no result on SARS-CoV-2."));
        }

        return new OruReading(
            header,
            patients.TryGetValue(1, out var first) ? first : PatientIdentity.Nobody,
            results,
            ignored,
            results.Any(result => result.IsCorrectionAmong(results)),
            [.. problems.Distinct()]);
    }

    private static Dictionary<int, PatientIdentity> Patients(Hl7Message message, List<Hl7Problem> problems)
    {
        var all = message.All("PID");
        if (all.Count == 0)
        {
            problems.Add(new Hl7Problem(ProblemCodes.MissingPatient, "PID", null, null, "The message has no PID segment."));
        }
        else if (all.Count > 1)
        {
            problems.Add(new Hl7Problem(ProblemCodes.SeveralPatients, "PID", 2, null, "The message is about several patients: each result has its own."));
        }

        return all.ToDictionary(pid => pid.Index, pid => PatientReader.Read(pid, problems));
    }

    private static void Read(
        Hl7Message message, OruGroup group, int number, Dictionary<int, PatientIdentity> patients, string? version,
        List<Observation> observations, List<Hl7Problem> problems)
    {
        var ofOrder = new List<Hl7Problem>();
        var order = OrderReader.Read(group, version is "2.3" or "2.3.1" or "2.4", ofOrder);
        if (group.Obr is null)
        {
            ofOrder.Add(new Hl7Problem(ProblemCodes.MissingOrder, "OBR", null, null, "Observations came without an OBR before them."));
        }

        problems.AddRange(ofOrder);
        var patient = group.Pid is null ? PatientIdentity.Nobody : patients[group.Pid.Index];
        var scope = $"{group.Pid?.Index ?? 0}|{(order.AccessionCandidates is [var sample, ..] ? sample : $"#{number}")}";
        foreach (var obx in group.Observations)
        {
            var inherited = message.Notes
                .Where(note => note.Code == ProblemCodes.StrayText && note.Segment == "OBX" && note.SegmentIndex == obx.Index)
                .ToList();
            if (group.Pid is null)
            {
                inherited.Add(new Hl7Problem(ProblemCodes.MissingPatient, "PID", null, null, "The result stands under no PID segment."));
            }

            observations.Add(ObservationReader.Read(obx, number, scope, patient, order, inherited));
        }
    }
}
