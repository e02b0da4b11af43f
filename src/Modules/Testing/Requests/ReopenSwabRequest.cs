using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

internal sealed class ReopenSwabRequestHandler(TestingDb db, ICurrentUser user, IDatabaseEngine engine)
    : IRequestHandler<ReopenSwabRequest, Unit>
{
    public async Task<Unit> Handle(ReopenSwabRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await Reopen(request, cancellationToken);
        }
        catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
        {
            // Another request for the person was made just now: it is there to be seen at the second look.
            db.ChangeTracker.Clear();
            await Reopen(request, cancellationToken);
        }

        return Unit.Value;
    }

    private async Task Reopen(ReopenSwabRequest request, CancellationToken cancellation)
    {
        var swab = await db.Requests.Include(r => r.Moves).SingleOrDefaultAsync(r => r.Id == request.RequestId, cancellation)
            ?? throw Refusal.NotFound();
        var alone = !await db.Requests.AnyAsync(r => r.OpenFor == swab.PatientId && r.TestType == swab.TestType, cancellation);
        if (swab.Reopen(request.ReportId, alone, new(request.At, user.Id, user.DisplayName)))
            await db.SaveChangesAsync(cancellation);
    }
}
