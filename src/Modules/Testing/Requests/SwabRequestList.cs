using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>The requests within the asker's scope.</summary>
[Requires(TestingModule.MayRead)]
internal sealed record SwabRequestList : ListQuery<SwabRequestRow>
{
    private static readonly Orders<SwabRequest> Order = new Orders<SwabRequest>(r => r.Id)
        .By("name", r => r.SearchName).By("asked", r => r.RequestedAt).By("slot", r => r.SlotAt);

    public override string StandingSort => "-asked";

    public SwabRequestState? State { get; init; }

    /// <summary>Day of the appointment.</summary>
    public DateOnly? Day { get; init; }

    public string? Text { get; init; }

    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, IMediator mediator) : IRequestHandler<SwabRequestList, Listing<SwabRequestRow>>
    {
        public async Task<Listing<SwabRequestRow>> Handle(SwabRequestList request, CancellationToken cancellationToken)
        {
            var rows = await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayRead).Matching(request.Text, mediator, cancellationToken);
            if (request.State is { } state)
                rows = rows.Where(r => r.State == state);
            if (request.Day is { } day && day < DateOnly.MaxValue)
            {
                var (from, to) = (region.UtcOf(day, TimeOnly.MinValue), region.UtcOf(day.AddDays(1), TimeOnly.MinValue));
                rows = rows.Where(r => r.SlotAt >= from && r.SlotAt < to);
            }

            return await rows.List(request, Order, sorted => sorted.Select(r => new SwabRequestRow(
                r.Id, r.PatientId, r.FamilyName, r.GivenName, r.FiscalCode, r.TestType, r.Reason, r.State, r.RequestedAt, r.RequesterName,
                db.Hotspots.Where(h => h.Code == r.HotspotCode).Select(h => h.Name).FirstOrDefault() ?? "", r.SlotAt, r.AccessionNumber)), cancellationToken, search: !string.IsNullOrWhiteSpace(request.Text));
        }
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode")]
[Shows(FieldClass.Health, "Reason")]
[Shows(FieldClass.Work, "TestType", "State", "RequestedAt", "RequesterName", "HotspotName", "SlotAt", "AccessionNumber")]
internal sealed record SwabRequestRow(
    Guid Id, Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, TestType TestType, string Reason, SwabRequestState State,
    DateTime RequestedAt, string RequesterName, string HotspotName, DateTime? SlotAt, string? AccessionNumber) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
}
