using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
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
            var mayCancel = user.May(TestingModule.MayRequest)
                && SwabMoves.Allows(swab.State, SwabRequestState.Cancelled)
                && await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayRequest).AnyAsync(r => r.Id == swab.Id, cancellationToken);
            var mayPrint = swab.AccessionNumber is not null && user.May(TestingModule.MayTakeSamples)
                && await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples).AnyAsync(r => r.Id == swab.Id, cancellationToken);
            return new(
                swab,
                await db.Hotspots.Where(h => h.Code == swab.HotspotCode).Select(h => h.Name + ", " + h.Address).SingleOrDefaultAsync(cancellationToken),
                await db.Labs.Where(l => l.Code == swab.LabCode).Select(l => l.Name).SingleOrDefaultAsync(cancellationToken),
                mayCancel, mayPrint);
        }
    }
}

internal sealed record SwabRequestDetailsAnswer(SwabRequest Swab, string? Hotspot, string? Lab, bool MayCancel, bool MayPrintLabel) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Swab.PatientId];
}
