using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Referti.LabMessages;

namespace Platform.Referti.Unmatched;

internal enum Agreement
{
    /// <summary>One of the two does not say.</summary>
    Unknown,
    Agrees,
    Differs,
}

/// <summary>The person that a message names beside a person of the registry, item by item.</summary>
[Shows(FieldClass.Work)]
internal sealed record PersonComparison(Agreement FiscalCode, Agreement FamilyName, Agreement GivenName, Agreement BirthDate, Agreement Sex)
{
    /// <summary>Whether they may not be taken for one person without somebody's decision. Where the codice fiscale is the
    /// same a name may be written otherwise; where there is none to compare, names count too.</summary>
    public bool Contradicts =>
        FiscalCode == Agreement.Differs || BirthDate == Agreement.Differs
        || (FiscalCode == Agreement.Unknown && (FamilyName == Agreement.Differs || GivenName == Agreement.Differs));

    public bool SaysNothing =>
        FiscalCode == Agreement.Unknown && BirthDate == Agreement.Unknown && FamilyName == Agreement.Unknown;

    public static PersonComparison Of(PersonReading read, PatientSummary patient) =>
        new(SameCode(read, patient),
            Same(read.FamilyName, patient.FamilyName, SameName),
            Same(read.GivenName, patient.GivenName, SameName),
            read.BirthDate is { } day ? day == patient.BirthDate ? Agreement.Agrees : Agreement.Differs : Agreement.Unknown,
            Same(read.Sex, patient.Sex == Patients.Contracts.FiscalCodes.Sex.Male ? "M" : "F", (a, b) => a == b));

    // By any code she has or had; a foreigner's code says nothing against somebody of whom only a codice fiscale is known.
    private static Agreement SameCode(PersonReading read, PatientSummary patient)
    {
        var codes = new[] { read.FiscalCode, read.Stp, read.Eni }.OfType<string>();
        if (codes.Any(c => string.Equals(c, patient.FiscalCode, StringComparison.OrdinalIgnoreCase) || patient.OtherCodes.Contains(c, StringComparer.OrdinalIgnoreCase)))
            return Agreement.Agrees;
        return read.FiscalCode is null || patient.FiscalCode is null ? Agreement.Unknown : Agreement.Differs;
    }

    private static Agreement Same(string? read, string? known, Func<string, string, bool> same) =>
        string.IsNullOrWhiteSpace(read) || string.IsNullOrWhiteSpace(known) ? Agreement.Unknown
            : same(read, known) ? Agreement.Agrees : Agreement.Differs;

    // Second names and second surnames come and go: the words of one are among the words of the other.
    private static bool SameName(string a, string b)
    {
        var (first, second) = (SearchText.Of(a).Split(' '), SearchText.Of(b).Split(' '));
        return first.All(second.Contains) || second.All(first.Contains)
            || string.Concat(first) == string.Concat(second);
    }
}
