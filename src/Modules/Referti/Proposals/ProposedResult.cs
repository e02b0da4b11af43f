using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Proposals;

internal enum ProposalAct
{
    Enter,
    Correct,
    Annul,
}

internal enum ProposalState
{
    /// <summary>A second person of the laboratory has to read it.</summary>
    Proposed,

    /// <summary>She agreed: it is a version of a report.</summary>
    Released,

    /// <summary>She did not: it is to be written again.</summary>
    SentBack,

    /// <summary>Who wrote it took it back.</summary>
    Withdrawn,
}

/// <summary>What one operator of a laboratory says of a sample until a second one has read it too (ISO 15189:2022, 7.4.1).
/// Nobody outside the laboratory sees it: no report, no event, no paper.</summary>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Result, "Result", "Details", "Note")]
[Shows(FieldClass.Work, "Act", "State", "LabCode", "AccessionNumber", "SeenVersion", "TestType", "CollectedAt", "ReceivedAt", "ReportedAt", "Reason", "ProposedByName", "ProposedAt", "DecidedByName", "DecidedAt", "Why", "OpenKey", "Version")]
internal sealed class ProposedResult : IOfPatient, IVersioned
{
    public const int OpenKeyLength = 80;

    public static readonly ScopeRule<ProposedResult> Scope = new ScopeRule<ProposedResult>().By(ScopeKind.Lab, p => p.LabCode);

    private ProposedResult()
    {
    }

    /// <summary>Becomes the key of the version it is released as.</summary>
    public Guid Id { get; private init; }

    public ProposalAct Act { get; private init; }
    public ProposalState State { get; private set; }
    public string LabCode { get; private init; } = "";
    public Guid PatientId { get; private set; }
    public Guid? PatientOfRow => PatientId;
    public string FamilyName { get; private set; } = "";
    public string GivenName { get; private set; } = "";
    public string? FiscalCode { get; private set; }
    public DateOnly BirthDate { get; private set; }
    public string? AccessionNumber { get; private init; }
    public Guid? RequestId { get; private init; }

    /// <summary>Of the report it corrects or annuls; of the one it became, once released.</summary>
    public Guid? ReportId { get; private set; }

    /// <summary>Of the report's row as its writer saw it.</summary>
    public int? SeenVersion { get; private init; }

    public TestType TestType { get; private init; }

    /// <summary>For an annulment, what is annulled.</summary>
    public ReportResult Result { get; private init; }

    public DateTime? CollectedAt { get; private init; }
    public DateTime? ReceivedAt { get; private init; }
    public DateTime? ReportedAt { get; private init; }
    public string? Details { get; private init; }
    public string? Note { get; private init; }

    /// <summary>Why it is corrected or annulled.</summary>
    public string? Reason { get; private init; }

    public Guid? ProposedBy { get; private init; }
    public string ProposedByName { get; private init; } = "";
    public DateTime ProposedAt { get; private init; }
    public Guid? DecidedBy { get; private set; }
    public string? DecidedByName { get; private set; }
    public DateTime? DecidedAt { get; private set; }

    /// <summary>Why it was sent back.</summary>
    public string? Why { get; private set; }

    /// <summary>Unique: of one sample, or one report, one proposal is open at a time.</summary>
    public string OpenKey { get; private set; } = "";

    public int Version { get; set; }

    public static ProposedResult OfSample(SampleAwaitingResult sample, PatientSummary patient, Finding finding, Author by, DateTime now) =>
        new(ProposalAct.Enter, $"sample:{sample.RequestId:N}", finding, patient, by, now)
        {
            LabCode = sample.LabCode, AccessionNumber = sample.AccessionNumber, RequestId = sample.RequestId,
        };

    public static ProposedResult OfReport(Report report, ProposalAct act, Finding finding, PatientSummary patient, string reason, Author by, DateTime now) =>
        new(act, $"report:{report.Id:N}", finding, patient, by, now)
        {
            LabCode = report.LabCode, AccessionNumber = report.AccessionNumber, RequestId = report.RequestId, ReportId = report.Id,
            SeenVersion = report.Version, Reason = ReportVersion.Fit(reason, ReportVersion.ReasonLength),
        };

    private ProposedResult(ProposalAct act, string openKey, Finding finding, PatientSummary patient, Author by, DateTime now)
    {
        (Id, Act, OpenKey, State) = (finding.VersionId, act, openKey, ProposalState.Proposed);
        (TestType, Result) = (finding.TestType, finding.Result);
        (CollectedAt, ReceivedAt, ReportedAt) = (finding.CollectedAt, finding.ReceivedAt, finding.ReportedAt);
        (Details, Note) = (ReportVersion.Fit(finding.Details, ReportVersion.DetailsLength), ReportVersion.Fit(finding.Note, ReportVersion.NoteLength));
        (ProposedBy, ProposedByName, ProposedAt) = (by.Id, ReportVersion.Fit(by.Name, Report.NameLength) ?? "–", now);
        PatientId = patient.Id;
        Follow(patient);
    }

    public void Follow(PatientSummary patient) =>
        (FamilyName, GivenName, FiscalCode, BirthDate) = (patient.FamilyName, patient.GivenName, patient.FiscalCode, patient.BirthDate);

    /// <summary>What was written, to be released under the name of the second person and with that of the first.</summary>
    public Finding AsFinding() =>
        new(Id, Result, TestType, null, null, null, null, null, CollectedAt, ReceivedAt, ReportedAt, Details, Note, null, null);

    public Author ReleasedBy(Author second) => second with { EnteredBy = ProposedByName };

    /// <exception cref="Refusal"><c>same-person</c>: never by who wrote it.</exception>
    public void Release(Guid reportId, Author by, DateTime now)
    {
        NotByWriter(by);
        Decide(ProposalState.Released, by, now);
        ReportId = reportId;
    }

    public void SendBack(string why, Author by, DateTime now)
    {
        NotByWriter(by);
        Decide(ProposalState.SentBack, by, now);
        Why = ReportVersion.Fit(why, ReportVersion.ReasonLength);
    }

    public void Withdraw(Author by, DateTime now)
    {
        if (by.Id != ProposedBy)
            throw new Refusal("not-the-writer", "Solo chi ha inserito l'esito può ritirarlo; gli altri lo convalidano o lo rimandano.");
        Decide(ProposalState.Withdrawn, by, now);
    }

    public void NotByWriter(Author by)
    {
        if (by.Id is null || by.Id == ProposedBy)
            throw new Refusal("same-person", "Chi ha inserito l'esito non può convalidarlo: serve un'altra persona del laboratorio.");
    }

    private void Decide(ProposalState to, Author by, DateTime now)
    {
        if (!ProposalMoves.Allowed.Any(m => m.From == State && m.To == to))
            throw new Refusal("already-decided", "Questo esito è già stato trattato.");
        (State, DecidedBy, DecidedByName, DecidedAt) = (to, by.Id, ReportVersion.Fit(by.Name, Report.NameLength), now);
        OpenKey = Id.ToString("N");
    }
}

internal sealed record ProposalMove(ProposalState? From, ProposalState To, string By, string Means);

/// <summary>docs/states.md shows this table; a test compares the two.</summary>
internal static class ProposalMoves
{
    public static readonly IReadOnlyList<ProposalMove> Allowed =
    [
        new(null, ProposalState.Proposed, "EnterResult, CorrectReport, AnnulReport", "an operator of a laboratory that wants two people writes a result, a correction or an annulment; nothing leaves the laboratory"),
        new(ProposalState.Proposed, ProposalState.Released, "ReleaseProposal, ReleaseNegatives", "another operator of the laboratory has read it: it is a version of a report, and everyone entitled is told"),
        new(ProposalState.Proposed, ProposalState.SentBack, "SendBackProposal", "another operator does not agree, with a reason; the sample waits for a result as before"),
        new(ProposalState.Proposed, ProposalState.Withdrawn, "WithdrawProposal", "who wrote it takes it back"),
    ];
}
