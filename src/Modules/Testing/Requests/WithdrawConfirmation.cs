using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

/// <inheritdoc cref="WithdrawConfirmation"/>
internal sealed class WhenNothingIsToBeConfirmed(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<WithdrawConfirmation, bool>
{
    public Task<bool> Handle(WithdrawConfirmation request, CancellationToken cancellationToken) => db.OnceMore(() => Withdraw(request, cancellationToken));

    private async Task<bool> Withdraw(WithdrawConfirmation request, CancellationToken cancellation)
    {
        // What a doctor asked for is hers to withdraw.
        if (await db.Requests.Include(r => r.Moves).SingleOrDefaultAsync(r => r.Id == request.RequestId && r.Reason == Confirmation.Reason, cancellation) is not { } swab)
            return false;
        if (swab.State == SwabRequestState.Cancelled)
            return true;
        if (swab.AccessionNumber is not null || !SwabMoves.Allows(swab.State, SwabRequestState.Cancelled))
            return false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (swab.SlotId is { } slot)
            await db.GiveBackPlace(slot, cancellation);
        var act = user.Act(clock);
        swab.Cancel(request.Reason, act);
        db.Tell(new SwabRequestCancelled(swab.Id, swab.PatientId, swab.HotspotCode, act.At));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
