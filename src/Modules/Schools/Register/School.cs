using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.Register;

/// <summary>Order of a school: the rules of quarantine differ by it.</summary>
internal enum SchoolLevel
{
    /// <summary>Infanzia, 3 to 5 years.</summary>
    Nursery,

    /// <summary>Primaria, 6 to 10.</summary>
    Primary,

    /// <summary>Secondaria di primo grado, 11 to 13.</summary>
    LowerSecondary,

    /// <summary>Secondaria di secondo grado, 14 to 18.</summary>
    UpperSecondary,

    /// <summary>The seat of an institute, or of a centre for adults: it has no pupils of its own.</summary>
    Seat,
}

/// <summary>A school as the ministry's register has it: a site with its own code, of an institute or standing alone.</summary>
[Shows(FieldClass.Work)]
internal sealed class School
{
    /// <summary>Whose school it is: its ASL, its own referent, and the referent of its institute.</summary>
    public static readonly ScopeRule<School> Scope = new ScopeRule<School>()
        .By(ScopeKind.Asl, s => s.AslCode)
        .When(ScopeKind.School, (s, code) => s.Code == code || s.InstituteCode == code);

    public const int CodeLength = 10;
    public const int NameLength = 160;

    /// <summary>Codice meccanografico: <c>TOEE81501A</c>.</summary>
    public required string Code { get; init; }

    public required string Name
    {
        get;
        set => (field, SearchName) = (value, SearchText.Of(value) is { Length: > NameLength } longer ? longer[..NameLength] : SearchText.Of(value));
    }

    /// <summary>Name as it is looked for.</summary>
    public string SearchName { get; private set; } = "";

    public required SchoolLevel Level { get; set; }

    /// <summary>Not of the state (paritaria).</summary>
    public bool Private { get; set; }

    /// <summary>Of the institute it belongs to; null for one that stands alone and for the institute itself.</summary>
    public string? InstituteCode { get; set; }

    public required string Address { get; set; }
    public required string PostalCode { get; set; }
    public required string MunicipalityIstat { get; set; }

    /// <summary>In whose territory it stands.</summary>
    public required string AslCode { get; set; }

    public string? Email { get; set; }

    /// <summary>Of the last register that named it, by the year it begins in: 2021 for 2021/22.</summary>
    public required int Year { get; set; }

    /// <summary>From this day it is a school no more: what it had stays, nothing new is entered for it.</summary>
    public DateOnly? ClosedOn { get; set; }
}

internal static class SchoolClosing
{
    /// <summary>With its classes: nothing new is entered for them.</summary>
    public static void Close(this School school, IEnumerable<SchoolClass> classes, DateOnly on)
    {
        school.ClosedOn ??= on;
        foreach (var of in classes)
            of.ClosedOn ??= on;
    }
}
