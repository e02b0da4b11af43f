using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>What a laboratory has said on one sample, from its first release on. The root holds who may see it and what
/// stands today; what was said, each time, is in its versions, which are never edited.</summary>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate", "SearchName")]
[Shows(FieldClass.Care, "GpCode")]
[Shows(FieldClass.Result, "Result")]
[Shows(FieldClass.Work, "LabCode", "AccessionNumber", "FillerNumber", "SampleKey", "TestType", "AslCode", "SecondAsl", "CurrentKind", "CurrentVersion", "CollectedAt", "FirstIssuedAt", "IssuedAt", "Version")]
internal sealed class Report : IOfPatient, IVersioned
{
    public const int LabCodeLength = 20;
    public const int NumberLength = 80;
    public const int SampleKeyLength = 120;
    public const int NameLength = 120;
    public const int SearchLength = 300;

    public static readonly ScopeRule<Report> Scope = new ScopeRule<Report>()
        .By(ScopeKind.Asl, r => r.AslCode)
        .By(ScopeKind.Asl, r => r.SecondAsl)
        .When(ScopeKind.Asl, (r, asl) => r.OtherAsls.Any(o => o.AslCode == asl))
        .By(ScopeKind.GpList, r => r.GpCode)
        .By(ScopeKind.Lab, r => r.LabCode)
        .ByActor(r => r.RequestedBy)
        .Opened(r => r.PatientId);

    /// <summary>Only the laboratory that issued it corrects or annuls it.</summary>
    public static readonly ScopeRule<Report> ScopeOfLab = new ScopeRule<Report>().By(ScopeKind.Lab, r => r.LabCode);

    private readonly List<ReportVersion> versions = [];
    private readonly List<ReportAsl> otherAsls = [];

    private Report()
    {
    }

    public Guid Id { get; private set; }
    public Guid PatientId { get; private set; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>Names as in the registry today, for lists; each version keeps those of its issue.</summary>
    public string FamilyName { get; private set; } = "";

    public string GivenName { get; private set; } = "";
    public string? FiscalCode { get; private set; }
    public DateOnly BirthDate { get; private set; }
    public string SearchName { get; private set; } = "";

    public string LabCode { get; private set; } = "";

    /// <summary>Of the tube: ours, or the laboratory's where nobody asked for the test here.</summary>
    public string? AccessionNumber { get; private set; }

    /// <summary>The laboratory's own number of the order (OBR-3).</summary>
    public string? FillerNumber { get; private set; }

    /// <summary>What makes two results speak of the same examination of the same sample; unique within a laboratory.</summary>
    public string SampleKey { get; private set; } = "";

    public Guid? RequestId { get; private set; }
    public Guid? RequestedBy { get; private set; }
    public TestType TestType { get; private set; }

    /// <summary>ASL in charge of the person today; the row's scope follows her.</summary>
    public string AslCode { get; private set; } = "";

    /// <summary>The ASL of the domicile, or the first to which she was made visible: in a column, so that its lists find it by an index.</summary>
    public string? SecondAsl { get; private set; }

    public string? GpCode { get; private set; }

    /// <summary>Of the current version; of an annulled report, of the version that was annulled.</summary>
    public ReportResult Result { get; private set; }

    public ReportVersionKind CurrentKind { get; private set; }
    public int CurrentVersion { get; private set; }
    public DateTime? CollectedAt { get; private set; }
    public DateTime FirstIssuedAt { get; private set; }
    public DateTime IssuedAt { get; private set; }
    public int Version { get; set; }

    public IReadOnlyList<ReportVersion> Versions => versions;

    /// <summary>Beyond the second; to be read with the report wherever it follows the person.</summary>
    public IReadOnlyList<ReportAsl> OtherAsls => otherAsls;

    public bool IsAnnulled => CurrentKind == ReportVersionKind.Annulment;

    /// <summary>For serology each antibody is an examination of its own; a swab has one answer a method.</summary>
    public static string KeyOf(string number, TestType type, string? testCode) =>
        $"{Short(number, NumberLength)}|{(type == TestType.Serology ? Short(testCode ?? "", 20) : "")}{type}".ToUpperInvariant();

    /// <summary>The first release.</summary>
    /// <param name="sampleNumber">Null where the laboratory gave none: then nothing later can refer to it by number.</param>
    /// <param name="numberIsTaken">The laboratory has used the number for somebody else already.</param>
    public static (Report Report, ReportIssued Told) Issue(
        Guid id, Finding finding, PatientSummary patient, SwabRequestSummary? request, string labCode, string? sampleNumber,
        string? fillerNumber, bool numberIsTaken, Author author, DateTime now)
    {
        var report = new Report
        {
            Id = id,
            PatientId = patient.Id,
            LabCode = labCode,
            AccessionNumber = Short(request?.AccessionNumber ?? sampleNumber, NumberLength),
            FillerNumber = Short(fillerNumber, NumberLength),
            RequestId = request?.Id,
            RequestedBy = request?.RequestedBy,
            TestType = finding.TestType,
            FirstIssuedAt = now,
        };
        report.SampleKey = KeyOf((numberIsTaken ? null : report.AccessionNumber ?? report.FillerNumber) ?? id.ToString("N"), finding.TestType, finding.TestCode);
        report.Follow(patient);
        return (report, report.Add(ReportVersionKind.Original, finding, patient, author, null, now));
    }

    /// <summary>The laboratory says something else of the same sample; what it said before stays readable.</summary>
    public ReportIssued Correct(Finding finding, PatientSummary patient, Author author, string? reason, DateTime now)
    {
        if (IsAnnulled)
            throw new Refusal("report-annulled", "Il referto è annullato: il nuovo esito va inserito di nuovo dal campione.");
        if (finding.TestType != TestType)
            throw new Refusal("other-test", "Una correzione non può cambiare il tipo di esame.");
        return Add(ReportVersionKind.Correction, finding, patient, author, reason, now);
    }

    /// <summary>After an annulment the sample waits again: its new result continues the same history.</summary>
    public ReportIssued IssueAgain(Finding finding, PatientSummary patient, Author author, DateTime now)
    {
        if (!IsAnnulled)
            throw new Refusal("already-reported", "Per questo campione c'è già un referto: lo corregga dalla sua pagina.");
        return Add(ReportVersionKind.Correction, finding, patient, author, null, now);
    }

    /// <summary>What was released holds no longer, and nothing takes its place.</summary>
    public ReportIssued Annul(Guid versionId, PatientSummary patient, Author author, string? reason, DateTime now)
    {
        CheckStands();
        return Add(ReportVersionKind.Annulment, versions.MaxBy(v => v.Number)!.AsFinding(versionId), patient, author, reason, now);
    }

    /// <exception cref="Refusal">What is annulled is neither corrected nor annulled again.</exception>
    public void CheckStands()
    {
        if (IsAnnulled)
            throw new Refusal("report-annulled-already", "Il referto è già annullato.");
    }

    /// <summary>Whether it says what the current version says already.</summary>
    public bool Says(Finding finding)
    {
        var current = versions.MaxBy(v => v.Number)!;
        return !IsAnnulled && current.Result == finding.Result && TestType == finding.TestType;
    }

    /// <summary>The person's data in the registry changed: lists and scopes follow, versions stay.</summary>
    public void Follow(PatientSummary patient)
    {
        (FamilyName, GivenName, FiscalCode, BirthDate) = (patient.FamilyName, patient.GivenName, patient.FiscalCode, patient.BirthDate);
        (AslCode, GpCode) = (patient.AslCode, patient.GpCode);
        SecondAsl = patient.OtherAsls is [var second, ..] ? second : null;
        var further = patient.OtherAsls.Skip(1).ToList();
        otherAsls.RemoveAll(o => !further.Contains(o.AslCode));
        otherAsls.AddRange(further.Except(otherAsls.Select(o => o.AslCode)).Select(asl => new ReportAsl { ReportId = Id, AslCode = asl }));
        SearchName = Short(SearchText.Of($"{patient.FamilyName} {patient.GivenName}"), SearchLength)!;
    }

    private ReportIssued Add(
        ReportVersionKind kind, Finding finding, PatientSummary patient, Author author, string? reason, DateTime now)
    {
        var previous = CurrentVersion == 0 ? (ReportResult?)null : Result;
        CurrentVersion++;
        (CurrentKind, Result, CollectedAt, IssuedAt) = (kind, finding.Result, finding.CollectedAt, now);
        versions.Add(ReportVersion.Of(this, kind, finding, patient, author, reason));
        return new ReportIssued(
            Id, CurrentVersion, kind, Result, previous, TestType, PatientId, $"{FamilyName} {GivenName}", LabCode, CollectedAt, now,
            RequestId, RequestedBy, AslCode, GpCode)
        {
            Device = finding.Device,
        };
    }

    private static string? Short(string? text, int length) => text is { } t && t.Length > length ? ReportVersion.Fit(t, length) : text;
}

/// <summary>What a laboratory found, as it comes from a form or from a message.</summary>
/// <param name="VersionId">The key that the version will have: a form sent twice brings the same.</param>
/// <param name="OriginalCode">Code and text of the value as the laboratory wrote them.</param>
/// <param name="Device">Of an antigen test: number of its device in the EU's common list.</param>
/// <param name="Details">Cycle thresholds, gene targets: figures beside the answer.</param>
internal sealed record Finding(
    Guid VersionId, ReportResult Result, TestType TestType, string? TestCode, string? OriginalCode, string? OriginalText,
    string? SpecimenCode, string? SpecimenText, DateTime? CollectedAt, DateTime? ReceivedAt, DateTime? ReportedAt,
    string? Details, string? Note, Guid? SourceMessageId, int? SourceIndex, string? Device = null);

/// <summary>Who releases: an operator, or the system of a laboratory.</summary>
/// <param name="EnteredBy">Who had written it, where the laboratory wants two people.</param>
internal sealed record Author(Guid? Id, string Name, string? EnteredBy = null);
