using Platform.BuildingBlocks.Messaging;

namespace Platform.Schools.Contracts;

/// <summary>What a school's referent tells the ASL.</summary>
public enum SchoolReportKind
{
    PositivePupil,
    PositiveStaff,

    /// <summary>Somebody felt ill at school.</summary>
    Symptoms,

    /// <summary>A high share of a class is absent.</summary>
    Absences,
}

/// <summary>A school has reported.</summary>
/// <param name="PatientId">Null for absences.</param>
/// <param name="LastDay">On which the person was last at school; of absences the day itself.</param>
public sealed record SchoolReported(Guid ReportId, SchoolReportKind Kind, string SchoolCode, Guid? ClassId, Guid? PatientId, DateOnly LastDay) : IEvent;

/// <summary>The ASL takes a reported positive for a case of each of these classes.</summary>
/// <param name="InClass">Who was in class with the person in the hours before, as the referent ticked them off.</param>
public sealed record SchoolReportTaken(Guid ReportId, SchoolReportKind Kind, string SchoolCode, Guid[] Classes, Guid PatientId, DateOnly LastDay, Guid[] InClass) : IEvent;

/// <summary>The ASL has seen to a report without a case.</summary>
public sealed record SchoolReportClosed(Guid ReportId, string SchoolCode) : IEvent;
