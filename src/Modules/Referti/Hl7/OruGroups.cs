namespace Platform.Referti.Hl7;

/// <summary>An order with its observations and specimens, and the PID it stands under.</summary>
internal sealed record OruGroup(
    Hl7Segment? Pid, Hl7Segment? Orc, Hl7Segment? Obr, List<Hl7Segment> Observations, List<Hl7Segment> Specimens);

/// <summary>
/// Cuts an ORU^R01 into its orders. The grouping is by order of appearance, tolerant of segments that a version does
/// not foresee, and strict on one thing: what follows a PID is of that PID.
/// </summary>
internal static class OruGroups
{
    public static IReadOnlyList<OruGroup> Of(Hl7Message message)
    {
        var groups = new List<OruGroup>();
        var waiting = new List<Hl7Segment>();
        Hl7Segment? pid = null;
        Hl7Segment? orc = null;
        OruGroup? current = null;
        foreach (var segment in message.Segments)
        {
            switch (segment.Name)
            {
                case "PID":
                    (pid, orc, current) = (segment, null, null);
                    waiting = [];
                    break;
                case "ORC":
                    (orc, current) = (segment, null);
                    break;
                case "OBR":
                    current = Open(segment);
                    orc = null;
                    break;
                case "OBX":
                    current ??= Open(null);
                    current.Observations.Add(segment);
                    break;
                case "SPM" when current is null:
                    waiting.Add(segment);
                    break;
                case "SPM":
                    current.Specimens.Add(segment);
                    break;
                default:
                    break;
            }
        }

        ShareLoneSpecimen(groups);
        return groups;

        OruGroup Open(Hl7Segment? obr)
        {
            var group = new OruGroup(pid, orc, obr, [], waiting);
            waiting = [];
            groups.Add(group);
            return group;
        }
    }

    // Several orders on one sample carry its SPM once, as a rule with the first of them.
    private static void ShareLoneSpecimen(List<OruGroup> groups)
    {
        foreach (var ofOne in groups.GroupBy(group => group.Pid?.Index ?? 0))
        {
            var specimens = ofOne.SelectMany(group => group.Specimens).ToList();
            if (specimens.Count != 1)
            {
                continue;
            }

            foreach (var group in ofOne.Where(group => group.Specimens.Count == 0))
            {
                group.Specimens.Add(specimens[0]);
            }
        }
    }
}
