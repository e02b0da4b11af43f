using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Schools.Register;

namespace Platform.Schools.People;

/// <summary>Who belongs to a class today: names, and nothing of anybody's health.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record ClassDetails(Guid Id) : IQuery<ClassDetailsAnswer>
{
    internal sealed class Handler(SchoolsDb db, IMediator mediator, ICurrentUser user) : IRequestHandler<ClassDetails, ClassDetailsAnswer>
    {
        public async Task<ClassDetailsAnswer> Handle(ClassDetails request, CancellationToken cancellationToken)
        {
            var of = await db.Classes.AsNoTracking().Within(SchoolClass.Scope, user, SchoolsModule.MayKeepLists).SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var school = await db.Schools.AsNoTracking().SingleAsync(s => s.Code == of.SchoolCode, cancellationToken);
            var links = await db.Links.AsNoTracking().Where(l => l.ClassId == of.Id && l.Until == null).ToListAsync(cancellationToken);
            return new(of, school.Name, await links.Named(mediator, cancellationToken));
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record ClassDetailsAnswer(SchoolClass Class, string SchoolName, IReadOnlyList<LinkedPerson> People) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => People.Select(p => p.PatientId);
}

/// <summary>Who belongs to a school without a class of her own, and who teaches where.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record SchoolStaff(string Code) : IQuery<SchoolStaffAnswer>
{
    internal sealed class Handler(SchoolsDb db, IMediator mediator, ICurrentUser user) : IRequestHandler<SchoolStaff, SchoolStaffAnswer>
    {
        public async Task<SchoolStaffAnswer> Handle(SchoolStaff request, CancellationToken cancellationToken)
        {
            var school = await db.Schools.AsNoTracking().Within(School.Scope, user, SchoolsModule.MayKeepLists).SingleOrDefaultAsync(s => s.Code == request.Code, cancellationToken) ?? throw Refusal.NotFound();
            var links = await db.Links.AsNoTracking().Where(l => l.SchoolCode == school.Code && l.Part != SchoolPart.Pupil && l.Until == null).ToListAsync(cancellationToken);
            var year = await db.CurrentYear(school.Code, cancellationToken);
            var classes = await db.Classes.AsNoTracking().Where(c => c.SchoolCode == school.Code && c.Year == year && c.ClosedOn == null).OrderBy(c => c.Grade).ThenBy(c => c.Section).ThenBy(c => c.Course)
                .Select(c => new NamedClass(c.Id, c.Grade, c.Section, c.Course)).ToListAsync(cancellationToken);
            return new(school, classes, await links.Named(mediator, cancellationToken));
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record SchoolStaffAnswer(School School, IReadOnlyList<NamedClass> Classes, IReadOnlyList<LinkedPerson> People) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => People.Select(p => p.PatientId).Distinct();
}

[Shows(FieldClass.Work)]
internal sealed record NamedClass(Guid Id, int Grade, string Section, string Course)
{
    public string Name => Course.Length > 0 ? $"{Grade}{Section} · {Course}" : $"{Grade}{Section}";
}

/// <summary>Somebody with her link: by name alone.</summary>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Work, "LinkId", "PatientId", "Part", "ClassId", "From")]
internal sealed record LinkedPerson(Guid LinkId, Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, DateOnly BirthDate, SchoolPart Part, Guid? ClassId, DateOnly From) : IOfPatient
{
    public string Name => $"{FamilyName} {GivenName}";

    Guid? IOfPatient.PatientOfRow => PatientId;
}

internal static class LinkNames
{
    /// <summary>Pupils first, by name.</summary>
    public static async Task<IReadOnlyList<LinkedPerson>> Named(this IReadOnlyList<SchoolLink> links, IMediator mediator, CancellationToken cancellation)
    {
        var people = await mediator.Send(new PatientsByIds([.. links.Select(l => l.PatientId).Distinct()]), cancellation);
        return
        [
            .. links.Where(l => people.ContainsKey(l.PatientId)).Select(l => (Link: l, Who: people[l.PatientId]))
                .Select(l => new LinkedPerson(l.Link.Id, l.Link.PatientId, l.Who.FamilyName, l.Who.GivenName, l.Who.FiscalCode, l.Who.BirthDate, l.Link.Part, l.Link.ClassId, l.Link.From))
                .OrderBy(l => l.Part).ThenBy(l => l.FamilyName, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.GivenName, StringComparer.OrdinalIgnoreCase),
        ];
    }
}

/// <summary>Somebody belongs to the school no longer, or not to this class.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record EndLink(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(SchoolsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<EndLink, Unit>
    {
        public async Task<Unit> Handle(EndLink request, CancellationToken cancellationToken)
        {
            var link = await db.Links.Within(SchoolLink.Scope, user, SchoolsModule.MayKeepLists).SingleOrDefaultAsync(l => l.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            link.Until ??= region.DayOf(clock.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>A class is joined with another, or never began: those who belonged to it belong to it no longer.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record CloseClass(Guid Id) : ICommand<string>
{
    internal sealed class Handler(SchoolsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<CloseClass, string>
    {
        public async Task<string> Handle(CloseClass request, CancellationToken cancellationToken)
        {
            var of = await db.Classes.Within(SchoolClass.Scope, user, SchoolsModule.MayKeepLists).SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var today = region.DayOf(clock.GetUtcNow());
            of.ClosedOn ??= today;
            foreach (var link in await db.Links.Where(l => l.ClassId == of.Id && l.Until == null).ToListAsync(cancellationToken))
                link.Until = today;
            await db.SaveChangesAsync(cancellationToken);
            return of.SchoolCode;
        }
    }
}
