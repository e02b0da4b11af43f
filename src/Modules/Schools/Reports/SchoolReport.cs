using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.Contracts;
using Platform.Schools.People;

namespace Platform.Schools.Reports;

internal enum SchoolReportState
{
    /// <summary>The ASL has not seen to it yet.</summary>
    Sent,

    /// <summary>A case came of it.</summary>
    Taken,
    Closed,
}

/// <summary>Why the ASL closed a report without a case. None of these says anything of anybody's health.</summary>
internal enum ReportClosing
{
    /// <summary>The ASL knew of it already.</summary>
    Known,
    SentTwice,

    /// <summary>Nothing is to be done in the class.</summary>
    NothingToDo,
}

/// <summary>What a referent has reported. There is no free text on purpose: the school must know, and say, nothing of anybody's health beyond the kind.</summary>
[Shows(FieldClass.Work)]
internal sealed class SchoolReport : IVersioned, IOfPatient
{
    public static readonly ScopeRule<SchoolReport> Scope = new ScopeRule<SchoolReport>()
        .By(ScopeKind.Asl, r => r.AslCode)
        .When(ScopeKind.School, (r, code) => r.SchoolCode == code || r.InstituteCode == code);

    public required Guid Id { get; init; }
    public required SchoolReportKind Kind { get; init; }
    public SchoolReportState State { get; private set; }
    public required string SchoolCode { get; init; }
    public string? InstituteCode { get; init; }
    public required string AslCode { get; init; }

    /// <summary>Null for staff of the whole school, or of several classes: then the contacts say which.</summary>
    public Guid? ClassId { get; init; }

    public Guid? PatientId { get; set; }

    /// <inheritdoc cref="SchoolReported.LastDay"/>
    public required DateOnly LastDay { get; init; }

    public int? Absent { get; init; }
    public int? Enrolled { get; init; }
    public required DateTime ReportedAt { get; init; }
    public required string ReportedBy { get; init; }
    public ReportClosing? Closing { get; private set; }
    public DateTime? HandledAt { get; private set; }
    public string? HandledBy { get; private set; }
    public int Version { get; set; }
    public List<ReportContact> Contacts { get; } = [];

    Guid? IOfPatient.PatientOfRow => PatientId;
    Guid? IOfPatient.RecordOfRow => Id;

    public bool OfPositive => Kind is SchoolReportKind.PositivePupil or SchoolReportKind.PositiveStaff;

    public void Close(ReportClosing why, DateTime now, string by)
    {
        if (State != SchoolReportState.Sent)
            throw Done();
        (State, Closing, HandledAt, HandledBy) = (SchoolReportState.Closed, why, now, by);
    }

    public void Take(DateTime now, string by)
    {
        if (State != SchoolReportState.Sent)
            throw Done();
        if (!OfPositive)
            throw new Refusal("no-positive", "Solo la segnalazione di una persona positiva può diventare un caso.");
        (State, HandledAt, HandledBy) = (SchoolReportState.Taken, now, by);
    }

    private static Refusal Done() => new("report-handled", "Questa segnalazione è già stata gestita.");
}

/// <summary>Somebody who was in class with the reported person.</summary>
internal sealed class ReportContact : IOfPatient
{
    public required Guid Id { get; init; }
    public required Guid ReportId { get; init; }

    /// <summary>Null for staff of the whole school.</summary>
    public Guid? ClassId { get; init; }

    public required Guid PatientId { get; set; }
    public required SchoolPart Part { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;
}
