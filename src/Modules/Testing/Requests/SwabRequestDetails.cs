using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>One request with its whole history.</summary>
[Requires(TestingModule.MayRead)]
internal sealed record SwabRequestDetails(Guid Id) : IQuery<SwabRequestDetailsAnswer>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<SwabRequestDetails, SwabRequestDetailsAnswer>
    {
        public async Task<SwabRequestDetailsAnswer> Handle(SwabRequestDetails request, CancellationToken cancellationToken)
        {
            var swab = await db.Requests.AsNoTracking().Include(r => r.Moves.OrderBy(m => m.Number))
                .Within(SwabRequest.Scope, user, TestingModule.MayRead)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            async Task<bool> As(string permission) =>
                user.May(permission) && await db.Requests.Within(SwabRequest.Scope, user, permission).AnyAsync(r => r.Id == swab.Id, cancellationToken);
            var slotHotspot = swab.HotspotCode.Length > 0
                ? swab.HotspotCode
                : await db.Slots.Where(s => s.Id == swab.SlotId).Select(s => s.HotspotCode).SingleOrDefaultAsync(cancellationToken) ?? "";
            return new(
                swab,
                await db.Hotspots.Where(h => h.Code == slotHotspot).Select(h => h.Name + ", " + h.Address).SingleOrDefaultAsync(cancellationToken),
                await db.Labs.Where(l => l.Code == swab.LabCode).Select(l => l.Name).SingleOrDefaultAsync(cancellationToken),
                await db.Pools.Where(p => p.Id == swab.PoolId).Select(p => p.Number).SingleOrDefaultAsync(cancellationToken),
                await db.Shipments.Where(s => s.Id == swab.ShipmentId).Select(s => s.Number).SingleOrDefaultAsync(cancellationToken),
                await As(TestingModule.MayRequest), await As(TestingModule.MayAuthorise), await As(TestingModule.MayTakeSamples),
                await As(TestingModule.MayReceiveSamples));
        }
    }
}

/// <param name="IsRequester">The asker may act on it as one who requests; so for the others.</param>
[Shows(FieldClass.Work)]
internal sealed record SwabRequestDetailsAnswer(
    SwabRequest Swab, string? Hotspot, string? Lab, string? Pool, string? Shipment, bool IsRequester, bool IsAuthoriser, bool IsHotspot, bool IsLab) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Swab.PatientId];

    public bool MayCancel => IsRequester && SwabMoves.Allows(Swab.State, SwabRequestState.Cancelled);
    public bool MayMove => IsRequester && (Swab.State is SwabRequestState.Requested or SwabRequestState.Booked);
    public bool MayComplete => IsRequester && Swab.State == SwabRequestState.MoreInformation;
    public bool MayRepeat => IsRequester && Swab.NeedsRepeat;
    public bool MayPrintPaper => IsRequester && (Swab.State is SwabRequestState.Booked or SwabRequestState.CheckedIn);
    public bool MayDecide => IsAuthoriser && Swab.State == SwabRequestState.Proposed;
    public bool MayTake => IsHotspot && (Swab.State is SwabRequestState.Booked or SwabRequestState.CheckedIn);
    public bool MayReject => IsLab && Swab.AccessionNumber is not null && SwabMoves.Allows(Swab.State, SwabRequestState.Failed);
    public bool MayPrintLabel => IsHotspot && Swab.AccessionNumber is not null;
}
