using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;

namespace Platform.Correspondence.Conversations;

/// <summary>Who of the two a message comes from.</summary>
internal enum Side
{
    /// <summary>The public-health office (SISP) of an ASL: whoever works there.</summary>
    Office,

    /// <summary>The doctor of a list, or her substitute.</summary>
    Doctor,
}

/// <summary>What an ASL's public-health office and the doctor of a list write to each other, perhaps about a person whom both have in
/// their scope. Written to an office and to a list, never to somebody by name: whoever comes after reads on.</summary>
[Shows(FieldClass.Identity, "PersonName")]
[Shows(FieldClass.Health, "Subject", "SubjectSearch")]
[Shows(FieldClass.Work, "AslCode", "ListCode", "DoctorName", "OfficeSees", "DoctorSees", "PatientAsOf", "Urgent", "OpenedAt", "LastAt", "UnreadByOffice", "UnreadByDoctor", "ClosedAt", "ClosedBy")]
internal sealed class Conversation : IOfPatient
{
    public const int CodeLength = 20;
    public const int NameLength = 200;
    public const int SubjectLength = 120;

    /// <summary>A side that has the person in its scope no longer sees the conversation no longer.</summary>
    public static readonly ScopeRule<Conversation> Scope = new ScopeRule<Conversation>()
        .By(ScopeKind.Asl, c => c.OfficeSees)
        .By(ScopeKind.GpList, c => c.DoctorSees);

    public required Guid Id { get; init; }
    public required string AslCode { get; init; }
    public required string ListCode { get; init; }
    public required string DoctorName { get; init; }

    /// <summary>The ASL's code while its office may see the conversation.</summary>
    public string? OfficeSees { get; private set; }

    /// <summary>The list's code while its doctor may.</summary>
    public string? DoctorSees { get; private set; }

    public Guid? PatientId { get; init; }
    public string? PersonName { get; private set; }

    /// <summary>Of what is copied of her, when it was so.</summary>
    public DateTime PatientAsOf { get; private set; }

    public required string Subject { get; init; }
    public required string SubjectSearch { get; init; }
    public required bool Urgent { get; init; }
    public required DateTime OpenedAt { get; init; }
    public required Guid? OpenedBy { get; init; }
    public required DateTime LastAt { get; init; }
    public bool UnreadByOffice { get; init; }
    public bool UnreadByDoctor { get; init; }
    public DateTime? ClosedAt { get; init; }
    public string? ClosedBy { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    /// <summary>About nobody: both sides see it, always.</summary>
    public void KnowNobody() => (OfficeSees, DoctorSees) = (AslCode, ListCode);

    public void Know(PatientSummary patient, DateTime asOf)
    {
        if (asOf < PatientAsOf)
            return;
        (PatientAsOf, PersonName) = (asOf, $"{patient.FamilyName} {patient.GivenName}");
        OfficeSees = patient.AslCode == AslCode || patient.OtherAsls.Contains(AslCode) ? AslCode : null;
        DoctorSees = patient.GpCode == ListCode ? ListCode : null;
    }

    /// <summary>For whom of the two the user speaks.</summary>
    public Side SideOf(ICurrentUser user) =>
        user.ScopesOf(CorrespondenceModule.Converse).Contains(new(ScopeKind.Asl, AslCode)) ? Side.Office : Side.Doctor;

    public bool UnreadBy(Side side) => side == Side.Office ? UnreadByOffice : UnreadByDoctor;

    /// <exception cref="Refusal"><c>conversation-closed</c>.</exception>
    public static Refusal IsClosed() => new("conversation-closed", "La conversazione è chiusa: la riapra per rispondere.");
}

/// <summary>What one side wrote; the other side's first reader is noted, once for the side.</summary>
[Shows(FieldClass.Health, "Text")]
[Shows(FieldClass.Work, "At", "From", "ByName", "ReadAt", "ReadBy")]
internal sealed class Message : IOfPatient
{
    public const int TextLength = 4000;

    public required Guid Id { get; init; }
    public required Guid ConversationId { get; init; }
    public required Guid? PatientId { get; init; }
    public required DateTime At { get; init; }
    public required Side From { get; init; }
    public required Guid? ById { get; init; }
    public required string ByName { get; init; }
    public required string Text { get; init; }
    public DateTime? ReadAt { get; init; }
    public string? ReadBy { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;
}
