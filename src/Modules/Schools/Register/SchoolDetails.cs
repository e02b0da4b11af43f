using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.People;

namespace Platform.Schools.Register;

/// <summary>A school with its classes, and how many belong to each: nobody by name.</summary>
[Requires(SchoolsModule.MayRead)]
internal sealed record SchoolDetails(string Code) : IQuery<SchoolDetailsAnswer>
{
    internal sealed class Handler(SchoolsDb db, ICurrentUser user) : IRequestHandler<SchoolDetails, SchoolDetailsAnswer>
    {
        public async Task<SchoolDetailsAnswer> Handle(SchoolDetails request, CancellationToken cancellationToken)
        {
            var schools = db.Schools.AsNoTracking().Within(School.Scope, user, SchoolsModule.MayRead);
            var school = await schools.SingleOrDefaultAsync(s => s.Code == request.Code, cancellationToken) ?? throw Refusal.NotFound();
            var sites = await schools.Where(s => s.InstituteCode == school.Code || (school.InstituteCode != null && (s.Code == school.InstituteCode || s.InstituteCode == school.InstituteCode)))
                .Where(s => s.Code != school.Code).OrderBy(s => s.Level).ThenBy(s => s.Name).Select(s => new SiteLine(s.Code, s.Name, s.Level, s.ClosedOn)).ToListAsync(cancellationToken);
            var year = await db.CurrentYear(school.Code, cancellationToken);
            var classes = await db.Classes.AsNoTracking().Where(c => c.SchoolCode == school.Code && c.Year == year).OrderBy(c => c.Grade).ThenBy(c => c.Section).ThenBy(c => c.Course)
                .Select(c => new ClassLine(c.Id, c.Grade, c.Section, c.Course, c.ClosedOn,
                    db.Links.Count(l => l.ClassId == c.Id && l.Until == null && l.Part == SchoolPart.Pupil), db.Links.Count(l => l.ClassId == c.Id && l.Until == null && l.Part != SchoolPart.Pupil)))
                .ToListAsync(cancellationToken);
            var staff = await db.Links.CountAsync(l => l.SchoolCode == school.Code && l.ClassId == null && l.Until == null, cancellationToken);
            return new(school, year, sites, classes, staff);
        }
    }
}

/// <param name="Year">Of the classes.</param>
/// <param name="Sites">The other schools of the institute.</param>
/// <param name="Staff">Without a class.</param>
[Shows(FieldClass.Work)]
internal sealed record SchoolDetailsAnswer(School School, int Year, IReadOnlyList<SiteLine> Sites, IReadOnlyList<ClassLine> Classes, int Staff);

[Shows(FieldClass.Work)]
internal sealed record SiteLine(string Code, string Name, SchoolLevel Level, DateOnly? ClosedOn);

[Shows(FieldClass.Work)]
internal sealed record ClassLine(Guid Id, int Grade, string Section, string Course, DateOnly? ClosedOn, int Pupils, int Staff)
{
    /// <inheritdoc cref="SchoolClass.Name"/>
    public string Name => $"{Grade}{Section}";
}

internal static class CurrentClasses
{
    /// <summary>The newest school year of which the school has classes: that of its register where it has none.</summary>
    public static async Task<int> CurrentYear(this SchoolsDb db, string school, CancellationToken cancellation) =>
        await db.Classes.Where(c => c.SchoolCode == school).MaxAsync(c => (int?)c.Year, cancellation)
            ?? await db.Schools.Where(s => s.Code == school).Select(s => s.Year).SingleAsync(cancellation);
}
