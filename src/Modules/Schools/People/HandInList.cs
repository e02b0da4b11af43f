using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.Register;

namespace Platform.Schools.People;

/// <summary>A school hands in the list of a class, or of all its classes, or of its staff: CSV or Excel, whatever its columns are called. Nothing
/// changes before somebody has seen what would.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record HandInList : ICommand<Guid>
{
    public const long LargestFile = 5L * 1024 * 1024;

    /// <summary>Made by the form: sent twice, it is one list.</summary>
    public Guid Id { get; init; }

    public string? SchoolCode { get; init; }
    public IFormFile? File { get; init; }

    internal sealed class Validator : AbstractValidator<HandInList>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.SchoolCode).NotEmpty().WithMessage("Scriva il codice della scuola.");
            RuleFor(c => c.File).NotNull().WithMessage("Scelga un file.");
            RuleFor(c => c.File!.Length).LessThanOrEqualTo(LargestFile).When(c => c.File is not null).OverridePropertyName(nameof(File)).WithMessage("Il file supera i 5 MB: lo divida per plesso.");
        }
    }

    internal sealed class Handler(SchoolsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<HandInList, Guid>
    {
        public async Task<Guid> Handle(HandInList request, CancellationToken cancellationToken)
        {
            var lists = db.ClassLists.Within(ClassList.Scope, user, SchoolsModule.MayKeepLists);
            if (await lists.AnyAsync(l => l.Id == request.Id, cancellationToken))
                return request.Id;
            var school = await db.SchoolOf(user, SchoolsModule.MayKeepLists, request.SchoolCode, cancellationToken);
            await using var file = request.File!.OpenReadStream();
            var (payload, lines) = await ListReader.Read(file, cancellationToken);
            db.ClassLists.Add(new()
            {
                Id = request.Id, SchoolCode = school.Code, InstituteCode = school.InstituteCode, AslCode = school.AslCode, Year = await db.CurrentYear(school.Code, cancellationToken),
                FileName = Path.GetFileName(request.File.FileName) is { Length: > 200 } name ? name[..200] : Path.GetFileName(request.File.FileName),
                ReceivedAt = clock.GetUtcNow().UtcDateTime, ReceivedBy = user.DisplayName, Payload = payload, Lines = lines,
            });
            await db.SaveChangesAsync(cancellationToken);
            return request.Id;
        }
    }
}

/// <summary>The lists of late, and the schools of which one may hand lists in.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record RecentLists : IQuery<RecentListsAnswer>
{
    private const int Shown = 20;
    private const int SchoolsShown = 60;

    internal sealed class Handler(SchoolsDb db, ICurrentUser user) : IRequestHandler<RecentLists, RecentListsAnswer>
    {
        public async Task<RecentListsAnswer> Handle(RecentLists request, CancellationToken cancellationToken)
        {
            var schools = await db.Schools.AsNoTracking().Within(School.Scope, user, SchoolsModule.MayKeepLists).Where(s => s.ClosedOn == null).OrderBy(s => s.Level).ThenBy(s => s.Name).Take(SchoolsShown + 1)
                .Select(s => new SiteLine(s.Code, s.Name, s.Level, s.ClosedOn)).ToListAsync(cancellationToken);
            var lists = await db.ClassLists.AsNoTracking().Within(ClassList.Scope, user, SchoolsModule.MayKeepLists).OrderByDescending(l => l.ReceivedAt).Take(Shown)
                .Select(l => new ListLine(l.Id, l.FileName, l.SchoolCode, l.ReceivedAt, l.ReceivedBy, l.Lines, l.AppliedAt)).ToListAsync(cancellationToken);
            return new(schools.Count > SchoolsShown ? [] : schools, lists);
        }
    }
}

/// <param name="Schools">None where they are too many for a choice: then the code is written.</param>
[Shows(FieldClass.Work)]
internal sealed record RecentListsAnswer(IReadOnlyList<SiteLine> Schools, IReadOnlyList<ListLine> Lists);

[Shows(FieldClass.Work)]
internal sealed record ListLine(Guid Id, string FileName, string SchoolCode, DateTime ReceivedAt, string ReceivedBy, int Lines, DateTime? AppliedAt);

internal static class SchoolsOfUser
{
    /// <summary>The school that a form names, if it is one of hers and open.</summary>
    /// <exception cref="Refusal"><c>not-found</c>, <c>school-closed</c>.</exception>
    public static async Task<School> SchoolOf(this SchoolsDb db, ICurrentUser user, string permission, string? code, CancellationToken cancellation)
    {
        var tidy = BuildingBlocks.Regions.SchoolCode.Tidy(code);
        var school = await db.Schools.AsNoTracking().Within(School.Scope, user, permission).SingleOrDefaultAsync(s => s.Code == tidy, cancellation)
            ?? throw new Refusal("no-such-school", "Nessuna delle sue scuole ha il codice {0}.", tidy) { Kind = RefusalKind.Unprocessable };
        return school.ClosedOn is null ? school : throw new Refusal("school-closed", "La scuola è chiusa: nulla di nuovo può essere registrato per lei.");
    }
}
