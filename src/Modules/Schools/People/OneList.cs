using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.Register;

namespace Platform.Schools.People;

/// <summary>What a list would change; or, where a column is not recognised, which those are.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record OneList(Guid Id) : IQuery<OneListAnswer>
{
    internal sealed class Handler(SchoolsDb db, ListReader reader, ListPlanner planner, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<OneList, OneListAnswer>
    {
        public async Task<OneListAnswer> Handle(OneList request, CancellationToken cancellationToken)
        {
            var list = await db.ClassLists.AsNoTracking().Within(ClassList.Scope, user, SchoolsModule.MayKeepLists).SingleOrDefaultAsync(l => l.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (list.Payload.Length == 0)
                return new(list.Id, list.FileName, list.SchoolCode, list.AppliedAt, [], [], null, new([], []), region.DayOf(clock.GetUtcNow()));
            var rows = list.Rows;
            var fields = await reader.Match(list.SchoolCode, rows.Header, cancellationToken);
            var lacks = ListReader.Lacks(fields);
            var ready = lacks is null && !fields.Contains(null);
            var plan = ready ? await planner.Plan(list, fields!, new Dictionary<int, Guid?>(), cancellationToken) : new([], []);
            var classes = plan.Lines.Select(l => l.ClassId).OfType<Guid>().Distinct().ToList();
            // The first list of a class is that of its whole year: contacts are looked for in the days before somebody thinks of handing it in.
            var first = !await db.Links.AnyAsync(l => l.ClassId != null && classes.Contains(l.ClassId.Value), cancellationToken);
            var today = region.DayOf(clock.GetUtcNow());
            var begin = SchoolYear.Begin(list.Year);
            return new(list.Id, list.FileName, list.SchoolCode, list.AppliedAt,
                [.. rows.Header.Select((h, i) => new ListedColumn(h, fields[i], [.. rows.Rows.Select(r => i < r.Cells.Count ? r.Cells[i] : "").Where(c => c.Length > 0).Take(2)]))],
                [.. rows.Rows.Select(r => r.Line)], ready ? null : lacks ?? "", plan, first && begin <= today ? begin : today);
        }
    }
}

/// <param name="Lacks">Which columns are to be matched by hand first, and why; null when the plan stands.</param>
/// <param name="From">From when new people belong to their class, as it is proposed.</param>
[Shows(FieldClass.Work, "Id", "FileName", "SchoolCode", "AppliedAt", "Lines", "Lacks", "Plan", "From")]
[Shows(FieldClass.Identity, "Columns")]
internal sealed record OneListAnswer(
    Guid Id, string FileName, string SchoolCode, DateTime? AppliedAt, IReadOnlyList<ListedColumn> Columns, IReadOnlyList<int> Lines, string? Lacks, ListPlan Plan, DateOnly From)
    : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown =>
        Plan.Lines.Select(l => l.PatientId).OfType<Guid>().Concat(Plan.Leaving.Select(l => l.PatientId)).Concat(Plan.Lines.SelectMany(l => l.Candidates).Select(c => c.PatientId)).Distinct();

    public IEnumerable<Guid> RecordsShown => [Id];
}

/// <param name="Samples">What stands in it.</param>
[Shows(FieldClass.Identity, "Samples")]
[Shows(FieldClass.Work, "Header", "Field")]
internal sealed record ListedColumn(string Header, string? Field, IReadOnlyList<string> Samples);

/// <summary>Somebody of the school says what its columns are; they are remembered for its next lists.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record MatchColumns : ICommand<Unit>
{
    public Guid Id { get; init; }

    /// <summary>One a column of the list, in its order; empty for what is passed over.</summary>
    public List<string?> Fields { get; init; } = [];

    internal sealed class Handler(SchoolsDb db, ICurrentUser user) : IRequestHandler<MatchColumns, Unit>
    {
        public async Task<Unit> Handle(MatchColumns request, CancellationToken cancellationToken)
        {
            var list = await db.ClassLists.AsNoTracking().Within(ClassList.Scope, user, SchoolsModule.MayKeepLists).SingleOrDefaultAsync(l => l.Id == request.Id, cancellationToken);
            if (list is null || list.Payload.Length == 0)
                throw Refusal.NotFound();
            var header = list.Rows.Header;
            var fields = header.Select((_, i) => i < request.Fields.Count && ListFields.Exists(request.Fields[i]) ? request.Fields[i]! : "").ToList();
            if (ListReader.Lacks(fields) is { } lacks)
                throw new Refusal("columns-lacking", lacks) { Kind = RefusalKind.Unprocessable };
            var known = await db.ColumnMatches.Where(m => m.SchoolCode == list.SchoolCode).ToDictionaryAsync(m => m.Header, cancellationToken);
            foreach (var (name, field) in header.Zip(fields).DistinctBy(h => ListFields.Key(h.First)))
            {
                if (known.TryGetValue(ListFields.Key(name), out var match))
                    match.Field = field;
                else
                    db.ColumnMatches.Add(new() { SchoolCode = list.SchoolCode, Header = ListFields.Key(name), Field = field });
            }

            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
