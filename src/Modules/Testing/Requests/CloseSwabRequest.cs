using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

internal sealed class CloseSwabRequestHandler(TestingDb db, ICurrentUser user) : IRequestHandler<CloseSwabRequest, Unit>, IRequestHandler<CloseSwabRequests, Unit>
{
    public Task<Unit> Handle(CloseSwabRequest request, CancellationToken cancellationToken) => Handle(new CloseSwabRequests([request]), cancellationToken);

    public async Task<Unit> Handle(CloseSwabRequests request, CancellationToken cancellationToken)
    {
        var ids = request.Closings.Select(c => c.RequestId).Distinct().ToList();
        var swabs = await db.Requests.Include(r => r.Moves).AsSplitQuery().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
        var changed = false;
        foreach (var closing in request.Closings)
        {
            var swab = swabs.GetValueOrDefault(closing.RequestId) ?? throw Refusal.NotFound();
            changed |= swab.Close(closing.ReportId, closing.Unsuitable, new(closing.At, user.Id, user.DisplayName));
        }

        if (changed)
            await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
