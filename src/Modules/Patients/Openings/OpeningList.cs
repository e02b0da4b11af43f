using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Patients.People;

namespace Platform.Patients.Openings;

/// <summary>Who opened whom outside her scope, and why: the newest first. For those who watch over privacy, in the whole region.</summary>
[Requires(PatientsModule.WatchOpenings)]
internal sealed record OpeningList(int Page) : IQuery<Listing<NotedRow<Opening>>>
{
    internal sealed class Handler(PatientsDb db) : IRequestHandler<OpeningList, Listing<NotedRow<Opening>>>
    {
        public Task<Listing<NotedRow<Opening>>> Handle(OpeningList request, CancellationToken cancellationToken) => db.Newest<Opening>(request.Page, cancellationToken);
    }
}

/// <summary>Ends an opening with the opener's next request.</summary>
[Requires(PatientsModule.WatchOpenings)]
internal sealed record RevokeOpening(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(PatientsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<RevokeOpening, Unit>
    {
        public async Task<Unit> Handle(RevokeOpening request, CancellationToken cancellationToken)
        {
            var opening = await db.Openings.FirstOrDefaultAsync(o => o.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            opening.Revoke(user.DisplayName, clock.GetUtcNow().UtcDateTime);
            db.Audit("write", "patients.RevokeOpening", [opening.PatientId], why: opening.Reason);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
