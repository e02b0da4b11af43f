using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>The requests within the asker's scope.</summary>
[Requires(TestingModule.MayRead)]
internal sealed record SwabRequestList : IQuery<SwabRequestListAnswer>
{
    /// <summary>More lines than any office works through; an export is a list, not a copy of the archive.</summary>
    public const int ExportedAtMost = 50_000;

    public SwabRequestState? State { get; init; }

    /// <summary>Day of the appointment.</summary>
    public DateOnly? Day { get; init; }

    public string? Text { get; init; }

    /// <summary><c>name</c>, <c>asked</c>, <c>slot</c>, <c>state</c>; a hyphen before it turns the order round.</summary>
    public string? Sort { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>All rows on one page, for the export.</summary>
    public bool Whole { get; init; }

    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region) : IRequestHandler<SwabRequestList, SwabRequestListAnswer>
    {
        public async Task<SwabRequestListAnswer> Handle(SwabRequestList request, CancellationToken cancellationToken)
        {
            var rows = db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayRead).Matching(request.Text);
            if (request.State is { } state)
                rows = rows.Where(r => r.State == state);
            if (request.Day is { } day && day < DateOnly.MaxValue)
            {
                var (from, to) = (region.UtcOf(day, TimeOnly.MinValue), region.UtcOf(day.AddDays(1), TimeOnly.MinValue));
                rows = rows.Where(r => r.SlotAt >= from && r.SlotAt < to);
            }

            var shown = Sorted(rows, request.Sort).ThenBy(r => r.Id).Select(r => new SwabRequestRow(
                r.Id, r.PatientId, r.FamilyName, r.GivenName, r.FiscalCode, r.BirthDate, r.TestType, r.Reason, r.State,
                r.RequestedAt, r.RequesterName, r.HotspotCode, db.Hotspots.Where(h => h.Code == r.HotspotCode).Select(h => h.Name).FirstOrDefault() ?? "",
                r.SlotAt, r.AccessionNumber, r.LabCode));
            if (!request.Whole)
                return new(await shown.ToListing(request.Page, Listings.DefaultSize, cancellationToken));
            var all = await shown.Take(ExportedAtMost).ToListAsync(cancellationToken);
            return new(new(all, 1, ExportedAtMost, all.Count));
        }

        private static IOrderedQueryable<SwabRequest> Sorted(IQueryable<SwabRequest> rows, string? sort) => sort switch
        {
            "name" => rows.OrderBy(r => r.SearchName),
            "-name" => rows.OrderByDescending(r => r.SearchName),
            "asked" => rows.OrderBy(r => r.RequestedAt),
            "slot" => rows.OrderBy(r => r.SlotAt),
            "-slot" => rows.OrderByDescending(r => r.SlotAt),
            "state" => rows.OrderBy(r => r.State),
            "-state" => rows.OrderByDescending(r => r.State),
            _ => rows.OrderByDescending(r => r.RequestedAt),
        };
    }
}

internal sealed record SwabRequestRow(
    Guid Id, Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, DateOnly BirthDate, TestType TestType, string Reason,
    SwabRequestState State, DateTime RequestedAt, string RequesterName, string HotspotCode, string HotspotName, DateTime? SlotAt,
    string? AccessionNumber, string? LabCode);

internal sealed record SwabRequestListAnswer(Listing<SwabRequestRow> Requests) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Requests.Rows.Select(r => r.PatientId);
}
