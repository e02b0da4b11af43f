using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Schools.Consents;
using Platform.Schools.Register;

namespace Platform.Schools.Sentinels;

/// <summary>Draws the classes of a round and asks their families.</summary>
[Requires(SchoolsModule.MaySurvey)]
internal sealed record DrawSentinels : ICommand<Guid>
{
    /// <summary>Made by the form: sent twice, it is one round.</summary>
    public Guid Id { get; init; }

    public string? Name { get; init; }
    public string? Asl { get; init; }
    public SchoolLevel? Level { get; init; }
    public string? Seed { get; init; }
    public int? Number { get; init; } = 10;
    public DateOnly? Day { get; init; }
    public DateOnly? Due { get; init; }

    internal sealed class Validator : AbstractValidator<DrawSentinels>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(d => d.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(d => d.Name).NotEmpty().WithMessage("Scriva il nome.").MaximumLength(SentinelRound.NameLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(d => d.Asl).NotEmpty().WithMessage("Scelga la ASL.");
            RuleFor(d => d.Seed).NotEmpty().WithMessage("Scriva il seme dell’estrazione.").MaximumLength(SentinelRound.SeedLength).WithMessage("Il testo è troppo lungo.");
            RuleFor(d => d.Number).NotNull().InclusiveBetween(1, 200).WithMessage("Da 1 a 200.");
            RuleFor(d => d.Day).NotNull().WithMessage("Indichi il giorno.").Must(day => day is null || day > region.DayOf(clock.GetUtcNow())).WithMessage("Indichi un giorno futuro.");
            RuleFor(d => d.Due).NotNull().WithMessage("Indichi il giorno.").Must((d, due) => due is null || d.Day is null || due < d.Day).WithMessage("Le risposte arrivano prima del giorno del test.")
                .Must(due => due is null || due >= region.DayOf(clock.GetUtcNow())).WithMessage("Il giorno non può essere nel passato.");
        }
    }

    internal sealed class Handler(SchoolsDb db, ConsentDesk desk, ICurrentUser user, TimeProvider clock, IDatabaseEngine engine) : IRequestHandler<DrawSentinels, Guid>
    {
        public async Task<Guid> Handle(DrawSentinels request, CancellationToken cancellationToken)
        {
            if (!user.ScopesOf(SchoolsModule.MaySurvey).Any(s => s.Kind == ScopeKind.Region || s == new Scope(ScopeKind.Asl, request.Asl!)) && !user.IsPlatform)
                throw Refusal.NotFound();
            var day = request.Day!.Value;
            var year = await db.Classes.Where(c => c.AslCode == request.Asl && c.ClosedOn == null).MaxAsync(c => (int?)c.Year, cancellationToken);
            var classes = await db.Classes.AsNoTracking()
                .Where(c => c.AslCode == request.Asl && c.Year == year && c.ClosedOn == null && (request.Level == null || c.Level == request.Level)
                    && db.Links.Any(l => l.ClassId == c.Id && l.Part == People.SchoolPart.Pupil && (l.Until == null || l.Until >= day))).ToListAsync(cancellationToken);
            if (classes.Count == 0)
                throw new Refusal("no-classes", "Non ci sono classi con alunni tra cui estrarre.");
            var drawn = SentinelRound.Draw(classes, request.Seed!.Trim(), request.Number!.Value).ToList();
            if (!await db.Sentinels.AnyAsync(r => r.Id == request.Id, cancellationToken))
            {
                var codes = drawn.ConvertAll(c => c.SchoolCode);
                var schools = await db.Schools.Where(s => codes.Contains(s.Code)).ToDictionaryAsync(s => s.Code, s => s.Name, cancellationToken);
                db.Sentinels.Add(new()
                {
                    Id = request.Id, Name = request.Name!.Trim(), AslCode = request.Asl!, Level = request.Level, Year = year!.Value, Seed = request.Seed.Trim(), Day = day, Due = request.Due!.Value,
                    Among = classes.Count, DrawnAt = clock.GetUtcNow().UtcDateTime, DrawnBy = user.DisplayName,
                });
                db.SentinelClasses.AddRange(drawn.Select((c, i) => new SentinelClass
                {
                    RoundId = request.Id, ClassId = c.Id, Number = i + 1, ClassName = c.Name, SchoolCode = c.SchoolCode, SchoolName = schools[c.SchoolCode],
                }));
                try
                {
                    await db.SaveChangesAsync(cancellationToken);
                }
                catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
                {
                    throw Refusal.ChangedMeanwhile(); // The form came twice at once: the other's is being carried out.
                }
            }

            await desk.Ask(ConsentFor.Sentinel, request.Id, drawn, day, request.Due!.Value, cancellationToken);
            return request.Id;
        }
    }
}
