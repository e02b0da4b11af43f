using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

internal sealed class CloseSwabRequestHandler(TestingDb db, ICurrentUser user) : IRequestHandler<CloseSwabRequest, Unit>
{
    public async Task<Unit> Handle(CloseSwabRequest request, CancellationToken cancellationToken)
    {
        var swab = await db.Requests.Include(r => r.Moves).SingleOrDefaultAsync(r => r.Id == request.RequestId, cancellationToken)
            ?? throw Refusal.NotFound();
        if (swab.Close(request.ReportId, request.Unsuitable, new(request.At, user.Id, user.DisplayName)))
            await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
