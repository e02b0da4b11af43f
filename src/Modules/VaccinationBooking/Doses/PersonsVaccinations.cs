using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.Doses;

/// <summary>A person's doses, infections and what is due to her, disease by disease.</summary>
[Requires(VaccinationModule.MayRead)]
internal sealed record PersonsVaccinations(Guid PatientId) : IQuery<PersonsVaccinationsAnswer>
{
    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<PersonsVaccinations, PersonsVaccinationsAnswer>
    {
        public async Task<PersonsVaccinationsAnswer> Handle(PersonsVaccinations request, CancellationToken cancellationToken)
        {
            var person = await db.Vaccinees.AsNoTracking().Within(Vaccinee.Scope, user, VaccinationModule.MayRead).SingleOrDefaultAsync(v => v.PatientId == request.PatientId, cancellationToken) ?? throw Refusal.NotFound();
            var day = region.DayOf(clock.GetUtcNow());
            var dues = new List<DueOf>();
            foreach (var disease in region.Vaccination.Vaccines.Where(v => v.Valid.On(day)).Select(v => v.Disease).Distinct())
                dues.Add(new(disease, (await db.DueTo(region, person.PatientId, disease, person.BirthDate, day, cancellationToken)).Due));
            return new(
                person, await db.Doses.AsNoTracking().Where(d => d.PatientId == person.PatientId).OrderBy(d => d.GivenAt).ToListAsync(cancellationToken),
                await db.Recoveries.AsNoTracking().Where(r => r.PatientId == person.PatientId).OrderBy(r => r.PositiveOn).ToListAsync(cancellationToken), dues,
                await db.AppointmentsOf(person.PatientId, cancellationToken));
        }
    }
}

[Shows(FieldClass.Health, "Disease", "Due")]
internal sealed record DueOf(string Disease, Due Due);

[Shows(FieldClass.Work)]
internal sealed record PersonsVaccinationsAnswer(
    Vaccinee Person, IReadOnlyList<GivenDose> Doses, IReadOnlyList<Recovery> Recoveries, IReadOnlyList<DueOf> Dues, IReadOnlyList<AppointmentOf> Appointments) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Person.PatientId];
}

/// <summary>Her doses on her page.</summary>
internal sealed class DosesTimeline(VaccinationDb db, ICurrentUser user, Region region, Texts texts) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(Guid patientId, CancellationToken cancellation) =>
    [
        .. (await db.Doses.AsNoTracking().Within(GivenDose.Scope, user, VaccinationModule.MayRead).Where(d => d.PatientId == patientId && d.Stands != null).ToListAsync(cancellation))
            .Select(d => new TimelineEntry(d.GivenAt, $"{texts[Words.Of(d.Kind)]}: {region.Vaccination.NameOfVaccine(d.VaccineCode)}", d.Elsewhere ?? d.LotNumber, AppointmentsTimeline.SeePath(patientId), Urgent: false)),
    ];
}

internal sealed class SeeVaccinations : IPatientAction
{
    public string Permission => VaccinationModule.MayRead;
    public string Title => "Vaccinazioni";
    public string UrlFor(Guid patientId) => AppointmentsTimeline.SeePath(patientId);
}
