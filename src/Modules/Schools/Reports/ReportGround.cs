using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.People;
using Platform.Schools.Register;

namespace Platform.Schools.Reports;

/// <summary>What a referent chooses from: the schools that are hers, the classes, and who belongs there.</summary>
[Requires(SchoolsModule.MayReport)]
internal sealed record ReportGround(string? SchoolCode, Guid? ClassId, Guid? Person, DateOnly? LastDay) : IQuery<ReportGroundAnswer>
{
    internal sealed class Handler(SchoolsDb db, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<ReportGround, ReportGroundAnswer>
    {
        public async Task<ReportGroundAnswer> Handle(ReportGround request, CancellationToken cancellationToken)
        {
            var today = region.DayOf(clock.GetUtcNow());
            var schools = await db.Schools.AsNoTracking().Within(School.Scope, user, SchoolsModule.MayReport).Where(s => s.ClosedOn == null).OrderBy(s => s.Level).ThenBy(s => s.Name).ToListAsync(cancellationToken);
            var school = schools.Find(s => s.Code == request.SchoolCode) ?? (schools.Count == 1 ? schools[0] : null);
            if (school is null)
                return new(today, schools, null, [], null, [], []);
            var year = await db.CurrentYear(school.Code, cancellationToken);
            var classes = await db.Classes.AsNoTracking().Where(c => c.SchoolCode == school.Code && c.Year == year && c.ClosedOn == null).OrderBy(c => c.Grade).ThenBy(c => c.Section).ThenBy(c => c.Course)
                .Select(c => new NamedClass(c.Id, c.Grade, c.Section, c.Course)).ToListAsync(cancellationToken);
            var of = classes.Find(c => c.Id == request.ClassId);
            var links = await db.Links.AsNoTracking().Where(l => l.SchoolCode == school.Code && l.Until == null && (of != null ? l.ClassId == of.Id : l.Part != SchoolPart.Pupil)).ToListAsync(cancellationToken);
            var contacts = request is { Person: { } person, LastDay: { } last } ? await db.ContactsAtSchool(person, school.Code, last, region, cancellationToken) : [];
            return new(today, schools, school, classes, of, [.. (await links.Named(mediator, cancellationToken)).DistinctBy(p => p.PatientId)], await contacts.Named(mediator, cancellationToken));
        }
    }
}

/// <param name="School">The chosen one; null until there is one.</param>
/// <param name="People">Of the class; without a class the staff of the school.</param>
/// <param name="Contacts">Who was in class with the chosen person, as the links have it.</param>
[Shows(FieldClass.Work)]
internal sealed record ReportGroundAnswer(
    DateOnly Today, IReadOnlyList<School> Schools, School? School, IReadOnlyList<NamedClass> Classes, NamedClass? Class, IReadOnlyList<LinkedPerson> People, IReadOnlyList<LinkedPerson> Contacts)
    : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => People.Concat(Contacts).Select(p => p.PatientId).Distinct();
}

internal static class Contacts
{
    /// <summary>Who belonged to the same classes of a school in the hours before the person's last day there; each once a class.</summary>
    public static async Task<List<SchoolLink>> ContactsAtSchool(this SchoolsDb db, Guid person, string school, DateOnly last, Region region, CancellationToken cancellation)
    {
        var first = last.AddDays(-(region.SchoolLimits.Of(SchoolLimits.ContactHours, last) + 23) / 24);
        var there = db.Links.AsNoTracking().Where(l => l.SchoolCode == school && l.ClassId != null && l.From <= last && (l.Until == null || l.Until >= first));
        var classes = await there.Where(l => l.PatientId == person).Select(l => l.ClassId).Distinct().ToListAsync(cancellation);
        return [.. (await there.Where(l => classes.Contains(l.ClassId) && l.PatientId != person).ToListAsync(cancellation)).DistinctBy(l => (l.ClassId, l.PatientId))];
    }
}
