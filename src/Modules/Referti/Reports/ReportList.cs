using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The reports that the asker may see, newest first unless asked otherwise.</summary>
/// <param name="From">First day of issue, of the region's calendar.</param>
/// <param name="To">Last day of issue.</param>
/// <param name="Sort">issued, name, result or collected; with a minus in front for downwards.</param>
/// <param name="Page">From 1; 0 for all rows, as the export takes them.</param>
[Requires(RefertiModule.Read)]
internal sealed record ReportList(
    string? Text, ReportResult? Result, DateOnly? From, DateOnly? To, bool PositivesFirst, string? Sort, int Page) : IQuery<ReportListAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user, Region region, AutoMapper.IConfigurationProvider maps) : IRequestHandler<ReportList, ReportListAnswer>
    {
        public async Task<ReportListAnswer> Handle(ReportList request, CancellationToken cancellationToken)
        {
            var found = Filtered(request, db.Reports.AsNoTracking().Within(Report.Scope, user, RefertiModule.Read));
            var rows = Sorted(request, found).ProjectTo<ReportRow>(maps);
            if (request.Page > 0)
                return new(await rows.ToListing(request.Page, Listings.DefaultSize, cancellationToken));
            var all = await rows.ToListAsync(cancellationToken);
            return new(new(all, 1, Math.Max(1, all.Count), all.Count));
        }

        private IQueryable<Report> Filtered(ReportList request, IQueryable<Report> rows)
        {
            if (request.Result is { } result)
                rows = rows.Where(r => r.Result == result && r.CurrentKind != ReportVersionKind.Annulment);
            if (request.From is { } from)
            {
                var first = region.UtcOf(from, TimeOnly.MinValue);
                rows = rows.Where(r => r.IssuedAt >= first);
            }

            if (request.To is { } to && to < DateOnly.MaxValue)
            {
                var after = region.UtcOf(to.AddDays(1), TimeOnly.MinValue);
                rows = rows.Where(r => r.IssuedAt < after);
            }

            if (SearchText.Of(request.Text) is { Length: > 0 } text)
            {
                var code = text.Replace(" ", "", StringComparison.Ordinal);
                var number = request.Text!.Trim().ToUpperInvariant();
                rows = rows.Where(r => r.SearchName.StartsWith(text) || r.FiscalCode == code || r.AccessionNumber == number);
            }

            return rows;
        }

        private static IOrderedQueryable<Report> Sorted(ReportList request, IQueryable<Report> rows)
        {
            var first = request.PositivesFirst
                ? rows.OrderByDescending(r => r.Result == ReportResult.Detected && r.CurrentKind != ReportVersionKind.Annulment)
                : rows.OrderBy(r => 0);
            return (request.Sort switch
            {
                "issued" => first.ThenBy(r => r.IssuedAt),
                "name" => first.ThenBy(r => r.SearchName),
                "-name" => first.ThenByDescending(r => r.SearchName),
                "result" => first.ThenBy(r => r.Result),
                "-result" => first.ThenByDescending(r => r.Result),
                "collected" => first.ThenBy(r => r.CollectedAt),
                "-collected" => first.ThenByDescending(r => r.CollectedAt),
                _ => first.ThenByDescending(r => r.IssuedAt),
            }).ThenBy(r => r.Id);
        }
    }
}

internal sealed class ReportRows : Profile
{
    public ReportRows() => CreateMap<Report, ReportRow>().ForMember(row => row.Kind, map => map.MapFrom(r => r.CurrentKind));
}

/// <summary>A row shows what a report says of itself, name by name, of its current version.</summary>
/// <remarks>A class and no record: this version of the mapper stumbles over a record's generic interface.</remarks>
internal sealed class ReportRow
{
    public Guid Id { get; init; }
    public Guid PatientId { get; init; }
    public string FamilyName { get; init; } = "";
    public string GivenName { get; init; } = "";
    public string? FiscalCode { get; init; }
    public DateOnly BirthDate { get; init; }
    public TestType TestType { get; init; }
    public ReportResult Result { get; init; }
    public ReportVersionKind Kind { get; init; }
    public int CurrentVersion { get; init; }
    public string LabCode { get; init; } = "";
    public string? AccessionNumber { get; init; }
    public DateTime? CollectedAt { get; init; }
    public DateTime IssuedAt { get; init; }
}

internal sealed record ReportListAnswer(Listing<ReportRow> Reports) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Reports.Rows.Select(r => r.PatientId);
}
