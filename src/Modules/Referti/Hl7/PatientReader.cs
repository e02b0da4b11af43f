namespace Platform.Referti.Hl7;

/// <summary>Reads who the patient is from a PID, without ever choosing between two people.</summary>
internal static class PatientReader
{
    private const string CodiceFiscaleOid = "2.16.840.1.113883.2.9.4.3.2";

    // PID-2, 4 and 19 were withdrawn one after the other up to 2.7, and are still filled in.
    private static readonly int[] IdentifierFields = [3, 19, 4, 2];

    public static PatientIdentity Read(Hl7Segment pid, ICollection<Hl7Problem> problems)
    {
        var identifiers = Identifiers(pid);
        var national = National(pid, identifiers, problems);
        var name = Name(pid);
        var address = pid.Field(11).Repetitions.FirstOrDefault(repetition => !repetition.Component(3).IsEmpty, pid.Field(11).First);
        return new PatientIdentity(
            national.GetValueOrDefault(NationalIdentifierKind.CodiceFiscale),
            national.GetValueOrDefault(NationalIdentifierKind.Stp),
            national.GetValueOrDefault(NationalIdentifierKind.Eni),
            [.. identifiers.Where(identifier => !national.ContainsValue(identifier.Value.ToUpperInvariant())).Distinct()],
            PlainText.Of(name.Component(1).Value),
            PlainText.Of(name.Component(2).Value),
            BirthDate(pid, problems),
            pid.Value(8)?.ToUpperInvariant() switch { "M" => 'M', "F" => 'F', _ => null },
            PlainText.Of(address.Component(3).Value),
            PlainText.Of(address.Component(9).Value),
            PlainText.Of(address.Component(5).Value));
    }

    private static List<PatientIdentifier> Identifiers(Hl7Segment pid)
    {
        var found = new List<PatientIdentifier>();
        foreach (var field in IdentifierFields)
        {
            foreach (var repetition in pid.Field(field).Repetitions)
            {
                if (PlainText.Of(repetition.Component(1).Value) is { } value)
                {
                    var authority = repetition.Component(4);
                    var names = string.Join('&', authority.Subcomponents.Take(2).Select(PlainText.Of).Where(part => part is not null));
                    found.Add(new PatientIdentifier(
                        value, PlainText.Of(repetition.Component(5).Value)?.ToUpperInvariant(), names.Length == 0 ? null : names, field));
                }
            }
        }

        return found;
    }

    private static Dictionary<NationalIdentifierKind, string> National(
        Hl7Segment pid, List<PatientIdentifier> identifiers, ICollection<Hl7Problem> problems)
    {
        var national = new Dictionary<NationalIdentifierKind, string>();
        foreach (var kind in Enum.GetValues<NationalIdentifierKind>())
        {
            // Declared as such first, then by shape alone; PID-3 before the fields of old versions.
            var best = identifiers
                .Where(identifier => NationalIdentifier.KindOf(identifier.Value.ToUpperInvariant()) == kind)
                .GroupBy(identifier => (IsOld: identifier.Field != 3, IsUndeclared: !IsDeclared(identifier)))
                .OrderBy(group => group.Key.IsOld).ThenBy(group => group.Key.IsUndeclared)
                .FirstOrDefault();
            var values = best?.Select(identifier => identifier.Value.ToUpperInvariant()).Distinct().ToList() ?? [];
            if (values.Count == 1)
            {
                national[kind] = values[0];
            }
            else if (values.Count > 1)
            {
                problems.Add(new Hl7Problem(
                    ProblemCodes.SeveralIdentifiers, "PID", pid.Index, best!.First().Field, "Several different national identifiers of one kind: none was chosen."));
            }
        }

        if (identifiers.Any(identifier => identifier.Type is "NNITA" or "CF" && NationalIdentifier.KindOf(identifier.Value.ToUpperInvariant()) is null))
        {
            problems.Add(new Hl7Problem(
                ProblemCodes.InvalidIdentifier, "PID", pid.Index, 3, "A value declared as codice fiscale does not have its shape."));
        }

        if (national.Count == 0)
        {
            problems.Add(new Hl7Problem(
                ProblemCodes.NoNationalIdentifier, "PID", pid.Index, 3, "No single codice fiscale, STP or ENI could be read."));
        }

        return national;
    }

    private static bool IsDeclared(PatientIdentifier identifier)
        => identifier.Type is "NNITA" or "NN" or "CF" or "SS" or "STP" or "ENI"
            || (identifier.Authority?.Split('&') is { } authority
                && authority.Any(part => part is CodiceFiscaleOid || part.ToUpperInvariant() is "CF" or "MEF"));

    private static Hl7Repetition Name(Hl7Segment pid)
    {
        var names = pid.Field(5).Repetitions;
        return names.FirstOrDefault(name => name.Component(7).Value is "L", names[0]);
    }

    private static DateOnly? BirthDate(Hl7Segment pid, ICollection<Hl7Problem> problems)
    {
        if (pid.Value(7) is not { } value)
        {
            return null;
        }

        // The day as written: a birth has no time zone to be moved by.
        var time = Hl7Time.Of(value);
        if (time is null)
        {
            problems.Add(new Hl7Problem(ProblemCodes.BirthDateInvalid, "PID", pid.Index, 7, "The birth date is not a date."));
        }
        else if (time.Precision < TimePrecision.Day)
        {
            problems.Add(new Hl7Problem(ProblemCodes.BirthDatePartial, "PID", pid.Index, 7, "The birth date has no day: it counts as unknown."));
            time = null;
        }

        return time?.Date;
    }
}
