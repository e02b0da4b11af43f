using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Testing.Shipments;

/// <summary>The boxes that left the asker's hotspot or go to the asker's lab.</summary>
[Requires(TestingModule.MayShip)]
internal sealed record ShipmentList : ListQuery<ShipmentRow>
{
    private static readonly Orders<Shipment> Order = new Orders<Shipment>(s => s.Id).By("sent", s => s.SentAt).By("number", s => s.Number).By("tubes", s => s.Tubes);

    public override string StandingSort => "-sent";

    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<ShipmentList, Listing<ShipmentRow>>
    {
        public Task<Listing<ShipmentRow>> Handle(ShipmentList request, CancellationToken cancellationToken) =>
            db.Shipments.Within(Shipment.Scope, user, TestingModule.MayShip).List(request, Order, sorted => sorted.Select(s => new ShipmentRow(
                s.Id, s.Number, db.Hotspots.Where(h => h.Code == s.HotspotCode).Select(h => h.Name).FirstOrDefault() ?? "",
                db.Labs.Where(l => l.Code == s.LabCode).Select(l => l.Name).FirstOrDefault() ?? "", s.SentAt, s.Tubes,
                db.Requests.Count(r => r.ShipmentId == s.Id && r.State == SwabRequestState.Sent), s.ReceivedAt)), cancellationToken);
    }
}

/// <param name="OnTheWay">Tubes that nobody has received yet.</param>
internal sealed record ShipmentRow(Guid Id, string Number, string From, string Lab, DateTime SentAt, int Tubes, int OnTheWay, DateTime? ReceivedAt)
{
    /// <summary>The box has been opened, and tubes of it are not there.</summary>
    public int Missing => ReceivedAt is null ? 0 : OnTheWay;
}

/// <summary>One box with its tubes.</summary>
[Requires(TestingModule.MayShip)]
internal sealed record ShipmentDetails(Guid Id) : IQuery<ShipmentDetailsAnswer>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<ShipmentDetails, ShipmentDetailsAnswer>
    {
        public async Task<ShipmentDetailsAnswer> Handle(ShipmentDetails request, CancellationToken cancellationToken)
        {
            var shipment = await db.Shipments.AsNoTracking().Within(Shipment.Scope, user, TestingModule.MayShip)
                .SingleOrDefaultAsync(s => s.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            return new(
                shipment,
                await db.Hotspots.Where(h => h.Code == shipment.HotspotCode).Select(h => h.Name).SingleOrDefaultAsync(cancellationToken) ?? "",
                await db.Labs.Where(l => l.Code == shipment.LabCode).Select(l => l.Name).SingleOrDefaultAsync(cancellationToken) ?? "",
                await db.Requests.Where(r => r.ShipmentId == shipment.Id).OrderBy(r => r.AccessionNumber)
                    .Select(r => new ShippedTube(r.Id, r.PatientId, r.AccessionNumber!, r.FamilyName, r.GivenName, r.BirthDate, r.TestType, r.State, r.CollectedAt!.Value))
                    .ToListAsync(cancellationToken));
        }
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName", "BirthDate")]
[Shows(FieldClass.Work, "AccessionNumber", "TestType", "State", "CollectedAt")]
internal sealed record ShippedTube(
    Guid RequestId, Guid PatientId, string AccessionNumber, string FamilyName, string GivenName, DateOnly BirthDate, TestType TestType, SwabRequestState State,
    DateTime CollectedAt);

[Shows(FieldClass.Work)]
internal sealed record ShipmentDetailsAnswer(Shipment Shipment, string From, string Lab, IReadOnlyList<ShippedTube> Tubes) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Tubes.Select(t => t.PatientId);

    public bool IsMissing(ShippedTube tube) => Shipment.ReceivedAt is not null && tube.State == SwabRequestState.Sent;
}
