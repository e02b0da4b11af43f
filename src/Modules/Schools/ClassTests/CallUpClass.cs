using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Schools.Cases;
using Platform.Schools.Letters;
using Platform.Schools.Standings;
using Platform.Testing.Contracts;

namespace Platform.Schools.ClassTests;

/// <summary>One action on a decided class: the swabs that the decision wants are requested and placed, and each family is written to. Done
/// again, it finds places for those who had none and writes to nobody twice.</summary>
[Requires(SchoolsModule.MayAct)]
internal sealed record CallUpClass : ICommand<CalledUp>
{
    /// <summary>The decision.</summary>
    public Guid Id { get; init; }

    public List<CallUpTest> Tests { get; init; } = [];

    internal sealed class Validator : AbstractValidator<CallUpClass>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleForEach(c => c.Tests).ChildRules(test =>
            {
                test.RuleFor(t => t.Hotspot).NotEmpty().WithMessage("Scelga dove.");
                test.RuleFor(t => t.Day).NotNull().WithMessage("Indichi il giorno.")
                    .Must(day => day is null || day >= region.DayOf(clock.GetUtcNow())).WithMessage("Il giorno non può essere nel passato.")
                    .Must(day => day is null || day <= region.DayOf(clock.GetUtcNow()).AddDays(60)).WithMessage("Indichi un giorno dei prossimi due mesi.");
                test.RuleFor(t => t.From).NotNull().WithMessage("Indichi l'ora d'inizio.");
                test.RuleFor(t => t.To).NotNull().WithMessage("Indichi l'ora di fine.").Must((t, to) => to is null || t.From is null || to > t.From).WithMessage("La fine viene prima dell’inizio.");
                test.RuleFor(t => t.PerQuarter).NotNull().InclusiveBetween(1, 60).WithMessage("Da 1 a 60.");
                test.RuleFor(t => t.TestType).NotNull().IsInEnum().WithMessage("Scelga il tipo di test.");
            });
        }
    }

    internal sealed class Handler(
        SchoolsDb db, DecidedClasses decided, Placing placing, FamilyPost post, IMediator mediator, ICurrentUser user, Region region, IDatabaseEngine engine)
        : IRequestHandler<CallUpClass, CalledUp>
    {
        public async Task<CalledUp> Handle(CallUpClass request, CancellationToken cancellationToken)
        {
            if (!await db.Standings.Within(ClassStanding.Scope, user, SchoolsModule.MayAct).AnyAsync(s => s.Id == request.Id, cancellationToken)
                || await decided.Of(request.Id, cancellationToken) is not { } what)
                throw Refusal.NotFound();
            if (!what.Standing.Stands)
                throw new Refusal("standing-ended", "Questa misura della classe è già finita.");
            if (what.Tests.FirstOrDefault(wanted => request.Tests.TrueForAll(t => t.Test != wanted.Code)) is { } missing)
                throw new Refusal("test-missing", "Indichi dove e quando per il test {0}.", missing.Code) { Kind = RefusalKind.Unprocessable };
            var places = await mediator.Send(new HotspotsNear(what.Standing.MunicipalityIstat, what.Standing.AslCode), cancellationToken);
            var school = await db.Schools.AsNoTracking().SingleAsync(s => s.Code == what.Standing.SchoolCode, cancellationToken);
            var tests = new List<ClassTest>();
            foreach (var wanted in what.Tests)
            {
                var asked = request.Tests.First(t => t.Test == wanted.Code);
                var hotspot = places.FirstOrDefault(p => p.Code == asked.Hotspot) ?? throw Refusal.NotFound();
                var place = asked.AtSchool ? $"{school.Name}, {school.Address}, {region.FindMunicipality(school.MunicipalityIstat)?.Name}"
                    : $"{hotspot.Name}, {hotspot.Address}, {region.FindMunicipality(hotspot.MunicipalityIstat)?.Name}";
                tests.Add(await Keep(what, asked, place.Length > 200 ? place[..200] : place, cancellationToken));
            }

            await Save(cancellationToken);
            foreach (var test in tests)
                await placing.Place(test, cancellationToken);
            var letters = await post.Write(what.Standing, LetterKind.Start, what.People, cancellationToken);
            var without = await db.TestedPeople.CountAsync(p => p.StandingId == request.Id && p.Why != null && p.StartsAt == null, cancellationToken);
            return new(await db.TestedPeople.CountAsync(p => p.StandingId == request.Id && p.StartsAt != null, cancellationToken), without, letters);
        }

        private async Task<ClassTest> Keep(Decided what, CallUpTest asked, string place, CancellationToken cancellation)
        {
            var id = StableId.Of(what.Standing.Id, asked.Test!);
            var (from, to) = (region.UtcOf(asked.Day!.Value, asked.From!.Value), region.UtcOf(asked.Day.Value, asked.To!.Value));
            var test = await db.ClassTests.SingleOrDefaultAsync(t => t.Id == id, cancellation);
            if (test is null)
            {
                db.ClassTests.Add(test = new()
                {
                    Id = id, StandingId = what.Standing.Id, Test = asked.Test!, AslCode = what.Standing.AslCode, TestType = asked.TestType!.Value, Hotspot = asked.Hotspot!, Place = place,
                    AtSchool = asked.AtSchool, From = from, To = to, PerQuarter = asked.PerQuarter!.Value, AskedBy = user.DisplayName,
                });
            }
            else
            {
                // For those who have no place yet; who has one keeps it.
                (test.Hotspot, test.Place, test.AtSchool, test.From, test.To, test.PerQuarter) = (asked.Hotspot!, place, asked.AtSchool, from, to, asked.PerQuarter!.Value);
            }

            var known = await db.TestedPeople.Where(p => p.TestId == id).Select(p => p.PatientId).ToListAsync(cancellation);
            foreach (var person in what.People.Where(p => p.Wanted.Any(t => t.Code == test.Test) && !known.Contains(p.PatientId)))
                db.TestedPeople.Add(new() { Id = StableId.Of(id, person.PatientId.ToString()), TestId = id, StandingId = what.Standing.Id, Test = test.Test, PatientId = person.PatientId });
            return test;
        }

        private async Task Save(CancellationToken cancellation)
        {
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                throw Refusal.ChangedMeanwhile(); // Two pressed the button at once: the other's order is being carried out.
            }
        }
    }
}

/// <summary>Where and when one of the tests is done.</summary>
internal sealed record CallUpTest
{
    public string? Test { get; init; }
    public TestType? TestType { get; init; } = Testing.Contracts.TestType.Molecular;
    public string? Hotspot { get; init; }
    public DateOnly? Day { get; init; }
    public TimeOnly? From { get; init; } = new(8, 30);
    public TimeOnly? To { get; init; } = new(13, 0);

    /// <summary>The hotspot's people come to the school.</summary>
    public bool AtSchool { get; init; }

    public int? PerQuarter { get; init; } = 5;
}

internal sealed record CalledUp(int Placed, int Without, int Letters);
