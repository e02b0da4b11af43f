using Platform.BuildingBlocks.Persistence;

namespace Platform.Schools.Register;

/// <summary>Of which order a school is: as the ministry describes it or, where it does not, by the type in the code's third and fourth character.</summary>
internal static class SchoolLevels
{
    private static readonly (string Word, SchoolLevel Level)[] Described =
    [
        ("INFANZIA", SchoolLevel.Nursery), ("PRIMO GRADO", SchoolLevel.LowerSecondary), ("SECONDO GRADO", SchoolLevel.UpperSecondary), ("PRIMARIA", SchoolLevel.Primary),
        ("COMPRENSIVO", SchoolLevel.Seat), ("ISTITUTO SUPERIORE", SchoolLevel.Seat), ("CENTRO TERRITORIALE", SchoolLevel.Seat), ("CPIA", SchoolLevel.Seat),
        ("CONVITTO", SchoolLevel.Seat), ("EDUCANDATO", SchoolLevel.Seat), ("LICEO", SchoolLevel.UpperSecondary), ("IST TEC", SchoolLevel.UpperSecondary),
        ("ISTITUTO TECNICO", SchoolLevel.UpperSecondary), ("IST PROF", SchoolLevel.UpperSecondary), ("ISTITUTO PROFESSIONALE", SchoolLevel.UpperSecondary),
        ("MAGISTRALE", SchoolLevel.UpperSecondary), ("ISTITUTO D ARTE", SchoolLevel.UpperSecondary),
    ];

    // What begins with P, R, S or T besides is a kind of upper secondary school.
    private static readonly Dictionary<string, SchoolLevel> Coded = new(StringComparer.Ordinal)
    {
        ["AA"] = SchoolLevel.Nursery, ["1A"] = SchoolLevel.Nursery, ["EE"] = SchoolLevel.Primary, ["1E"] = SchoolLevel.Primary,
        ["MM"] = SchoolLevel.LowerSecondary, ["1M"] = SchoolLevel.LowerSecondary,
        ["IC"] = SchoolLevel.Seat, ["IS"] = SchoolLevel.Seat, ["CT"] = SchoolLevel.Seat, ["VC"] = SchoolLevel.Seat, ["VE"] = SchoolLevel.Seat, ["DD"] = SchoolLevel.Seat,
    };

    /// <returns>Null when neither tells.</returns>
    public static SchoolLevel? Of(string? description, string code)
    {
        var words = SearchText.Of(description);
        foreach (var (word, level) in Described)
        {
            if (words.Contains(word, StringComparison.Ordinal))
                return level;
        }

        var type = code[2..4];
        return Coded.TryGetValue(type, out var known) ? known : type[0] is 'P' or 'R' or 'S' or 'T' ? SchoolLevel.UpperSecondary : null;
    }

    /// <summary>The last year of the course.</summary>
    public static int LastGrade(this SchoolLevel level) => level switch
    {
        SchoolLevel.Nursery or SchoolLevel.LowerSecondary => 3,
        SchoolLevel.Primary => 5,
        _ => 6,
    };
}
