using MediatR;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Testing.Contracts;

/// <summary>What is looked for in the sample.</summary>
public enum TestType
{
    /// <summary>Molecular swab (NAAT), LOINC 94500-6.</summary>
    Molecular,

    /// <summary>Antigen, LOINC 94558-4.</summary>
    Antigen,

    /// <summary>Antibodies in serum.</summary>
    Serology,

    /// <summary>Molecular on saliva (the region's TAMP_MOLECOLARE_SALIV); LOINC 94500-6 with a specimen of saliva.</summary>
    Saliva,
}

/// <summary>States of a swab request; the moves between them are the table in docs/states.md, enforced by SwabRequest alone.</summary>
public enum SwabRequestState
{
    /// <summary>Asked for; the public-health office has yet to authorise it.</summary>
    Proposed,

    /// <summary>Who asked must say more before it is authorised.</summary>
    MoreInformation,

    /// <summary>Not authorised.</summary>
    Refused,

    /// <summary>Asked for and authorised where that is demanded, no place yet.</summary>
    Requested,

    /// <summary>A place in a hotspot's slot is taken.</summary>
    Booked,

    /// <summary>The person has come.</summary>
    CheckedIn,

    /// <summary>The sample was taken and has its accession number.</summary>
    Collected,

    /// <summary>On its way to the lab.</summary>
    Sent,

    /// <summary>In the lab's hands; the result is awaited.</summary>
    Received,

    /// <summary>A report was issued for it.</summary>
    Reported,

    /// <summary>No sample, or none that can be used: absent, broken, lost. Another is to be taken.</summary>
    Failed,

    /// <summary>Withdrawn before the sample was taken, with a reason.</summary>
    Cancelled,
}

/// <summary>A request with its sample, for matching and for reports.</summary>
/// <param name="AccessionNumber">Printed on the tube; null before the sample is taken.</param>
/// <param name="RequestedBy">The account that asked for it.</param>
/// <param name="CollectedAt">UTC.</param>
[Shows(FieldClass.Work)]
public sealed record SwabRequestSummary(
    Guid Id, Guid PatientId, SwabRequestState State, TestType TestType, string? AccessionNumber, string? LabCode,
    string HotspotCode, Guid? RequestedBy, string RequesterName, DateTime RequestedAt, DateTime? CollectedAt);

/// <summary>The request whose sample bears this accession number (upper case, without blanks); null if none.</summary>
[BetweenModules]
public sealed record SwabRequestByAccession(string AccessionNumber) : IQuery<SwabRequestSummary?>;

[BetweenModules]
public sealed record SwabRequestById(Guid Id) : IQuery<SwabRequestSummary?>;

/// <summary>The person's requests that still wait for a report, samples taken first, newest first.</summary>
[BetweenModules]
public sealed record OpenSwabRequestsOf(Guid PatientId) : IQuery<IReadOnlyList<SwabRequestSummary>>;

/// <summary>Samples that the lab has received and that wait for a result, oldest first; within the asker's
/// scope under <c>testing.lab</c>.</summary>
[Requires("testing.lab")]
public sealed record SamplesAwaitingResult(string? Text) : ListQuery<SampleAwaitingResult>
{
    public override string StandingSort => "received";
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Work, "AccessionNumber", "TestType", "LabCode", "CollectedAt", "ReceivedAt")]
public sealed record SampleAwaitingResult(
    Guid RequestId, Guid PatientId, string AccessionNumber, string FamilyName, string GivenName, string? FiscalCode, DateOnly BirthDate,
    TestType TestType, string LabCode, DateTime CollectedAt, DateTime ReceivedAt) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
}

/// <summary>The sample under that request, if it is the asker's lab's (<c>testing.lab</c>).</summary>
[Requires("testing.lab")]
public sealed record SampleOfLab(Guid RequestId) : IQuery<SampleOfLabAnswer>;

[Shows(FieldClass.Work)]
public sealed record SampleOfLabAnswer(SampleAwaitingResult Sample, SwabRequestState State) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Sample.PatientId];
}

/// <summary>A report was issued for the request: it waits no longer. Repeating it changes nothing. A request
/// whose sample the lab had not yet registered as received is closed too, since a result is proof of arrival.</summary>
/// <param name="Unsuitable">The report says that the sample could not be examined: whoever asked finds the request among those
/// that need another sample.</param>
[BetweenModules]
public sealed record CloseSwabRequest(Guid RequestId, Guid ReportId, DateTime At, bool Unsuitable = false) : ICommand<Unit>;

/// <summary>As <see cref="CloseSwabRequest"/>, many at once, in their order: all, or none.</summary>
[BetweenModules]
public sealed record CloseSwabRequests(IReadOnlyList<CloseSwabRequest> Closings) : ICommand<Unit>;

/// <summary>Its report was annulled: the request waits again. Repeating it changes nothing.</summary>
[BetweenModules]
public sealed record ReopenSwabRequest(Guid RequestId, Guid ReportId, DateTime At) : ICommand<Unit>;
