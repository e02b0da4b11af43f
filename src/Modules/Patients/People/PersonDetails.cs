using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Patients.FiscalCodes;
using Platform.Patients.Grants;

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
            var seen = db.Patients.AsNoTracking().Within(Patient.Reading, user, PatientsModule.Read).Include(p => p.Assignments);
            var patient = await seen.FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken);
            if (patient is null && await db.SurvivorOf(request.Id, cancellationToken) is { } survivor)
                patient = await seen.FirstOrDefaultAsync(p => p.Id == survivor, cancellationToken);
            if (patient is null)
                throw Refusal.NotFound();
            var today = region.DayOf(clock.GetUtcNow());
            var codes = patient.Assignments.Select(a => a.DoctorCode).Distinct().ToList();
            var doctors = await db.Doctors.AsNoTracking().Where(d => codes.Contains(d.Code)).ToDictionaryAsync(d => d.Code, cancellationToken);

            var timeline = new List<TimelineEntry>();
            foreach (var source in sources)
                timeline.AddRange(await source.Of(patient.Id, cancellationToken));

            var ties = await (
                from tie in db.Ties.AsNoTracking().Where(t => t.PatientId == patient.Id || t.ProxyPatientId == patient.Id)
                join other in db.Patients on tie.PatientId == patient.Id ? tie.ProxyPatientId : tie.PatientId equals other.Id
                orderby tie.ValidFrom descending, tie.Id
                select new TieOfPerson(tie.Id, other.Id, other.FamilyName + " " + other.GivenName, other.BirthDate, tie.Kind,
                    tie.PatientId == patient.Id, tie.ValidFrom, tie.ValidTo, tie.Document)).ToListAsync(cancellationToken);
            var others = ties.Select(t => t.OtherId).ToList();
            var open = await db.Patients.Within(Patient.Scope, user, PatientsModule.Read).Where(p => others.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancellationToken);

            var inScope = await db.Patients.Within(Patient.Scope, user, PatientsModule.Read).AnyAsync(p => p.Id == patient.Id, cancellationToken);

            return new(
                patient,
                places.Show(patient.BirthPlaceCode),
                region.FindMunicipality(patient.ResidenceIstat)?.Name ?? patient.ResidenceIstat,
                patient.DomicileIstat is { } domicile ? region.FindMunicipality(domicile)?.Name ?? domicile : null,
                region.FindAsl(patient.AslCode)?.Name ?? patient.AslCode,
                [.. patient.Assignments.OrderByDescending(a => a.ValidFrom).Select(a => new DoctorOfPerson(
                    a.DoctorCode, $"{doctors[a.DoctorCode].FamilyName} {doctors[a.DoctorCode].GivenName}", doctors[a.DoctorCode].Paediatrician,
                    a.ValidFrom, a.ValidTo, a.CoversDay(today)))],
                [.. timeline.OrderByDescending(e => e.At)],
                [.. actions.Where(a => patient.DiedOn is null && inScope && user.May(a.Permission)).Select(a => new PersonAction(a.Title, a.UrlFor(patient.Id)))],
                ties, [.. open],
                [.. patient.Grants.OrderByDescending(g => g.GrantedAt).Select(g => new GrantOfPerson(g, region.FindAsl(g.AslCode)?.Name ?? g.AslCode))],
                await db.Patients.Within(Patient.InCharge, user, PatientsModule.Read).AnyAsync(p => p.Id == patient.Id, cancellationToken));
        }
    }
}

[Shows(FieldClass.Care, "Code", "Name")]
[Shows(FieldClass.Work, "Paediatrician", "From", "To", "Today")]
internal sealed record DoctorOfPerson(string Code, string Name, bool Paediatrician, DateOnly From, DateOnly? To, bool Today);

/// <param name="Title">Italian, the key of its translation.</param>
[Shows(FieldClass.Work)]
internal sealed record PersonAction(string Title, string Url);

/// <param name="Acts">The other acts for this person, rather than the other way round.</param>
[Shows(FieldClass.Identity, "Name", "BirthDate")]
[Shows(FieldClass.Care, "Document")]
[Shows(FieldClass.Work, "Kind", "Acts", "From", "To")]
internal sealed record TieOfPerson(
    Guid Id, Guid OtherId, string Name, DateOnly BirthDate, ProxyKind Kind, bool Acts, DateOnly From, DateOnly? To, string Document);

[Shows(FieldClass.Work)]
internal sealed record GrantOfPerson(Grant Grant, string Asl);

/// <param name="OpenTies">The people of the ties whose page the asker may open.</param>
/// <param name="InCharge">She is the asker's own, not only made visible to her.</param>
[Shows(FieldClass.Identity, "BirthPlace")]
[Shows(FieldClass.Address, "Residence", "Domicile")]
[Shows(FieldClass.Care, "Doctors", "Ties")]
[Shows(FieldClass.Work, "Asl", "OpenTies", "InCharge")]
internal sealed record PersonDetailsAnswer(
    Patient Patient, string BirthPlace, string Residence, string? Domicile, string Asl, IReadOnlyList<DoctorOfPerson> Doctors,
    IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<PersonAction> Actions,
    IReadOnlyList<TieOfPerson> Ties, HashSet<Guid> OpenTies, IReadOnlyList<GrantOfPerson> Grants, bool InCharge) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Ties.Select(t => t.OtherId).Append(Patient.Id);
}
