using System.Security.Cryptography;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

internal enum QuickSwabState
{
    /// <summary>The cassette is on the table; the result is not readable yet, or nobody has read it.</summary>
    Running,
    Reported,

    /// <summary>Another person's, or never done.</summary>
    Annulled,
}

/// <summary>Who acts, and when.</summary>
internal sealed record Act(DateTime At, Guid? ById, string ByName);

/// <summary>The kit as its box says.</summary>
internal sealed record Kit(AntigenDevice Device, string Lot, DateOnly Expiry);

/// <summary>What the person says of herself: it decides what a positive means.</summary>
internal sealed record Complaint(bool Symptoms, DateOnly? SymptomsSince, bool Link);

/// <summary>An antigen test at the point of care, from the sample to its result. What was said of it before stays as versions. What the cassette shows, and
/// what the person said at the desk, is work and not a class of its own: whoever may open the row did the test, or cares for the person.</summary>
[Shows(FieldClass.Identity, "FiscalCode", "FamilyName", "GivenName", "SearchName", "BirthDate")]
[Shows(FieldClass.Contacts, "Email")]
[Shows(FieldClass.Care, "GpCode")]
[Shows(FieldClass.Work)]
internal sealed class QuickSwab : IOfPatient, IVersioned
{
    public const int LotLength = 40;
    public const int VerificationLength = 40;

    /// <summary>Who did it: sees and works on her own.</summary>
    public static readonly ScopeRule<QuickSwab> Desk = new ScopeRule<QuickSwab>()
        .By(ScopeKind.Pharmacy, s => s.PointCode)
        .By(ScopeKind.GpList, s => s.PointCode)
        .By(ScopeKind.School, s => s.PointCode)
        .By(ScopeKind.Hotspot, s => s.PointCode);

    /// <summary>Besides who did it, the ASL and the doctor in charge of the person, and the ASL of the point.</summary>
    public static readonly ScopeRule<QuickSwab> Scope = new ScopeRule<QuickSwab>(Desk)
        .By(ScopeKind.Asl, s => s.AslCode)
        .By(ScopeKind.Asl, s => s.PointAsl)
        .By(ScopeKind.GpList, s => s.GpCode)
        .Opened(s => s.PatientId);

    private readonly List<SwabVersion> versions = [];

    /// <summary>Made by the client: the same at each repetition.</summary>
    public required Guid Id { get; init; }

    /// <summary>Null once a negative person's data have gone to the archive; so all that names her.</summary>
    public Guid? PatientId { get; set; }

    public string? FiscalCode { get; private set; }
    public string? FamilyName { get; private set; }
    public string? GivenName { get; private set; }
    public string? SearchName { get; private set; }
    public DateOnly? BirthDate { get; private set; }
    public string? Email { get; private set; }
    public string? GpCode { get; private set; }

    /// <summary>Of her residence.</summary>
    public string AslCode { get; private set; } = "";

    /// <summary>On the day of the test: what is paid for it depends on that.</summary>
    public int Age { get; private set; }

    public required string PointCode { get; init; }
    public required PointKind PointKind { get; init; }
    public required string PointAsl { get; init; }
    public required string DeviceJrc { get; init; }

    /// <summary>As the common list had it then.</summary>
    public required string DeviceName { get; init; }

    public required string Lot { get; init; }
    public required DateOnly KitExpiry { get; init; }
    public bool Symptoms { get; private set; }
    public DateOnly? SymptomsSince { get; private set; }

    /// <summary>Contact of a known case.</summary>
    public bool Link { get; private set; }

    /// <summary>UTC; the sample was taken and put on the cassette.</summary>
    public required DateTime CollectedAt { get; init; }

    /// <summary>UTC; before it the cassette says nothing.</summary>
    public required DateTime ReadableAt { get; init; }

    public Guid? StartedBy { get; private set; }
    public string StartedByName { get; private set; } = "";
    public QuickSwabState State { get; private set; }
    public QuickSwabResult? Result { get; private set; }
    public DateTime? ResultAt { get; private set; }

    /// <summary>Of a positive, by the rule of its day.</summary>
    public PositiveMeaning? Meaning { get; private set; }

    /// <summary>The molecular request that it opened.</summary>
    public Guid? RequestId { get; private set; }

    /// <summary>How often something was said of it: result, corrections, annulment.</summary>
    public int Told { get; private set; }

    /// <summary>When the person's data went to the archive.</summary>
    public DateTime? ArchivedAt { get; private set; }

    public int Version { get; set; }

    public IReadOnlyList<SwabVersion> Versions => versions;

    Guid? IOfPatient.PatientOfRow => PatientId;
    Guid? IOfPatient.RecordOfRow => Id;

    public bool IsReadable(DateTime now) => now >= ReadableAt;

    /// <exception cref="Refusal"><c>device-withdrawn</c>, <c>kit-expired</c>, <c>symptoms-date-impossible</c>.</exception>
    public static QuickSwab Begin(Guid id, PatientSummary patient, SwabPoint point, Kit kit, Complaint complaint, DateTime collectedAt, DateOnly day, Act act)
    {
        // Regulation (EU) 2021/953, art. 3(1)(b): only tests of the common list give a certificate; the region admits no others.
        if (!kit.Device.Valid.On(day))
            throw new Refusal("device-withdrawn", "Il dispositivo {0} non era nell'elenco comune europeo in quel giorno: ne usi un altro.", kit.Device.FullName) { Kind = RefusalKind.Unprocessable };
        if (kit.Expiry < day)
            throw new Refusal("kit-expired", "Il kit era scaduto: ne usi un altro.") { Kind = RefusalKind.Unprocessable };
        if (complaint.SymptomsSince > day || complaint.SymptomsSince < patient.BirthDate)
            throw new Refusal("symptoms-date-impossible", "L'inizio dei sintomi non può essere nel futuro né prima della nascita.") { Kind = RefusalKind.Unprocessable };
        var swab = new QuickSwab
        {
            Id = id, PointCode = point.Code, PointKind = point.Kind, PointAsl = point.Asl, DeviceJrc = kit.Device.Jrc, DeviceName = kit.Device.FullName,
            Lot = kit.Lot, KitExpiry = kit.Expiry, CollectedAt = collectedAt, ReadableAt = collectedAt.AddMinutes(kit.Device.Minutes),
            Symptoms = complaint.Symptoms, SymptomsSince = complaint.Symptoms ? complaint.SymptomsSince : null, Link = complaint.Link,
            StartedBy = act.ById, StartedByName = act.ByName,
        };
        swab.Know(patient);
        swab.Age = AgeOn(day, patient.BirthDate);
        return swab;
    }

    /// <summary>Brings the copy of the person up to date; of one who is in the archive nothing is known any more.</summary>
    public void Know(PatientSummary patient)
    {
        if (ArchivedAt is not null)
            return;
        PatientId = patient.Id;
        (FiscalCode, FamilyName, GivenName, BirthDate) = (patient.FiscalCode, patient.FamilyName, patient.GivenName, patient.BirthDate);
        SearchName = SearchText.Of($"{patient.FamilyName} {patient.GivenName}");
        (Email, GpCode, AslCode) = (patient.Email, patient.GpCode, patient.AslCode);
    }

    /// <param name="readAt">UTC; when somebody looked at the cassette.</param>
    /// <param name="meaning">Of a positive, by the rule of the day.</param>
    /// <exception cref="Refusal"><c>too-early</c>, <c>already-reported</c>.</exception>
    public void Read(QuickSwabResult result, DateTime readAt, PositiveMeaning meaning, Guid? request, Act act)
    {
        CheckReadable(readAt);
        ResultAt = readAt;
        Say(SwabVersionKind.Result, result, null, meaning, request, act);
    }

    public void CheckReadable(DateTime readAt)
    {
        if (State != QuickSwabState.Running)
            throw new Refusal("already-reported", "Questo test ha già un esito, o è annullato: se è sbagliato lo corregga.");
        // The device's instructions: a line that shows before its time, or does not show yet, means nothing.
        if (readAt < ReadableAt)
            throw new Refusal("too-early", "È presto per leggere l'esito: servono {0} minuti dal prelievo.", (int)(ReadableAt - CollectedAt).TotalMinutes);
    }

    /// <exception cref="Refusal"><c>not-reported</c>, <c>archived</c>, <c>same-result</c>.</exception>
    public void Correct(QuickSwabResult result, string reason, PositiveMeaning meaning, Guid? request, Act act)
    {
        CheckCorrectable();
        if (result == Result)
            throw new Refusal("same-result", "L'esito è già questo.") { Kind = RefusalKind.Unprocessable };
        Say(SwabVersionKind.Correction, result, reason, meaning, request, act);
    }

    public void CheckCorrectable()
    {
        if (State != QuickSwabState.Reported)
            throw new Refusal("not-reported", "Nello stato in cui si trova il test questa operazione non è possibile.");
        CheckHere();
    }

    /// <exception cref="Refusal"><c>already-annulled</c>, <c>archived</c>.</exception>
    public void Annul(string reason, Act act)
    {
        if (State == QuickSwabState.Annulled)
            throw new Refusal("already-annulled", "Il test è già annullato.");
        CheckHere();
        State = QuickSwabState.Annulled;
        Add(SwabVersionKind.Annulment, null, reason, act);
    }

    /// <summary>What names the person leaves the row; what is counted stays.</summary>
    public void Archive(DateTime at)
    {
        (PatientId, FiscalCode, FamilyName, GivenName, SearchName, BirthDate, Email, GpCode) = (null, null, null, null, null, null, null, null);
        (SymptomsSince, ArchivedAt) = (null, at);
    }

    public QuickSwabFacts Facts(string pointName) => new(
        Id, Told, PatientId!.Value, PointCode, pointName, PointAsl, AslCode, DeviceJrc, DeviceName, CollectedAt, ResultAt!.Value, Result!.Value,
        Meaning == PositiveMeaning.Confirms, Meaning == PositiveMeaning.Molecular, RequestId);

    private void Say(SwabVersionKind kind, QuickSwabResult result, string? reason, PositiveMeaning meaning, Guid? request, Act act)
    {
        (State, Result) = (QuickSwabState.Reported, result);
        Meaning = result == QuickSwabResult.Positive ? meaning : null;
        RequestId = request ?? RequestId;
        Add(kind, result, reason, act);
    }

    private void Add(SwabVersionKind kind, QuickSwabResult? result, string? reason, Act act)
    {
        Told++;
        versions.Add(new()
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(act.At)), SwabId = Id, Number = Told, Kind = kind, Result = result, Reason = reason, At = act.At,
            ById = act.ById, ByName = act.ByName, VerificationCode = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(VerificationLength / 2)),
        });
    }

    private void CheckHere()
    {
        if (ArchivedAt is not null)
            throw new Refusal("archived", "I dati della persona sono già in archivio: il test non si può più cambiare.");
    }

    private static int AgeOn(DateOnly day, DateOnly born) => day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0);
}
