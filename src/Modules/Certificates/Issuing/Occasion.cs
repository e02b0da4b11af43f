using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.Certificates.Issuing;

internal enum OccasionSource
{
    Dose,
    Report,
    QuickSwab,
}

internal enum OccasionState
{
    /// <summary>A certificate comes of it, today or on a later day.</summary>
    Waiting,

    Issued,

    /// <summary>No certificate comes of it: annulled, or of a kind that gives none.</summary>
    Nothing,

    /// <summary>What is known cannot be certified: somebody has to look.</summary>
    Refused,

    /// <summary>An operator has revoked its certificate: none comes of it by itself.</summary>
    Withdrawn,
}

/// <summary>A fact that certificates come from: a dose, a report, a quick swab. It is the source's own id that tells them apart, however often it is told.</summary>
internal sealed class Occasion : IOfPatient, IVersioned
{
    public const int FactLength = 20;
    public const int DetailLength = 40;
    public const int PlaceLength = 80;

    public required Guid Id { get; init; }
    public required OccasionSource Source { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>As in certificate_events.csv: <c>dose</c>, <c>molecular</c>, …; null of what was annulled before it was known.</summary>
    public string? Fact { get; set; }

    /// <summary><c>given</c>, <c>detected</c>, <c>not_detected</c>; null for neither.</summary>
    public string? Result { get; set; }

    /// <summary>UTC: of the dose, of the sampling.</summary>
    public DateTime At { get; set; }

    /// <summary>In the region's time.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Code of the vaccine, or of the device of a quick swab.</summary>
    public string? Product { get; set; }

    /// <summary>Which dose, as in certificate_doses.csv.</summary>
    public string? Dose { get; set; }

    /// <summary>Name of laboratory or point.</summary>
    public string? Place { get; set; }

    /// <summary>The vaccination centre, which sees what comes of its doses.</summary>
    public string? CentreCode { get; set; }

    /// <summary>Of the source, counting: what was told late does not undo what came after.</summary>
    public int SourceVersion { get; set; }

    public bool Annulled { get; set; }
    public OccasionState State { get; set; }

    /// <summary>The first day on which its certificate may be issued; null unless it waits.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>Code of the refusal.</summary>
    public string? WhyRefused { get; set; }

    public required DateTime ToldAt { get; init; }

    /// <summary>What another host changed meanwhile is looked at again before anything is issued from it.</summary>
    public int Version { get; set; }
}
