using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.Cases;
using Platform.Schools.Register;
using Platform.Schools.Standings;

namespace Platform.Schools.Figures;

internal enum FiguresBy
{
    Level,
    Municipality,
    Asl,
}

/// <summary>The epidemic in the schools between two days: classes under measure, cases, days of lessons lost; by order of school,
/// municipality or ASL. A public-health office sees its own territory.</summary>
[Requires(SchoolsModule.MaySeeFigures)]
internal sealed record SchoolFigures : IQuery<FiguresTable>
{
    public FiguresBy By { get; init; }
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Numbers smaller than the region's smallest group are left out.</summary>
    public bool Suppress { get; init; }

    internal sealed class Validator : AbstractValidator<SchoolFigures>
    {
        public Validator()
        {
            RuleFor(f => f.By).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(f => f.To).Must((f, to) => to is null || f.From is null || to >= f.From).WithMessage("La fine viene prima dell’inizio.");
            RuleFor(f => f.To).Must((f, to) => to is null || f.From is null || to <= f.From.Value.AddYears(2)).WithMessage("Al massimo due anni.");
        }
    }

    internal sealed class Handler(SchoolsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<SchoolFigures, FiguresTable>
    {
        public async Task<FiguresTable> Handle(SchoolFigures request, CancellationToken cancellationToken)
        {
            var today = region.DayOf(clock.GetUtcNow());
            var to = request.To ?? today;
            var from = request.From ?? to.AddDays(-29);
            var standings = await db.Standings.AsNoTracking().Within(ClassStanding.Scope, user, SchoolsModule.MaySeeFigures)
                .Where(s => s.From <= to && s.Until >= from && s.End != StandingEnd.Withdrawn).ToListAsync(cancellationToken);
            var cases = (await db.Cases.AsNoTracking().Within(SchoolCase.Scope, user, SchoolsModule.MaySeeFigures)
                .Join(db.CasePositives.Where(p => p.LostAt == null && p.SampledOn >= from && p.SampledOn <= to), c => c.Id, p => p.CaseId, (c, p) => new { c.Level, c.MunicipalityIstat, c.AslCode, p.PatientId })
                .ToListAsync(cancellationToken))
                .DistinctBy(c => c.PatientId).Select(c => new PlacedCase(c.Level, c.MunicipalityIstat, c.AslCode)).ToList();
            var keys = standings.Select(KeyOf).Concat(cases.Select(KeyOf)).Distinct().ToList();
            var rows = keys.ConvertAll(key =>
            {
                var here = standings.FindAll(s => KeyOf(s) == key);
                return new FiguresRow(
                    key, here.Where(s => s.HoldsOn(to)).Select(s => s.ClassId).Distinct().Count(), here.Where(s => s.HoldsOn(to) && s.Mode != ClassMode.Presence).Select(s => s.ClassId).Distinct().Count(),
                    here.Where(s => s.From >= from).Select(s => s.CaseId).Distinct().Count(), cases.Count(c => KeyOf(c) == key),
                    here.Where(s => s.Mode != ClassMode.Presence).SelectMany(s => LessonDays.Of(Later(s.From, from), Earlier(s.LastDay, Earlier(to, today))).Select(day => (s.ClassId, day))).Distinct().Count());
            });
            var told = rows.OrderBy(r => Name(request.By, r.Key), StringComparer.CurrentCulture).ToList();
            return new(request.By, from, to, request.Suppress ? Suppressed(told, region.Extractions.Of(ExtractionRules.SmallestGroup, today)) : told);

            string KeyOf(IPlaced row) => request.By switch
            {
                FiguresBy.Level => row.Level.ToString(),
                FiguresBy.Municipality => row.MunicipalityIstat,
                _ => row.AslCode,
            };
        }

        private string Name(FiguresBy by, string key) => by switch
        {
            FiguresBy.Municipality => region.FindMunicipality(key)?.Name ?? key,
            FiguresBy.Asl => region.FindAsl(key)?.Name ?? key,
            _ => ((int)Enum.Parse<SchoolLevel>(key)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

        // Column by column: none of them is the sum of others.
        private static List<FiguresRow> Suppressed(List<FiguresRow> rows, int least)
        {
            var columns = FiguresRow.Counts.Select(count => SmallNumbers.Blanked([.. rows.Select(count)], least)).ToList();
            return [.. rows.Select((row, i) => new FiguresRow(row.Key, columns[0][i], columns[1][i], columns[2][i], columns[3][i], columns[4][i]))];
        }

        private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

        private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
    }
}

/// <summary>A row that the figures count, by where it belongs.</summary>
internal interface IPlaced
{
    SchoolLevel Level { get; }
    string MunicipalityIstat { get; }
    string AslCode { get; }
}

internal sealed record PlacedCase(SchoolLevel Level, string MunicipalityIstat, string AslCode) : IPlaced;

internal static class LessonDays
{
    /// <summary>Monday to Friday: on which days each school has lessons nobody tells us, so Saturdays and holidays are not known.</summary>
    public static IEnumerable<DateOnly> Of(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                yield return day;
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record FiguresTable(FiguresBy By, DateOnly From, DateOnly To, IReadOnlyList<FiguresRow> Rows);

/// <param name="Key">Level, ISTAT code of the municipality, or ministry's code of the ASL.</param>
/// <param name="UnderMeasure">Classes under a measure on the last day.</param>
/// <param name="AtDistance">Of these, those with lessons at a distance.</param>
/// <param name="Outbreaks">School cases first decided on in those days.</param>
/// <param name="Cases">Positive people of the classes, by the day of their sample.</param>
/// <param name="DaysLost">Days of lessons, Monday to Friday, that a class had at a distance.</param>
[Shows(FieldClass.Work)]
internal sealed record FiguresRow(string Key, int? UnderMeasure, int? AtDistance, int? Outbreaks, int? Cases, int? DaysLost)
{
    public static readonly IReadOnlyList<Func<FiguresRow, int?>> Counts = [r => r.UnderMeasure, r => r.AtDistance, r => r.Outbreaks, r => r.Cases, r => r.DaysLost];
}
