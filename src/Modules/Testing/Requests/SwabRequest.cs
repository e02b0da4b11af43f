using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Labs;
using Platform.Testing.Samples;

namespace Platform.Testing.Requests;

/// <summary>A swab that somebody asked for, from the request to the report. Its states move only here.</summary>
[Shows(FieldClass.Identity, "FiscalCode", "FamilyName", "GivenName", "SearchName", "Sex", "BirthDate")]
[Shows(FieldClass.Address, "HomeAddress")]
[Shows(FieldClass.Contacts, "HomePhone")]
[Shows(FieldClass.Care, "GpCode")]
[Shows(FieldClass.Health, "Reason", "Symptoms", "SymptomsSince", "Note")]
[Shows(FieldClass.Work, "AslCode", "SecondAsl", "PatientAsOf", "TestType", "Priority", "RequesterName", "RequestedAt", "HotspotCode", "CheckInCode", "CheckedInAt", "SlotAt", "LabCode", "AccessionNumber", "CollectedAt", "SentAt", "ReceivedAt", "ReportedAt", "Failure", "State", "Intervention", "Version")]
internal sealed class SwabRequest : IOfPatient, IVersioned
{
    /// <summary>Who sees a request: the ASL and the doctor in charge of the person today, the hotspot (or the unit of home
    /// visits) and the lab of the sample, and whoever asked for it. A request that is only proposed has no hotspot yet.</summary>
    public static readonly ScopeRule<SwabRequest> Scope = new ScopeRule<SwabRequest>()
        .By(ScopeKind.Asl, r => r.AslCode)
        .By(ScopeKind.Asl, r => r.SecondAsl)
        .When(ScopeKind.Asl, (r, asl) => r.OtherAsls.Any(o => o.AslCode == asl))
        .By(ScopeKind.GpList, r => r.GpCode)
        .By(ScopeKind.Hotspot, r => r.HotspotCode)
        .By(ScopeKind.Usca, r => r.HotspotCode)
        .By(ScopeKind.Lab, r => r.LabCode)
        .ByActor(r => r.RequestedBy)
        .Opened(r => r.PatientId);

    private readonly List<RequestMove> moves = [];
    private readonly List<RequestAsl> otherAsls = [];

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

    /// <summary>The ASL of the domicile, or the first to which she was made visible: in a column, so that its lists find it by an index.</summary>
    public string? SecondAsl { get; private set; }

    public string? GpCode { get; private set; }

    /// <summary>UTC instant up to which the copy of the person is true; an older message does not overwrite it.</summary>
    public DateTime PatientAsOf { get; private set; }

    public required TestType TestType { get; init; }

    /// <summary>Code of the region's list of reasons.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Of the reason on the day of the request; 1 comes first.</summary>
    public int Priority { get; private set; }

    /// <summary>Codes of the region's list, with blanks between.</summary>
    public string Symptoms { get; private set; } = "";

    public DateOnly? SymptomsSince { get; private set; }

    /// <summary>For whoever authorises, and for the next one along the road.</summary>
    public string? Note { get; private set; }

    /// <summary>Where the unit of home visits goes; null when the person comes to a hotspot.</summary>
    public string? HomeAddress { get; private set; }

    public string? HomePhone { get; private set; }

    public Guid? RequestedBy { get; private set; }
    public string RequesterName { get; private set; } = "";
    public DateTime RequestedAt { get; private set; }

    /// <summary>The request, unsuccessful, that this one takes up again.</summary>
    public Guid? RepeatOf { get; private set; }

    /// <summary>The request that took this one up again.</summary>
    public Guid? RepeatedBy { get; private set; }

    /// <summary>Empty until a place is booked: what is only proposed, the hotspot does not see.</summary>
    public string HotspotCode { get; private set; } = "";

    /// <summary>What the person's paper carries as a QR code, opaque.</summary>
    public string CheckInCode { get; private set; } = "";

    public DateTime? CheckedInAt { get; private set; }

    /// <summary>The closure of the hotspot that moved its appointment, or left it without.</summary>
    public Guid? ClosureId { get; private set; }

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

    /// <summary>The box it travelled in.</summary>
    public Guid? ShipmentId { get; private set; }

    /// <summary>The pool it was examined in.</summary>
    public Guid? PoolId { get; private set; }

    /// <summary>Why another sample is needed; null when none is.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>The report that closed it.</summary>
    public Guid? ReportId { get; private set; }

    public SwabRequestState State { get; private set; }

    /// <summary>The person, as long as no other request of the same test may be made for her: unique with the test.</summary>
    public Guid? OpenFor { get; private set; }

    public int Version { get; set; }

    public IReadOnlyList<RequestMove> Moves => moves;

    /// <summary>Beyond the second; to be read with the request wherever the person is made known to it.</summary>
    public IReadOnlyList<RequestAsl> OtherAsls => otherAsls;

    Guid? IOfPatient.PatientOfRow => PatientId;

    /// <summary>States in which the person need not be asked for another sample.</summary>
    public bool IsOpen => SwabMoves.Open.Contains(State);

    /// <summary>What whoever asked must do now; told by the state alone, and kept in a column so that lists find it.</summary>
    public Intervention? Intervention
    {
        get => State switch
        {
            SwabRequestState.MoreInformation => Requests.Intervention.Complete,
            SwabRequestState.Requested => Requests.Intervention.Book,
            _ => NeedsRepeat ? Requests.Intervention.Repeat : null,
        };
        private set { }
    }

    /// <summary>Another sample is wanted, and nobody has asked for it yet.</summary>
    public bool NeedsRepeat => Failure is not null && RepeatedBy is null && State is SwabRequestState.Failed or SwabRequestState.Reported;

    /// <param name="proposed">It waits for the public-health office to authorise it.</param>
    public static SwabRequest Ask(Guid id, PatientSummary patient, Wish wish, bool proposed, DateOnly today, Act act)
    {
        CheckSymptomsSince(wish.SymptomsSince, patient.BirthDate, today);
        var request = new SwabRequest
        {
            Id = id, PatientId = patient.Id, TestType = wish.Test, RequestedBy = act.ActorId, RequesterName = act.ActorName,
            RequestedAt = act.At, OpenFor = patient.Id, CheckInCode = Samples.CheckInCode.Make(),
        };
        request.Take(wish);
        request.Know(patient, act.At);
        request.Move(null, proposed ? SwabRequestState.Proposed : SwabRequestState.Requested, act);
        return request;
    }

    /// <summary>Another sample of the same person, for the same test and reason: what failed is taken up again.</summary>
    /// <exception cref="Refusal"><c>no-repeat-needed</c>.</exception>
    public SwabRequest Repeat(Guid id, PatientSummary patient, Act act)
    {
        if (!NeedsRepeat)
            throw new Refusal("no-repeat-needed", "Per questa richiesta non serve un altro campione, o è già stato richiesto.");
        var again = new SwabRequest
        {
            Id = id, PatientId = PatientId, TestType = TestType, Reason = Reason, Priority = Priority, Symptoms = Symptoms, SymptomsSince = SymptomsSince,
            Note = Note, HomeAddress = HomeAddress, HomePhone = HomePhone, RepeatOf = Id, RequestedBy = act.ActorId, RequesterName = act.ActorName,
            RequestedAt = act.At, OpenFor = PatientId, CheckInCode = Samples.CheckInCode.Make(),
        };
        again.Know(patient, act.At);
        again.Move(null, SwabRequestState.Requested, act);
        RepeatedBy = id;
        return again;
    }

    /// <exception cref="Refusal"><c>symptoms-date-impossible</c>.</exception>
    public static void CheckSymptomsSince(DateOnly? since, DateOnly birthDate, DateOnly today)
    {
        if (since > today || since < birthDate)
            throw new Refusal("symptoms-date-impossible", "L'inizio dei sintomi non può essere nel futuro né prima della nascita.") { Kind = RefusalKind.Unprocessable };
    }

    /// <summary>A unit goes to the person's home.</summary>
    public void VisitAt(string address, string? phone) => (HomeAddress, HomePhone) = (address, phone);

    /// <summary>While it waits for the authorisation the place is kept. It must have been taken already, in this transaction.</summary>
    public void Hold(Slot slot)
    {
        if (State != SwabRequestState.Proposed)
            throw NotAllowed();
        (SlotId, SlotAt) = (slot.Id, slot.StartsAt);
    }

    /// <param name="held">The place that was kept for it; null when there is none, or its time has passed.</param>
    public void Authorise(Slot? held, Act act)
    {
        Move(SwabRequestState.Proposed, SwabRequestState.Requested, act);
        (SlotId, SlotAt) = (null, null);
        if (held is not null)
            Book(held, act);
    }

    /// <summary>The place must have been given back already, in this transaction.</summary>
    public void Refuse(string why, Act act)
    {
        Move(SwabRequestState.Proposed, SwabRequestState.Refused, act, why);
        (SlotId, SlotAt, OpenFor) = (null, null, null);
    }

    /// <summary>The place must have been given back already, in this transaction.</summary>
    public void AskMore(string what, Act act)
    {
        Move(SwabRequestState.Proposed, SwabRequestState.MoreInformation, act, what);
        (SlotId, SlotAt) = (null, null);
    }

    /// <summary>What was missing is there: it is proposed again.</summary>
    public void Complete(Wish wish, DateOnly today, Act act)
    {
        CheckSymptomsSince(wish.SymptomsSince, BirthDate, today);
        Move(SwabRequestState.MoreInformation, SwabRequestState.Proposed, act);
        Take(wish);
    }

    /// <summary>The place must have been taken already, in this transaction, and a former one given back.</summary>
    public void Book(Slot slot, Act act, string? why = null)
    {
        Move(State == SwabRequestState.Booked ? SwabRequestState.Booked : SwabRequestState.Requested, SwabRequestState.Booked, act, why);
        (HotspotCode, SlotId, SlotAt) = (slot.HotspotCode, slot.Id, slot.StartsAt);
    }

    /// <summary>A closure takes its place, and there is another one, held or booked as before. Both changes of places belong in this transaction.</summary>
    public void MovedBy(Guid closure, Slot to, string why, Act act)
    {
        ClosureId = closure;
        if (State == SwabRequestState.Proposed)
            Hold(to);
        else
            Book(to, act, why);
    }

    /// <summary>A closure takes its place, and there is no other. The place must have been given back in this transaction.</summary>
    public void LosePlaceBy(Guid closure, string why, Act act)
    {
        ClosureId = closure;
        if (State != SwabRequestState.Proposed)
            Move(SwabRequestState.Booked, SwabRequestState.Requested, act, why);
        (SlotId, SlotAt) = (null, null);
    }

    public void CheckIn(Act act)
    {
        Move(SwabRequestState.Booked, SwabRequestState.CheckedIn, act);
        CheckedInAt = act.At;
    }

    /// <summary>The person was not there, or could not be examined.</summary>
    public void NoSample(Failure why, string? note, Act act)
    {
        if (!why.IsBeforeSample())
            throw NotAllowed();
        if (State is not (SwabRequestState.Booked or SwabRequestState.CheckedIn))
            throw NotAllowed();
        Move(State, SwabRequestState.Failed, act, note);
        (Failure, OpenFor) = (why, null);
    }

    /// <summary>The lab cannot use the sample, or it was lost on its way.</summary>
    public void Reject(Failure why, string? note, Act act)
    {
        if (why.IsBeforeSample() || AccessionNumber is null)
            throw NotAllowed();
        Move(State, SwabRequestState.Failed, act, note);
        (Failure, OpenFor) = (why, null);
    }

    /// <summary>The place must have been given back already, in this transaction.</summary>
    public void Cancel(string reason, Act act)
    {
        Move(State, SwabRequestState.Cancelled, act, reason);
        (SlotId, OpenFor, Failure) = (null, null, null);
    }

    /// <summary>That very order has been carried out already: the same actor's, upon the version before.</summary>
    public bool IsCancelledBy(Guid? actor, int upon) =>
        State == SwabRequestState.Cancelled && Version == upon + 1 && moves.MaxBy(m => m.Number)?.ActorId == actor;

    /// <param name="why">Why another lab than the proposed one.</param>
    public void Collect(Lab lab, string accessionNumber, Act act, string? why = null)
    {
        Move(State, SwabRequestState.Collected, act, why);
        (LabCode, AccessionNumber, CollectedAt) = (lab.Code, accessionNumber, act.At);
    }

    /// <param name="shipment">Null when it came without one.</param>
    public void Send(Guid? shipment, Act act)
    {
        Move(State, SwabRequestState.Sent, act);
        (SentAt, ShipmentId) = (act.At, shipment);
    }

    /// <summary>A sample that nobody had marked as sent has been sent all the same: it is here.</summary>
    /// <remarks>One given up for lost comes back without the guard of the open request: another may have been made since.</remarks>
    public void Receive(Act act)
    {
        if (State == SwabRequestState.Failed && (Failure != Requests.Failure.Lost || RepeatedBy is not null))
            throw new Refusal("sample-given-up", "Il campione {0} è stato scartato o già richiesto di nuovo: non si può accettare.", AccessionNumber);
        if (State == SwabRequestState.Reported)
            throw new Refusal("sample-already-reported", "Il campione {0} ha già un referto.", AccessionNumber);
        if (State == SwabRequestState.Collected)
            Send(null, act);
        Move(State, SwabRequestState.Received, act);
        (ReceivedAt, Failure) = (act.At, null);
    }

    /// <summary>The sample is examined together with others.</summary>
    /// <exception cref="Refusal"><c>sample-not-here</c>, <c>sample-in-pool</c>.</exception>
    public void PoolWith(Guid pool)
    {
        if (State != SwabRequestState.Received)
            throw new Refusal("sample-not-here", "Il campione {0} non è tra quelli in attesa di esito.", AccessionNumber);
        if (PoolId is not null)
            throw new Refusal("sample-in-pool", "Il campione {0} è già in un pool.", AccessionNumber);
        PoolId = pool;
    }

    /// <param name="unsuitable">The report says that another sample is needed; a correction may say so, or no longer.</param>
    /// <returns>False when nothing changes.</returns>
    public bool Close(Guid report, bool unsuitable, Act act)
    {
        Failure? failure = unsuitable ? Requests.Failure.Unsuitable : null;
        if (State == SwabRequestState.Reported)
        {
            if (ReportId != report || Failure == failure)
                return false;
            Failure = failure;
            return true;
        }

        Move(State, SwabRequestState.Reported, act);
        (ReportId, ReportedAt, OpenFor, Failure) = (report, act.At, null, failure);
        return true;
    }

    /// <param name="alone">No other request of the same test is open for the person; otherwise that one keeps the guard.</param>
    /// <returns>False when it was not that report that closed it, or it waits already.</returns>
    public bool Reopen(Guid report, bool alone, Act act)
    {
        if (State != SwabRequestState.Reported || ReportId != report)
            return false;
        Move(State, SwabRequestState.Received, act);
        (ReportId, ReportedAt, OpenFor, Failure) = (null, null, alone ? PatientId : null, null);
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
        SecondAsl = patient.OtherAsls is [var second, ..] ? second : null;
        var further = patient.OtherAsls.Skip(1).ToList();
        otherAsls.RemoveAll(o => !further.Contains(o.AslCode));
        otherAsls.AddRange(further.Except(otherAsls.Select(o => o.AslCode)).Select(asl => new RequestAsl { RequestId = Id, AslCode = asl }));
    }

    private void Move(SwabRequestState? from, SwabRequestState to, Act act, string? note = null)
    {
        if (from is not null && State != from || !SwabMoves.Allows(from, to))
            throw NotAllowed();
        State = to;
        moves.Add(new()
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(act.At)), RequestId = Id, Number = moves.Count + 1,
            State = to, At = act.At, ActorId = act.ActorId, ActorName = act.ActorName, Note = note,
        });
    }

    private void Take(Wish wish) =>
        (Reason, Priority, Symptoms, SymptomsSince, Note) =
            (wish.Reason.Code, wish.Reason.Priority, string.Join(' ', wish.Symptoms), wish.SymptomsSince, wish.Note);

    private static Refusal NotAllowed() =>
        new("move-not-allowed", "Nello stato in cui si trova la richiesta questa operazione non è possibile.");
}
