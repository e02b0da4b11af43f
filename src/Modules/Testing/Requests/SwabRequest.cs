using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Labs;
using Platform.Testing.Samples;

namespace Platform.Testing.Requests;

/// <summary>A swab that somebody asked for, from the request to the report. Its states move only here.</summary>
internal sealed class SwabRequest : IOfPatient, IVersioned
{
    /// <summary>Who sees a request: the ASL and the doctor in charge of the person today, the hotspot and the lab
    /// of the sample, and whoever asked for it.</summary>
    public static readonly ScopeRule<SwabRequest> Scope = new ScopeRule<SwabRequest>()
        .By(ScopeKind.Asl, r => r.AslCode)
        .By(ScopeKind.GpList, r => r.GpCode)
        .By(ScopeKind.Hotspot, r => r.HotspotCode)
        .By(ScopeKind.Lab, r => r.LabCode)
        .ByActor(r => r.RequestedBy);

    private readonly List<RequestMove> moves = [];

    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }
    public string? FiscalCode { get; private set; }
    public string FamilyName { get; private set; } = "";
    public string GivenName { get; private set; } = "";

    /// <summary>Family and given name as they are searched.</summary>
    public string SearchName { get; private set; } = "";

    public Sex Sex { get; private set; }
    public DateOnly BirthDate { get; private set; }
    public string AslCode { get; private set; } = "";
    public string? GpCode { get; private set; }

    /// <summary>UTC instant up to which the copy of the person is true; an older message does not overwrite it.</summary>
    public DateTime PatientAsOf { get; private set; }

    public required TestType TestType { get; init; }
    public required SwabReason Reason { get; init; }
    public required DateOnly? SymptomsSince { get; init; }

    public Guid? RequestedBy { get; private set; }
    public string RequesterName { get; private set; } = "";
    public DateTime RequestedAt { get; private set; }

    public string HotspotCode { get; private set; } = "";

    /// <summary>The slot whose place it holds; null once it was given back.</summary>
    public Guid? SlotId { get; private set; }

    /// <summary>UTC beginning of the slot that was booked; kept when the place is given back.</summary>
    public DateTime? SlotAt { get; private set; }

    /// <summary>Set when the sample is taken.</summary>
    public string? LabCode { get; private set; }

    public string? AccessionNumber { get; private set; }
    public DateTime? CollectedAt { get; private set; }
    public DateTime? SentAt { get; private set; }
    public DateTime? ReceivedAt { get; private set; }
    public DateTime? ReportedAt { get; private set; }

    /// <summary>The report that closed it.</summary>
    public Guid? ReportId { get; private set; }

    public SwabRequestState State { get; private set; }

    /// <summary>The person, as long as no other request of the same test may be made for her: unique with the test.</summary>
    public Guid? OpenFor { get; private set; }

    public int Version { get; set; }

    public IReadOnlyList<RequestMove> Moves => moves;

    Guid? IOfPatient.PatientOfRow => PatientId;

    /// <summary>States in which the person need not be asked for another sample.</summary>
    public bool IsOpen => State is not (SwabRequestState.Reported or SwabRequestState.Cancelled);

    public static SwabRequest Ask(
        Guid id, PatientSummary patient, TestType test, SwabReason reason, DateOnly? symptomsSince, DateOnly today, Act act)
    {
        CheckSymptoms(reason, symptomsSince, patient.BirthDate, today);
        var request = new SwabRequest
        {
            Id = id, PatientId = patient.Id, TestType = test, Reason = reason, SymptomsSince = symptomsSince,
            RequestedBy = act.ActorId, RequesterName = act.ActorName, RequestedAt = act.At, OpenFor = patient.Id,
        };
        request.Know(patient, act.At);
        request.Move(null, SwabRequestState.Requested, act);
        return request;
    }

    /// <summary>The law on the first day of symptoms (PREDECESSOR 2.3: reason <c>sintomo</c> demands it).</summary>
    /// <exception cref="Refusal"><c>symptoms-date-missing</c>, <c>symptoms-date-impossible</c>.</exception>
    public static void CheckSymptoms(SwabReason reason, DateOnly? since, DateOnly birthDate, DateOnly today)
    {
        if (reason == SwabReason.Symptoms && since is null)
            throw new Refusal("symptoms-date-missing", "Indichi il giorno di inizio dei sintomi.") { Kind = RefusalKind.Unprocessable };
        if (since > today || since < birthDate)
            throw new Refusal("symptoms-date-impossible", "L'inizio dei sintomi non può essere nel futuro né prima della nascita.") { Kind = RefusalKind.Unprocessable };
    }

    /// <summary>The place must have been taken already, in this transaction.</summary>
    public void Book(Slot slot, Act act)
    {
        Move(SwabRequestState.Requested, SwabRequestState.Booked, act);
        (HotspotCode, SlotId, SlotAt) = (slot.HotspotCode, slot.Id, slot.StartsAt);
    }

    /// <summary>The place must have been given back already, in this transaction.</summary>
    public void Cancel(string reason, Act act)
    {
        Move(State, SwabRequestState.Cancelled, act, reason);
        (SlotId, OpenFor) = (null, null);
    }

    public void Collect(Lab lab, string accessionNumber, Act act)
    {
        Move(State, SwabRequestState.Collected, act);
        (LabCode, AccessionNumber, CollectedAt) = (lab.Code, accessionNumber, act.At);
    }

    public void Send(Act act)
    {
        Move(State, SwabRequestState.Sent, act);
        SentAt = act.At;
    }

    /// <summary>A sample that nobody had marked as sent has been sent all the same: it is here.</summary>
    public void Receive(Act act)
    {
        if (State == SwabRequestState.Received)
            throw new Refusal("sample-already-received", "Il campione {0} risulta già ricevuto.", AccessionNumber);
        if (State == SwabRequestState.Reported)
            throw new Refusal("sample-already-reported", "Il campione {0} ha già un referto.", AccessionNumber);
        if (State == SwabRequestState.Collected)
            Send(act);
        Move(State, SwabRequestState.Received, act);
        ReceivedAt = act.At;
    }

    /// <returns>False when it was closed already.</returns>
    public bool Close(Guid report, Act act)
    {
        if (State == SwabRequestState.Reported)
            return false;
        Move(State, SwabRequestState.Reported, act);
        (ReportId, ReportedAt, OpenFor) = (report, act.At, null);
        return true;
    }

    /// <param name="alone">No other request of the same test is open for the person; otherwise that one keeps the guard.</param>
    /// <returns>False when it was not that report that closed it, or it waits already.</returns>
    public bool Reopen(Guid report, bool alone, Act act)
    {
        if (State != SwabRequestState.Reported || ReportId != report)
            return false;
        Move(State, SwabRequestState.Received, act);
        (ReportId, ReportedAt, OpenFor) = (null, null, alone ? PatientId : null);
        ReceivedAt ??= act.At;
        return true;
    }

    /// <summary>Brings the copy of the person up to date.</summary>
    public void Know(PatientSummary patient, DateTime asOf)
    {
        if (asOf < PatientAsOf)
            return;
        PatientAsOf = asOf;
        (FiscalCode, FamilyName, GivenName) = (patient.FiscalCode, patient.FamilyName, patient.GivenName);
        SearchName = SearchText.Of($"{patient.FamilyName} {patient.GivenName}");
        (Sex, BirthDate, AslCode, GpCode) = (patient.Sex, patient.BirthDate, patient.AslCode, patient.GpCode);
    }

    private void Move(SwabRequestState? from, SwabRequestState to, Act act, string? note = null)
    {
        if (from is not null && State != from || !SwabMoves.Allows(from, to))
            throw new Refusal("move-not-allowed", "Nello stato in cui si trova la richiesta questa operazione non è possibile.");
        State = to;
        moves.Add(new()
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(act.At)), RequestId = Id, Number = moves.Count + 1,
            State = to, At = act.At, ActorId = act.ActorId, ActorName = act.ActorName, Note = note,
        });
    }
}
