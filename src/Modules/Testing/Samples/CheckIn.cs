using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>The person is there: her paper's QR is scanned. Scanned again, it is the same arrival.</summary>
/// <returns>The request.</returns>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record CheckIn(string? Code) : ICommand<Guid>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<CheckIn, Guid>
    {
        public Task<Guid> Handle(CheckIn request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var code = CheckInCode.In(request.Code);
            var swab = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .SingleOrDefaultAsync(r => r.CheckInCode == code, cancellationToken)
                ?? throw new Refusal("check-in-unknown", "Il codice letto non è di un appuntamento di questo hotspot.") { Kind = RefusalKind.Unprocessable };
            if (swab.State == SwabRequestState.Booked)
            {
                swab.CheckIn(user.Act(clock));
                await db.SaveChangesAsync(cancellationToken);
            }
            else if (swab.CheckedInAt is null && swab.AccessionNumber is null)
            {
                throw new Refusal("check-in-not-expected", "Questa persona non è attesa: la richiesta è annullata, o non ha un appuntamento.");
            }

            return swab.Id;
        });
    }
}
