using Platform.Schools.Register;

namespace Platform.Schools;

/// <summary>The words for the module's enums: Italian, keys of their translations.</summary>
internal static class Words
{
    public static string Of(SchoolLevel level) => level switch
    {
        SchoolLevel.Nursery => "Infanzia",
        SchoolLevel.Primary => "Primaria",
        SchoolLevel.LowerSecondary => "Secondaria di primo grado",
        SchoolLevel.UpperSecondary => "Secondaria di secondo grado",
        _ => "Sede di istituto",
    };
}
