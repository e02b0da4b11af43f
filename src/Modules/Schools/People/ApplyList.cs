using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Schools.Register;

namespace Platform.Schools.People;

/// <summary>Brings a list in as it was shown: who is new belongs to the class from a day on, who changed class leaves the other one, who is on the list no
/// more leaves where that was said. The same list again changes nothing. Rows that could not be taken stay, each with its reason.</summary>
[Requires(SchoolsModule.MayKeepLists)]
internal sealed record ApplyList : ICommand<ListOutcome>
{
    public Guid Id { get; init; }
    public DateOnly? From { get; init; }

    /// <summary>Who is in the classes and not on the list has left.</summary>
    public bool EndMissing { get; init; }

    /// <summary>By line: who is meant of several who are alike.</summary>
    public Dictionary<int, Guid?> Choices { get; init; } = [];

    internal sealed class Validator : AbstractValidator<ApplyList>
    {
        public Validator() => RuleFor(c => c.From).NotNull().WithMessage("Scriva da che giorno vale.");
    }

    internal sealed class Handler(SchoolsDb db, ListReader reader, ListPlanner planner, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<ApplyList, ListOutcome>
    {
        public async Task<ListOutcome> Handle(ApplyList request, CancellationToken cancellationToken)
        {
            var list = await db.ClassLists.Within(ClassList.Scope, user, SchoolsModule.MayKeepLists).SingleOrDefaultAsync(l => l.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (list.Payload.Length == 0)
                return new(list.SchoolCode, 0, 0, 0, 0, 0);
            var today = region.DayOf(clock.GetUtcNow());
            if (request.From < SchoolYear.Begin(list.Year) || request.From > today)
                throw new Refusal("from-out-of-year", "Il giorno sta fra l’inizio dell’anno scolastico e oggi.") { Kind = RefusalKind.Unprocessable };
            var rows = list.Rows;
            var fields = await reader.Match(list.SchoolCode, rows.Header, cancellationToken);
            if (ListReader.Lacks(fields) is { } lacks)
                throw new Refusal("columns-lacking", lacks) { Kind = RefusalKind.Unprocessable };
            var plan = await planner.Plan(list, fields, request.Choices, cancellationToken);
            var schools = await db.Schools.AsNoTracking().Where(s => plan.Lines.Select(l => l.SchoolCode).Distinct().Contains(s.Code)).ToDictionaryAsync(s => s.Code, cancellationToken);
            var refused = new Dictionary<int, string>();
            // A new teacher of two classes has two rows, and is one person.
            var entered = new Dictionary<string, Guid>(StringComparer.Ordinal);
            foreach (var line in plan.Lines.Where(l => l.Fate is LineFate.Added or LineFate.Moved or LineFate.Entered))
            {
                var patient = line.PatientId ?? (entered.TryGetValue(line.Row!.Key, out var once) ? once : await Enter(list.Id, line, refused, cancellationToken));
                if (patient is { } known)
                    entered[line.Row!.Key] = known;
                if (patient is { } id && !line.Held)
                    db.Links.Add(Link(id, line, schools[line.SchoolCode!], request.From!.Value));
            }

            var ends = plan.Lines.SelectMany(l => l.Ends).ToList();
            var leaving = request.EndMissing ? plan.Leaving.Select(l => l.LinkId).ToList() : [];
            foreach (var link in await db.Links.Where(l => ends.Contains(l.Id) || leaving.Contains(l.Id)).ToListAsync(cancellationToken))
                link.Until = ends.Contains(link.Id) ? request.From!.Value.AddDays(-1) : today;
            Leave(list, rows, plan, refused);
            list.AppliedAt = clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellationToken);
            return new(list.SchoolCode, plan.Count(LineFate.Added) + plan.Count(LineFate.Entered) - refused.Count, plan.Count(LineFate.Moved), leaving.Count, plan.Count(LineFate.Unchanged), plan.Open.Count() + refused.Count);
        }

        private async Task<Guid?> Enter(Guid list, PlannedLine line, Dictionary<int, string> refused, CancellationToken cancellation)
        {
            var row = line.Row!;
            try
            {
                var entered = await mediator.Send(new EnterPerson(StableId.Of(list, $"line {line.Line}"), row.FiscalCode, row.FamilyName, row.GivenName, row.Sex, row.BirthDate, row.Residence, row.Email, row.Phone), cancellation);
                return entered.Id;
            }
            catch (ValidationException invalid)
            {
                refused.Add(line.Line, invalid.Errors.First().ErrorMessage);
            }
            catch (Refusal refusal) when (refusal.Kind is RefusalKind.Conflict or RefusalKind.Unprocessable)
            {
                refused.Add(line.Line, refusal.Message);
            }

            return null;
        }

        private SchoolLink Link(Guid patient, PlannedLine line, School school, DateOnly from) => new()
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), PatientId = patient, Part = line.Row!.Part, SchoolCode = school.Code, ClassId = line.ClassId,
            InstituteCode = school.InstituteCode, AslCode = school.AslCode, From = from,
        };

        // What is in is no longer kept twice.
        private static void Leave(ClassList list, ListedRows rows, ListPlan plan, Dictionary<int, string> refused)
        {
            var open = plan.Open.Select(l => l.Line).Concat(refused.Keys).ToHashSet();
            list.Payload = open.Count == 0 ? "" : JsonSerializer.Serialize(rows with
            {
                Rows = [.. rows.Rows.Where(r => open.Contains(r.Line)).Select(r => refused.TryGetValue(r.Line, out var why) ? r with { Fault = why } : r)],
            });
        }
    }
}

/// <param name="Added">People who are new in a class.</param>
/// <param name="Open">Rows that were not taken.</param>
internal sealed record ListOutcome(string SchoolCode, int Added, int Moved, int Ended, int Unchanged, int Open);
