using Platform.BuildingBlocks.Messaging;

namespace Platform.VaccinationBooking.Contracts;

/// <summary>Which dose it is, as the open data of the campaign count them.</summary>
public enum DoseKind
{
    /// <summary><c>d1</c>, also of a vaccine of a single dose.</summary>
    First,

    /// <summary><c>d2</c>.</summary>
    Second,

    /// <summary><c>dpi</c>: the only one of somebody who had the infection.</summary>
    AfterInfection,

    /// <summary><c>db1</c>.</summary>
    Booster,

    /// <summary><c>db2</c>.</summary>
    SecondBooster,

    /// <summary><c>db3</c>.</summary>
    ThirdBooster,
}

/// <summary>A dose was given at a centre, or has become known that was given elsewhere.</summary>
/// <param name="Vaccine">Code of the region's list.</param>
/// <param name="GivenAt">UTC.</param>
/// <param name="CentreCode">Null for a dose given elsewhere.</param>
public sealed record DoseAdministered(Guid DoseId, Guid PatientId, string Vaccine, string Disease, DoseKind Kind, DateTime GivenAt, string? CentreCode, Guid? BookingId) : IEvent;

/// <summary>A dose was noted by mistake: it was not given.</summary>
public sealed record DoseAnnulled(Guid DoseId, Guid PatientId) : IEvent;

/// <summary>These people did not come to their appointments.</summary>
public sealed record AppointmentsMissed(Guid[] Appointments) : IEvent;
