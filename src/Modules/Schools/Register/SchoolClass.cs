using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.Register;

/// <summary>A class of one school year: the 2B of 2021/22.</summary>
[Shows(FieldClass.Work)]
internal sealed class SchoolClass
{
    public static readonly ScopeRule<SchoolClass> Scope = new ScopeRule<SchoolClass>()
        .By(ScopeKind.Asl, c => c.AslCode)
        .When(ScopeKind.School, (c, code) => c.SchoolCode == code || c.InstituteCode == code);

    public const int SectionLength = 10;
    public const int CourseLength = 80;

    public required Guid Id { get; init; }
    public required string SchoolCode { get; init; }

    /// <summary>In which the school year begins: 2021 for 2021/22.</summary>
    public required int Year { get; init; }

    /// <summary>Year of the course, from 1.</summary>
    public required int Grade { get; init; }

    public required string Section { get; init; }

    /// <summary>The ministry's «combinazione»: in some schools two courses have a class of the same grade and section. Empty where none is said.</summary>
    public required string Course { get; init; }

    /// <summary>Of its school, so that lists and rules need no other row.</summary>
    public required SchoolLevel Level { get; set; }

    /// <inheritdoc cref="School.InstituteCode"/>
    public string? InstituteCode { get; set; }

    public required string AslCode { get; set; }
    public required string MunicipalityIstat { get; set; }

    /// <summary>From this day there is no such class: joined with another, or never begun.</summary>
    public DateOnly? ClosedOn { get; set; }

    /// <summary>As its pupils call it: <c>2B</c>.</summary>
    public string Name => $"{Grade}{Section}";
}
