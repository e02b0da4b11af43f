using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>One dose of a person's bookings: of which campaign, where and when, and what became of it.</summary>
/// <param name="StartsAt">UTC.</param>
[Shows(FieldClass.Health, nameof(Vaccine))]
[Shows(FieldClass.Work, nameof(Campaign), nameof(Centre), nameof(StartsAt), nameof(State))]
internal sealed record AppointmentOf(string Campaign, string Vaccine, string Centre, DateTime StartsAt, AppointmentState State);

internal static class Appointments
{
    /// <summary>The latest first. Whose they may be seen is the caller's to ask.</summary>
    public static async Task<List<AppointmentOf>> AppointmentsOf(this VaccinationDb db, Guid patient, CancellationToken cancellation)
    {
        var found = await (
            from booking in db.Bookings.AsNoTracking()
            where booking.PatientId == patient
            join appointment in db.Appointments on booking.Id equals appointment.BookingId
            join slot in db.Slots on appointment.SlotId equals slot.Id
            join centre in db.Centres on slot.CentreCode equals centre.Code
            join campaign in db.Campaigns on booking.CampaignCode equals campaign.Code
            orderby appointment.StartsAt descending, appointment.Id
            select new { Campaign = campaign, slot.VaccineCode, Centre = centre.Name, appointment.StartsAt, appointment.State }).ToListAsync(cancellation);
        return found.ConvertAll(a => new AppointmentOf(a.Campaign.Name, a.VaccineCode, a.Centre, a.StartsAt, a.State));
    }
}

/// <summary>Her appointments on her page: when and where she is expected, did not come, or gave up. What was given is there as a dose.</summary>
internal sealed class AppointmentsTimeline(VaccinationDb db, ICurrentUser user, Region region, Texts texts) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(Guid patientId, CancellationToken cancellation)
    {
        if (!await db.Vaccinees.Within(Vaccinee.Scope, user, VaccinationModule.MayRead).AnyAsync(v => v.PatientId == patientId, cancellation))
            return [];
        return
        [
            .. (await db.AppointmentsOf(patientId, cancellation)).Where(a => a.State != AppointmentState.Done)
                .Select(a => new TimelineEntry(a.StartsAt, texts[Said(a.State)], $"{region.Vaccination.NameOfVaccine(a.Vaccine)} · {a.Centre}", SeePath(patientId), Urgent: false)),
        ];
    }

    public static string SeePath(Guid patient) => $"/vaccination/people/{patient}";

    private static string Said(AppointmentState state) => state switch
    {
        AppointmentState.Booked => "Vaccinazione prenotata",
        AppointmentState.CheckedIn => "Arrivata al centro vaccinale",
        AppointmentState.NoShow => "Non si è presentata alla vaccinazione",
        _ => "Prenotazione della vaccinazione annullata",
    };
}
