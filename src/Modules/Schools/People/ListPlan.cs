using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.People;

/// <summary>What bringing a list in would do.</summary>
[Shows(FieldClass.Work)]
internal sealed record ListPlan(IReadOnlyList<PlannedLine> Lines, IReadOnlyList<LeavingPerson> Leaving)
{
    public int Count(LineFate fate) => Lines.Count(l => l.Fate == fate);

    /// <summary>Rows that somebody must look at.</summary>
    public IEnumerable<PlannedLine> Open => Lines.Where(l => l.Fate is LineFate.Choose or LineFate.Refused);

    public bool ChangesNothing => Leaving.Count == 0 && Lines.All(l => l.Fate == LineFate.Unchanged);
}

/// <param name="Line">As somebody counts it in a spreadsheet.</param>
/// <param name="Name">As the file has it.</param>
[Shows(FieldClass.Identity, "Name", "Row", "Candidates")]
[Shows(FieldClass.Work, "Line", "Fate", "PatientId", "SchoolCode", "ClassId", "ClassName", "Reason", "Arguments", "Held", "Ends")]
internal sealed record PlannedLine(int Line, string Name, LineFate Fate) : IOfPatient
{
    public ListedPerson? Row { get; init; }
    public Guid? PatientId { get; init; }
    public string? SchoolCode { get; init; }
    public Guid? ClassId { get; init; }
    public string? ClassName { get; init; }

    /// <summary>Italian sentence, the key of its translation.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<object> Arguments { get; init; } = [];

    /// <summary>She has that link already.</summary>
    public bool Held { get; init; }

    /// <summary>Links that end.</summary>
    public IReadOnlyList<Guid> Ends { get; init; } = [];

    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    Guid? IOfPatient.PatientOfRow => PatientId;
}

/// <summary>One of several who are alike.</summary>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "BirthDate", "FiscalCode")]
[Shows(FieldClass.Work, "PatientId")]
internal sealed record Candidate(Guid PatientId, string FamilyName, string GivenName, DateOnly BirthDate, string? FiscalCode) : IOfPatient
{
    Guid? IOfPatient.PatientOfRow => PatientId;
}

/// <summary>Somebody of the list's classes who is not on it.</summary>
[Shows(FieldClass.Identity, "FamilyName", "GivenName")]
[Shows(FieldClass.Work, "LinkId", "PatientId", "Part", "ClassName")]
internal sealed record LeavingPerson(Guid LinkId, Guid PatientId, string FamilyName, string GivenName, SchoolPart Part, string? ClassName) : IOfPatient
{
    Guid? IOfPatient.PatientOfRow => PatientId;
}
