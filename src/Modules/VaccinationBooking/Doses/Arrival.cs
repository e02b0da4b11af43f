using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.VaccinationBooking.Doses;

internal enum ArrivalState
{
    /// <summary>In the centre, not yet asked.</summary>
    Waiting,

    /// <summary>Questionnaire and consent are there: she may have her dose.</summary>
    Fit,

    /// <summary>Sent home without a dose: unfit, to be postponed, or she will not.</summary>
    SentHome,
    Vaccinated,
}

/// <summary>Somebody has come to a centre to be vaccinated: to her appointment, or without one. Once a day and campaign: the database sees to it.</summary>
[Shows(FieldClass.Work)]
[Shows(FieldClass.Health, "Answers", "Consent", "Note", "Category")]
internal sealed class Arrival : IVersioned, IOfPatient
{
    public static readonly ScopeRule<Arrival> Scope = new ScopeRule<Arrival>().By(ScopeKind.VaccinationCentre, a => a.CentreCode);

    public required Guid Id { get; init; }
    public required string CentreCode { get; init; }
    public required string CampaignCode { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>Null for who came without.</summary>
    public Guid? AppointmentId { get; init; }

    public Guid? BookingId { get; init; }

    /// <summary>Of the group by which she comes; null for her age.</summary>
    public string? Category { get; init; }

    /// <summary>In the region's time.</summary>
    public required DateOnly Day { get; init; }

    public required DateTime ArrivedAt { get; init; }
    public ArrivalState State { get; set; }

    /// <summary>What was answered: codes of the questions said yes to, with blanks between; null while nobody has asked.</summary>
    public string? Answers { get; set; }

    /// <summary>Who gave the consent: herself, a parent, a guardian; null while nobody has.</summary>
    public ConsentBy? Consent { get; set; }

    /// <summary>The doctor's word on the answers, or why she was sent home.</summary>
    public string? Note { get; set; }

    public string? AssessedBy { get; set; }
    public DateTime? AssessedAt { get; set; }
    public int Version { get; set; }

    /// <exception cref="Refusal">She has had her dose, or was sent home.</exception>
    public void Assess(IReadOnlyCollection<string> yes, bool stops, ConsentBy? consent, bool fit, string? note, string by, DateTime at)
    {
        if (State is ArrivalState.Vaccinated or ArrivalState.SentHome)
            throw new Refusal("arrival-over", "Questa persona ha già finito: ricarichi la lista.");
        if (fit && consent is null)
            throw new Refusal("consent-missing", "Senza consenso non si vaccina: indichi chi lo ha dato, o la mandi a casa.") { Kind = RefusalKind.Unprocessable };
        if (fit && stops && string.IsNullOrWhiteSpace(note))
            throw new Refusal("doctor-missing", "Una risposta chiede il giudizio del medico: lo scriva nelle note.") { Kind = RefusalKind.Unprocessable };
        if (!fit && string.IsNullOrWhiteSpace(note))
            throw new Refusal("reason-missing", "Scriva perché non si vaccina oggi.") { Kind = RefusalKind.Unprocessable };
        (Answers, Consent, Note, AssessedBy, AssessedAt) = (string.Join(' ', yes), consent, note?.Trim(), by, at);
        State = fit ? ArrivalState.Fit : ArrivalState.SentHome;
    }
}

internal enum ConsentBy
{
    Herself,
    Parent,
    Guardian,
}
