using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.Register;

/// <summary>Schools that a newer register of their sort, of the state or paritarie, does not name: closed perhaps, or the file was not whole. Somebody
/// decides.</summary>
[Requires(SchoolsModule.MayImport)]
internal sealed record MissingSchools : IQuery<MissingSchoolsAnswer>
{
    private const int AtMost = 200;

    internal sealed class Handler(SchoolsDb db) : IRequestHandler<MissingSchools, MissingSchoolsAnswer>
    {
        public async Task<MissingSchoolsAnswer> Handle(MissingSchools request, CancellationToken cancellationToken)
        {
            var newest = await db.Schools.GroupBy(s => s.Private).Select(g => new { Private = g.Key, Year = g.Max(s => s.Year) }).ToListAsync(cancellationToken);
            var (state, others) = (newest.Find(n => !n.Private)?.Year ?? 0, newest.Find(n => n.Private)?.Year ?? 0);
            var missing = db.Schools.AsNoTracking().Where(s => s.ClosedOn == null && (s.Private ? s.Year < others : s.Year < state));
            return new(await missing.CountAsync(cancellationToken), await missing.OrderBy(s => s.Code).Take(AtMost)
                .Select(s => new MissingSchool(s.Code, s.Name, s.Year, s.MunicipalityIstat)).ToListAsync(cancellationToken));
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record MissingSchoolsAnswer(int Total, IReadOnlyList<MissingSchool> Schools);

/// <param name="Year">Of the last register that named it.</param>
[Shows(FieldClass.Work)]
internal sealed record MissingSchool(string Code, string Name, int Year, string MunicipalityIstat);

/// <summary>These are schools no more. What they had stays, nothing new is entered; the people who belonged to them belong to them no longer.</summary>
[Requires(SchoolsModule.MayImport)]
internal sealed record CloseSchools : ICommand<int>
{
    public List<string> Codes { get; init; } = [];

    internal sealed class Validator : AbstractValidator<CloseSchools>
    {
        public Validator() => RuleFor(c => c.Codes).NotEmpty().WithMessage("Scelga almeno una scuola.");
    }

    internal sealed class Handler(SchoolsDb db, MadeSchools made, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<CloseSchools, int>
    {
        public async Task<int> Handle(CloseSchools request, CancellationToken cancellationToken)
        {
            var today = region.DayOf(clock.GetUtcNow());
            var schools = await db.Schools.Within(School.Scope, user, SchoolsModule.MayImport).Where(s => request.Codes.Contains(s.Code) && s.ClosedOn == null).ToListAsync(cancellationToken);
            var codes = schools.ConvertAll(s => s.Code);
            var classes = (await db.Classes.Where(c => codes.Contains(c.SchoolCode)).ToListAsync(cancellationToken)).ToLookup(c => c.SchoolCode);
            foreach (var school in schools)
                school.Close(classes[school.Code], today);
            foreach (var link in await db.Links.Where(l => codes.Contains(l.SchoolCode) && l.Until == null).ToListAsync(cancellationToken))
                link.Until = today;
            await db.SaveChangesAsync(cancellationToken);
            made.Changed();
            return schools.Count;
        }
    }
}
