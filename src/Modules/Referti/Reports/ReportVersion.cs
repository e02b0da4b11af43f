using System.Security.Cryptography;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>One release: original, correction or annulment, with the person as she was called at the issue. Never edited.</summary>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate", "Sex")]
[Shows(FieldClass.Result, "Result", "OriginalCode", "OriginalText", "Details", "Note")]
[Shows(FieldClass.Work, "Number", "Kind", "TestCode", "Device", "SpecimenCode", "SpecimenText", "CollectedAt", "ReceivedAt", "ReportedAt", "AuthorName", "EnteredByName", "Reason", "SourceIndex", "IssuedAt", "VerificationCode", "TestType")]
internal sealed class ReportVersion : IOfPatient
{
    public const int CodeLength = 60;
    public const int TextLength = 300;
    public const int DetailsLength = 2000;
    public const int NoteLength = 1000;
    public const int ReasonLength = 500;
    public const int VerificationCodeLength = 40;

    /// <summary>160 bits: the address of the verification page cannot be guessed.</summary>
    private const int VerificationBytes = 20;

    private ReportVersion()
    {
    }

    public Guid Id { get; private init; }
    public Guid ReportId { get; private init; }
    public Guid PatientId { get; private init; }
    public Guid? PatientOfRow => PatientId;
    public int Number { get; private init; }
    public ReportVersionKind Kind { get; private init; }
    public ReportResult Result { get; private init; }
    public string? TestCode { get; private init; }

    /// <summary>Of an antigen test: number of its device in the EU's common list.</summary>
    public string? Device { get; private init; }

    public string? OriginalCode { get; private init; }
    public string? OriginalText { get; private init; }
    public string? SpecimenCode { get; private init; }
    public string? SpecimenText { get; private init; }
    public DateTime? CollectedAt { get; private init; }
    public DateTime? ReceivedAt { get; private init; }
    public DateTime? ReportedAt { get; private init; }
    public string? Details { get; private init; }
    public string? Note { get; private init; }
    public string FamilyName { get; private init; } = "";
    public string GivenName { get; private init; } = "";
    public string? FiscalCode { get; private init; }
    public DateOnly BirthDate { get; private init; }
    public Sex Sex { get; private init; }
    public Guid? AuthorId { get; private init; }
    public string AuthorName { get; private init; } = "";

    /// <summary>Who wrote it, where another operator had to read it before it left.</summary>
    public string? EnteredByName { get; private init; }

    /// <summary>Why it was corrected or annulled.</summary>
    public string? Reason { get; private init; }

    public Guid? SourceMessageId { get; private init; }
    public int? SourceIndex { get; private init; }
    public DateTime IssuedAt { get; private init; }

    /// <summary>In the address that the printed code leads to; each version has its own, so that a copy on paper can be
    /// told that it was corrected since.</summary>
    public string VerificationCode { get; private init; } = "";

    public TestType TestType { get; private init; }

    internal static ReportVersion Of(
        Report report, ReportVersionKind kind, Finding finding, PatientSummary patient, Author author, string? reason) =>
        new()
        {
            Id = finding.VersionId,
            ReportId = report.Id,
            PatientId = report.PatientId,
            Number = report.CurrentVersion,
            Kind = kind,
            Result = finding.Result,
            TestType = finding.TestType,
            TestCode = Fit(finding.TestCode, CodeLength),
            Device = Fit(finding.Device, Hl7.CommonList.NumberLength),
            OriginalCode = Fit(finding.OriginalCode, CodeLength),
            OriginalText = Fit(finding.OriginalText, TextLength),
            SpecimenCode = Fit(finding.SpecimenCode, CodeLength),
            SpecimenText = Fit(finding.SpecimenText, TextLength),
            CollectedAt = finding.CollectedAt,
            ReceivedAt = finding.ReceivedAt,
            ReportedAt = finding.ReportedAt,
            Details = Fit(finding.Details, DetailsLength),
            Note = Fit(finding.Note, NoteLength),
            FamilyName = patient.FamilyName,
            GivenName = patient.GivenName,
            FiscalCode = patient.FiscalCode,
            BirthDate = patient.BirthDate,
            Sex = patient.Sex,
            AuthorId = author.Id,
            AuthorName = Fit(author.Name, Report.NameLength)!,
            EnteredByName = Fit(author.EnteredBy, Report.NameLength),
            Reason = Fit(reason, ReasonLength),
            SourceMessageId = finding.SourceMessageId,
            SourceIndex = finding.SourceIndex,
            IssuedAt = report.IssuedAt,
            VerificationCode = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(VerificationBytes)),
        };

    /// <summary>The same content, for the version that annuls this one.</summary>
    internal Finding AsFinding(Guid versionId) =>
        new(versionId, Result, TestType, TestCode, OriginalCode, OriginalText, SpecimenCode, SpecimenText,
            CollectedAt, ReceivedAt, ReportedAt, Details, Note, null, null, Device);

    // What a message carries is cut where it is longer than any real code or text: the message itself is kept whole.
    internal static string? Fit(string? text, int length)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.Length <= length)
            return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
