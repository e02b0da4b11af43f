using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Regions;
using Platform.Schools.Register;

namespace Platform.Schools.Figures;

/// <summary>The figures as open data: commas, days as 2021-11-03, UTF-8 without mark, the names of columns as the Civil Protection's open
/// data write them, and always without small numbers.</summary>
internal static class FiguresFile
{
    public const string MediaType = "text/csv; charset=utf-8";

    public static byte[] Text(FiguresTable table, Region region)
    {
        string[] place = table.By switch
        {
            FiguresBy.Level => ["ordine_scuola"],
            FiguresBy.Municipality => ["codice_comune", "denominazione_comune"],
            _ => ["codice_asl", "denominazione_asl"],
        };
        var text = new StringBuilder().AppendJoin(',', [
            "dal", "al", "codice_regione", "denominazione_regione", .. place, "classi_con_misura", "classi_a_distanza", "focolai", "casi", "giorni_di_lezione_persi",
        ]).Append('\n');
        foreach (var row in table.Rows)
        {
            string[] key = table.By switch
            {
                FiguresBy.Level => [NameOf(Enum.Parse<SchoolLevel>(row.Key))],
                FiguresBy.Municipality => [row.Key, region.FindMunicipality(row.Key)?.Name ?? ""],
                _ => [row.Key, region.FindAsl(row.Key)?.Name ?? ""],
            };
            text.AppendJoin(',', [
                table.From.ToString("O", CultureInfo.InvariantCulture), table.To.ToString("O", CultureInfo.InvariantCulture), region.Istat, Cell(region.OpenDataName), .. key.Select(Cell),
                .. FiguresRow.Counts.Select(count => count(row)?.ToString(CultureInfo.InvariantCulture) ?? ""),
            ]).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string NameOf(SchoolLevel level) => level switch
    {
        SchoolLevel.Nursery => "infanzia",
        SchoolLevel.Primary => "primaria",
        SchoolLevel.LowerSecondary => "secondaria_I_grado",
        SchoolLevel.UpperSecondary => "secondaria_II_grado",
        _ => "sede",
    };

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/schools/open-data/{by}",
                    async (FiguresBy by, DateOnly? from, DateOnly? to, [FromServices] IMediator mediator, [FromServices] Region region, CancellationToken cancellation) =>
                    {
                        var table = await mediator.Send(new SchoolFigures { By = by, From = from, To = to, Suppress = true }, cancellation);
                        return Results.File(Text(table, region), MediaType, $"scuole-{by.ToString().ToLowerInvariant()}.csv");
                    })
                .WithTags("Scuole").WithSummary("Classes under measure, cases and days of lessons lost, by Level, Municipality or Asl, without small numbers.")
                .Produces(StatusCodes.Status200OK, contentType: MediaType).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
    }
}
