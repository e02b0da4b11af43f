using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Schools.Cases;
using Platform.Schools.Letters;
using Platform.Schools.Register;
using Platform.Schools.Standings;
using Platform.Testing.Contracts;

namespace Platform.Schools.ClassTests;

/// <summary>What follows from a decision on a class, for the public-health office: whom it keeps at home, who is tested where and when, who
/// has been written to.</summary>
[Requires(SchoolsModule.MayAct)]
internal sealed record ClassActs(Guid Id) : IQuery<ClassActsAnswer>
{
    internal sealed class Handler(SchoolsDb db, DecidedClasses decided, IMediator mediator, ICurrentUser user) : IRequestHandler<ClassActs, ClassActsAnswer>
    {
        public async Task<ClassActsAnswer> Handle(ClassActs request, CancellationToken cancellationToken)
        {
            if (!await db.Standings.Within(ClassStanding.Scope, user, SchoolsModule.MayAct).AnyAsync(s => s.Id == request.Id, cancellationToken)
                || await decided.Of(request.Id, cancellationToken) is not { } what)
                throw Refusal.NotFound();
            var school = await db.Schools.AsNoTracking().SingleAsync(s => s.Code == what.Standing.SchoolCode, cancellationToken);
            var tests = await db.ClassTests.AsNoTracking().Where(t => t.StandingId == request.Id).ToListAsync(cancellationToken);
            var tested = (await db.TestedPeople.AsNoTracking().Where(p => p.StandingId == request.Id).ToListAsync(cancellationToken)).ToLookup(p => p.PatientId);
            var letters = (await db.FamilyLetters.AsNoTracking().Where(l => l.StandingId == request.Id).OrderBy(l => l.WrittenAt).ToListAsync(cancellationToken)).ToLookup(l => l.PatientId);
            var names = await mediator.Send(new PatientsByIds([.. what.People.Select(p => p.PatientId)]), cancellationToken);
            var people = what.People.Where(p => names.ContainsKey(p.PatientId))
                .Select(p => new PersonActs(
                    p.PatientId, names[p.PatientId].FamilyName, names[p.PatientId].GivenName, names[p.PatientId].BirthDate, p.Kind, p.Until,
                    [.. tested[p.PatientId].OrderBy(t => t.Test, StringComparer.Ordinal)], [.. letters[p.PatientId]]))
                .OrderBy(p => p.FamilyName, StringComparer.CurrentCulture).ThenBy(p => p.GivenName, StringComparer.CurrentCulture).ToList();
            var places = what.Standing.Stands && what.Tests.Count > 0
                ? await mediator.Send(new HotspotsNear(school.MunicipalityIstat, school.AslCode), cancellationToken) : [];
            return new(what.Standing, what.Tests, tests, people, places);
        }
    }
}

/// <param name="Wanted">The tests that the decision wants.</param>
/// <param name="Asked">Those that were asked for.</param>
[Shows(FieldClass.Work)]
internal sealed record ClassActsAnswer(
    ClassStanding Standing, IReadOnlyList<WantedTest> Wanted, IReadOnlyList<ClassTest> Asked, IReadOnlyList<PersonActs> People, IReadOnlyList<NearHotspot> Places) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => People.Select(p => p.PatientId);

    public int WithoutPlace => People.Sum(p => p.Tests.Count(t => t is { Why: not null, StartsAt: null, ResultAt: null }));
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName", "BirthDate")]
[Shows(FieldClass.Health, "Measure", "Until")]
[Shows(FieldClass.Work, "Tests", "Letters")]
internal sealed record PersonActs(
    Guid PatientId, string FamilyName, string GivenName, DateOnly BirthDate, MeasureKind Measure, DateOnly? Until, IReadOnlyList<TestedPerson> Tests, IReadOnlyList<FamilyLetter> Letters);
