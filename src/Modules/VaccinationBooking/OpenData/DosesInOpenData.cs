using System.Globalization;
using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.VaccinationBooking.OpenData;

/// <summary>The doses that the region's centres have given, counted as the national open data count them. What was annulled, and what
/// people were given elsewhere, is not in it.</summary>
[Requires(VaccinationModule.MayPublish)]
internal sealed record DosesInOpenData : IQuery<OpenDataTable>
{
    public string? Layout { get; init; } = OpenDataLayout.All[^1].Code;
    public string? Disease { get; init; } = "covid-19";
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Without numbers smaller than the region's smallest group.</summary>
    public bool Suppress { get; init; }

    internal sealed class Validator : AbstractValidator<DosesInOpenData>
    {
        public Validator(Region region)
        {
            RuleFor(d => d.Layout).Must(l => OpenDataLayout.All.Any(k => k.Code == l)).WithMessage("Scelga le colonne.");
            RuleFor(d => d.Disease).Must(d => region.Vaccination.Vaccines.Any(v => v.Disease == d)).WithMessage("Scelga la malattia.");
            RuleFor(d => d.To).Must((d, to) => to is null || d.From is null || to >= d.From).WithMessage("La fine viene prima dell’inizio.");
        }
    }

    internal sealed class Handler(VaccinationDb db, Region region, TimeProvider clock) : IRequestHandler<DosesInOpenData, OpenDataTable>
    {
        public async Task<OpenDataTable> Handle(DosesInOpenData request, CancellationToken cancellationToken)
        {
            var layout = OpenDataLayout.All.First(l => l.Code == request.Layout);
            var (from, to) = (request.From ?? DateOnly.MinValue, request.To ?? DateOnly.MaxValue);
            var groups = await db.Doses.Where(d => d.Disease == request.Disease && d.Day >= @from && d.Day <= to && d.CentreCode != null && d.Stands != null)
                .GroupBy(d => new { d.Day, d.VaccineCode, d.Age, d.Sex, d.Category, d.Kind }).Select(g => new { g.Key, Doses = g.Count() }).ToListAsync(cancellationToken);
            var (rules, rows, left) = (region.Vaccination, new Dictionary<(DateOnly, string, string), OpenDataRow>(), 0);
            foreach (var group in groups)
            {
                var key = group.Key;
                // Without age or sex she can stand in no row.
                if (key is not { Age: { } age, Sex: { } sex } || BandOf(layout, age) is not { } band)
                {
                    left += group.Doses;
                    continue;
                }

                var category = rules.Categories.LastOrDefault(c => c.Code == key.Category)?.OpenData;
                if (layout.ColumnsOf(new(sex, category, key.Kind, band)) is not { } columns)
                {
                    left += group.Doses;
                    continue;
                }

                var producer = rules.Vaccines.LastOrDefault(v => v.Code == key.VaccineCode)?.Producer ?? key.VaccineCode;
                if (!rows.TryGetValue((key.Day, producer, band.Band), out var row))
                    rows.Add((key.Day, producer, band.Band), row = new(key.Day, producer, band.Band, [.. layout.Counts.Select(_ => (int?)0)]));
                foreach (var column in columns)
                    row.Counts[layout.IndexOf(column)] += group.Doses;
            }

            IReadOnlyList<OpenDataRow> all = [.. rows.Values.OrderBy(r => r.Day).ThenBy(r => r.Producer, StringComparer.Ordinal).ThenBy(r => r.Band, StringComparer.Ordinal)];
            var told = request.Suppress ? all.Suppressed(layout, region.Extractions.Of(ExtractionRules.SmallestGroup, region.DayOf(clock.GetUtcNow()))) : all;
            return new(layout, told, groups.Sum(g => g.Doses) - left, left, all.Count - told.Count);
        }

        private OpenDataBand? BandOf(OpenDataLayout layout, int age) =>
            region.Vaccination.Bands.FirstOrDefault(b => b.Layout == layout.Code && age >= b.FromAge && (b.ToAge is null || age <= b.ToAge));
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/vaccination/open-data/doses/{layout}",
                    async (string layout, DateOnly? from, DateOnly? to, string? disease, bool? suppress, [FromServices] IMediator mediator, [FromServices] Region region, CancellationToken cancellation) =>
                    {
                        var table = await mediator.Send(new DosesInOpenData { Layout = layout, From = from, To = to, Disease = disease ?? "covid-19", Suppress = suppress ?? false }, cancellation);
                        return Results.File(table.Text(region), OpenDataTable.MediaType, $"somministrazioni-{layout}.csv");
                    })
                .WithTags("Vaccinazioni").WithSummary("The doses that the region has given, in the columns of the national open data: layout 2021-05 (with categories) or 2022-05.")
                .Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
    }
}

/// <param name="Doses">In all rows, before any was suppressed.</param>
/// <param name="Left">Doses for which the layout has no place: boosters before there were any, people whose age or sex nobody knows.</param>
/// <param name="Suppressed">Rows that were left out whole.</param>
[Shows(FieldClass.Work)]
internal sealed record OpenDataTable(OpenDataLayout Layout, IReadOnlyList<OpenDataRow> Rows, int Doses, int Left, int Suppressed)
{
    public const string MediaType = "text/csv; charset=utf-8";

    /// <summary>As the national repository has it: commas, days as 2021-05-03, UTF-8 without mark.</summary>
    public byte[] Text(Region region)
    {
        string[] area = [region.Nuts2[..3], region.Nuts2, int.Parse(region.Istat, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), region.OpenDataName];
        var text = new StringBuilder().AppendJoin(',', Layout.Columns).Append('\n');
        foreach (var row in Rows)
        {
            text.AppendJoin(',', [
                row.Day.ToString("O", CultureInfo.InvariantCulture), Cell(row.Producer), region.OpenDataArea, row.Band,
                .. row.Counts.Select(c => c?.ToString(CultureInfo.InvariantCulture) ?? ""), .. area.Select(Cell),
            ]).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
