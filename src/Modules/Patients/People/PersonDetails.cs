using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.FiscalCodes;

namespace Platform.Patients.People;

/// <summary>All that the registry knows of a person, her doctors, what happened to her, and what the asker may begin for her.</summary>
[Requires(PatientsModule.Read)]
internal sealed record PersonDetails(Guid Id) : IQuery<PersonDetailsAnswer>
{
    internal sealed class Handler(
        PatientsDb db, ICurrentUser user, Region region, PlaceNames places, TimeProvider clock,
        IEnumerable<ITimelineSource> sources, IEnumerable<IPatientAction> actions) : IRequestHandler<PersonDetails, PersonDetailsAnswer>
    {
        public async Task<PersonDetailsAnswer> Handle(PersonDetails request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.AsNoTracking().Within(Patient.Scope, user, PatientsModule.Read).Include(p => p.Assignments)
                .FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var today = region.DayOf(clock.GetUtcNow());
            var codes = patient.Assignments.Select(a => a.DoctorCode).Distinct().ToList();
            var doctors = await db.Doctors.AsNoTracking().Where(d => codes.Contains(d.Code)).ToDictionaryAsync(d => d.Code, cancellationToken);

            var timeline = new List<TimelineEntry>();
            foreach (var source in sources)
                timeline.AddRange(await source.Of(patient.Id, cancellationToken));

            return new(
                patient,
                places.Show(patient.BirthPlaceCode),
                region.FindMunicipality(patient.ResidenceIstat)?.Name ?? patient.ResidenceIstat,
                region.FindAsl(patient.AslCode)?.Name ?? patient.AslCode,
                [.. patient.Assignments.OrderByDescending(a => a.ValidFrom).Select(a => new DoctorOfPerson(
                    a.DoctorCode, $"{doctors[a.DoctorCode].FamilyName} {doctors[a.DoctorCode].GivenName}", doctors[a.DoctorCode].Paediatrician,
                    a.ValidFrom, a.ValidTo, a.CoversDay(today)))],
                [.. timeline.OrderByDescending(e => e.At)],
                [.. actions.Where(a => user.May(a.Permission)).Select(a => new PersonAction(a.Title, a.UrlFor(patient.Id)))]);
        }
    }
}

internal sealed record DoctorOfPerson(string Code, string Name, bool Paediatrician, DateOnly From, DateOnly? To, bool Today);

/// <param name="Title">Italian, the key of its translation.</param>
internal sealed record PersonAction(string Title, string Url);

internal sealed record PersonDetailsAnswer(
    Patient Patient, string BirthPlace, string Residence, string Asl, IReadOnlyList<DoctorOfPerson> Doctors,
    IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<PersonAction> Actions) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Patient.Id];
}
