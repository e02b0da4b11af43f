using AutoMapper;
using AutoMapper.QueryableExtensions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The reports that the asker may see, newest first unless asked otherwise.</summary>
/// <param name="From">First day of issue, of the region's calendar.</param>
/// <param name="To">Last day of issue.</param>
[Requires(RefertiModule.Read)]
internal sealed record ReportList(
    string? Text, ReportResult? Result, DateOnly? From, DateOnly? To, bool PositivesFirst) : ListQuery<ReportRow>
{
    private static readonly Orders<Report> Order = new Orders<Report>(r => r.Id)
        .By("issued", r => r.IssuedAt).By("name", r => r.SearchName);

    public override string StandingSort => "-issued";

    internal sealed class Handler(RefertiDb db, ICurrentUser user, Region region, IMediator mediator, AutoMapper.IConfigurationProvider maps) : IRequestHandler<ReportList, Listing<ReportRow>>
    {
        public async Task<Listing<ReportRow>> Handle(ReportList request, CancellationToken cancellationToken)
        {
            var found = await Filtered(request, db.Reports.AsNoTracking().Within(Report.Scope, user, RefertiModule.Read), cancellationToken);
            return await found.List(request, Order, sorted => sorted.ProjectTo<ReportRow>(maps), cancellationToken, !request.PositivesFirst ? null
                : r => r.Result == ReportResult.Detected && r.CurrentKind != ReportVersionKind.Annulment, search: !string.IsNullOrWhiteSpace(request.Text));
        }

        private async Task<IQueryable<Report>> Filtered(ReportList request, IQueryable<Report> rows, CancellationToken cancellation)
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

            if (SearchText.Of(request.Text) is not { Length: > 0 } text)
                return rows;
            if (text.Any(char.IsAsciiDigit))
            {
                var code = text.Replace(" ", "", StringComparison.Ordinal);
                var number = request.Text!.Trim().ToUpperInvariant();
                return rows.Where(r => r.FiscalCode == code || r.AccessionNumber == number);
            }

            // When too many are called so: the family name and what follows it, from the beginning.
            return await mediator.Send(new PeopleNamed(request.Text!), cancellation) is { } people
                ? rows.Where(r => people.Contains(r.PatientId))
                : rows.Begins(r => r.SearchName, text).Where(r => r.SearchName.StartsWith(text));
        }
    }
}

internal sealed class ReportRows : Profile
{
    public ReportRows() => CreateMap<Report, ReportRow>().ForMember(row => row.Kind, map => map.MapFrom(r => r.CurrentKind))
        .ForMember(row => row.PatientOfRow, map => map.Ignore());
}

/// <summary>A row shows what a report says of itself, name by name, of its current version.</summary>
/// <remarks>A class and no record: this version of the mapper stumbles over a record's generic interface.</remarks>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Result, "Result")]
[Shows(FieldClass.Work, "TestType", "Kind", "CurrentVersion", "LabCode", "AccessionNumber", "CollectedAt", "IssuedAt")]
internal sealed class ReportRow : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
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
