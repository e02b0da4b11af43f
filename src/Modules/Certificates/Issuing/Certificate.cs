using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Certificates.Contracts;
using Platform.Patients.Contracts;

namespace Platform.Certificates.Issuing;

internal enum RevocationReason
{
    /// <summary>The dose or the report was annulled.</summary>
    Annulled,

    /// <summary>The dose, the report or the person's data were corrected.</summary>
    Corrected,

    /// <summary>An operator had it issued anew.</summary>
    Reissued,

    /// <summary>An operator has withdrawn it.</summary>
    Withdrawn,
}

/// <summary>An EU Digital COVID Certificate as it was signed. What was signed never changes: a correction revokes it and another is issued.</summary>
[Shows(FieldClass.Identity, "PersonName", "FiscalCode")]
[Shows(FieldClass.Health, "Kind", "Statement", "Hc1", "Uvci")]
[Shows(FieldClass.Care, "AslCode", "GpCode")]
[Shows(FieldClass.Work)]
internal sealed class Certificate : IOfPatient, IVersioned
{
    /// <summary>Her ASL, her doctor, the centre that gave the dose.</summary>
    public static readonly ScopeRule<Certificate> Scope = new ScopeRule<Certificate>()
        .By(ScopeKind.Asl, c => c.AslCode)
        .By(ScopeKind.GpList, c => c.GpCode)
        .By(ScopeKind.VaccinationCentre, c => c.CentreCode)
        .Opened(c => c.PatientId);

    public const int NameLength = 200;
    public const int KidLength = 20;
    public const int NoteLength = 200;
    public const int Hc1Length = 4000;
    public const int StatementLength = 2000;

    public required Guid Id { get; init; }
    public required Guid OccasionId { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>The occasion while it stands, null once revoked: of one occasion two can never stand, the database sees to it.</summary>
    public Guid? StandsFor { get; private set; }

    public required CertificateKind Kind { get; init; }
    public required string Uvci { get; init; }
    public required string Kid { get; init; }

    /// <summary>What the QR code says: <c>HC1:…</c>.</summary>
    public required string Hc1 { get; init; }

    /// <summary>What was signed, as <see cref="Issuing.Statement"/> in JSON.</summary>
    public required string Statement { get; init; }

    public required DateTime IssuedAt { get; init; }

    /// <summary>End of the signature; how long it is accepted is the verifiers' rule.</summary>
    public required DateTime ExpiresAt { get; init; }

    public required string PersonName { get; set; }
    public string? FiscalCode { get; set; }
    public required string AslCode { get; set; }
    public string? GpCode { get; set; }
    public string? CentreCode { get; init; }
    public DateTime? RevokedAt { get; private set; }
    public RevocationReason? WhyRevoked { get; private set; }

    /// <summary>The operator, and her words; null when the platform did it by itself.</summary>
    public string? RevokedBy { get; private set; }

    public string? RevocationNote { get; private set; }

    public int Version { get; set; }

    public Statement Says => Issuing.Statement.Read(Statement);

    public void Stand() => StandsFor = OccasionId;

    /// <exception cref="Refusal">It is revoked already.</exception>
    public void Revoke(RevocationReason why, DateTime now, string? by = null, string? note = null)
    {
        if (RevokedAt is not null)
            throw new Refusal("certificate-revoked-already", "La certificazione è già revocata.");
        (StandsFor, RevokedAt, WhyRevoked, RevokedBy, RevocationNote) = (null, now, why, by, note);
    }

    /// <exception cref="Refusal">It is revoked: nobody is given it any more.</exception>
    public Certificate CheckStands() => RevokedAt is null ? this : throw new Refusal("certificate-revoked", "La certificazione è revocata: non si può più scaricare.");

    /// <summary>Whose lists it is in follows the registry; what was signed does not.</summary>
    public void Follow(PatientSummary person)
    {
        PersonName = NameOf(person);
        (FiscalCode, AslCode, GpCode) = (person.FiscalCode, person.AslCode, person.GpCode);
    }

    public static string NameOf(PatientSummary person)
    {
        var name = $"{person.FamilyName} {person.GivenName}";
        return name.Length > NameLength ? name[..NameLength] : name;
    }
}
