using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;

namespace Platform.Schools.Sentinels;

/// <summary>The day at the school: swabs are requested for those whose family has consented, and placed. Again, it adds those who have
/// consented since.</summary>
[Requires(SchoolsModule.MaySurvey)]
internal sealed record PlaceSentinels : ICommand<(int Placed, int Without)>
{
    public Guid Id { get; init; }
    public string? Hotspot { get; init; }
    public TimeOnly? From { get; init; } = new(8, 30);
    public TimeOnly? To { get; init; } = new(13, 0);
    public int? PerQuarter { get; init; } = 6;
    public TestType? TestType { get; init; } = Testing.Contracts.TestType.Saliva;

    internal sealed class Validator : AbstractValidator<PlaceSentinels>
    {
        public Validator()
        {
            RuleFor(p => p.Hotspot).NotEmpty().WithMessage("Scelga dove.");
            RuleFor(p => p.From).NotNull().WithMessage("Indichi l'ora d'inizio.");
            RuleFor(p => p.To).NotNull().WithMessage("Indichi l'ora di fine.").Must((p, to) => to is null || p.From is null || to > p.From).WithMessage("La fine viene prima dell’inizio.");
            RuleFor(p => p.PerQuarter).NotNull().InclusiveBetween(1, 60).WithMessage("Da 1 a 60.");
            RuleFor(p => p.TestType).NotNull().IsInEnum().WithMessage("Scelga il tipo di test.");
        }
    }

    internal sealed class Handler(SchoolsDb db, IMediator mediator, ICurrentUser user, Region region) : IRequestHandler<PlaceSentinels, (int Placed, int Without)>
    {
        /// <summary>In swab_reasons.csv.</summary>
        private const string Reason = "screening";

        public async Task<(int Placed, int Without)> Handle(PlaceSentinels request, CancellationToken cancellationToken)
        {
            var round = await db.Sentinels.AsNoTracking().Within(SentinelRound.Scope, user, SchoolsModule.MaySurvey).SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var (from, to) = (region.UtcOf(round.Day, request.From!.Value), region.UtcOf(round.Day, request.To!.Value));
            var willing = await db.Consents.AsNoTracking().Where(c => c.OccasionId == round.Id && c.Answer == true).ToListAsync(cancellationToken);
            var (placed, without) = (0, 0);
            foreach (var of in await db.SentinelClasses.Where(c => c.RoundId == round.Id).OrderBy(c => c.Number).ToListAsync(cancellationToken))
            {
                var school = await db.Schools.AsNoTracking().SingleAsync(s => s.Code == of.SchoolCode, cancellationToken);
                var place = $"{school.Name}, {school.Address}, {region.FindMunicipality(school.MunicipalityIstat)?.Name}";
                var people = willing.Where(c => c.ClassId == of.ClassId).Select(c => c.PatientId).ToList();
                var answers = people.Count == 0 ? [] : await mediator.Send(
                    new RequestSwabs(StableId.Of(round.Id, of.ClassId.ToString()), Reason, request.TestType!.Value, people,
                        new(request.Hotspot!, from, to, place.Length > 200 ? place[..200] : place, request.PerQuarter!.Value)), cancellationToken);
                of.Placed = answers.Count(a => a.StartsAt is not null);
                (placed, without) = (placed + of.Placed, without + answers.Count - of.Placed);
                await db.SaveChangesAsync(cancellationToken);
            }

            return (placed, without);
        }
    }
}
