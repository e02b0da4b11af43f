using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;
using Platform.Testing.Samples;

namespace Platform.Testing.Shipments;

/// <summary>The lab takes a box as a whole, by the number of its list: all its tubes that are still on their way are received.</summary>
/// <returns>How many tubes were received now.</returns>
[Requires(TestingModule.MayReceiveSamples)]
internal sealed record ReceiveShipment(string Number) : ICommand<int>
{
    /// <summary>The text is the number of a box, not of a tube.</summary>
    public static bool IsNumber(string? text) => Samples.AccessionNumber.Normalise(text) is ['D', .. var rest] && Samples.AccessionNumber.IsValid(rest);

    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<ReceiveShipment, int>
    {
        public Task<int> Handle(ReceiveShipment request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var number = Samples.AccessionNumber.Normalise(request.Number);
            var shipment = await db.Shipments.SingleOrDefaultAsync(s => s.Number == number, cancellationToken)
                ?? throw new Refusal("shipment-unknown", "La spedizione {0} non è conosciuta.", number) { Kind = RefusalKind.Unprocessable };
            if (!await db.Shipments.Within(Shipment.Scope, user, TestingModule.MayReceiveSamples).AnyAsync(s => s.Id == shipment.Id, cancellationToken))
                throw new Refusal("shipment-of-other-lab", "La spedizione {0} è destinata a un altro laboratorio.", number);
            var act = user.Act(clock);
            shipment.Arrive(act.At);
            var tubes = await db.Requests.Include(r => r.Moves).Where(r => r.ShipmentId == shipment.Id && r.State == SwabRequestState.Sent)
                .OrderBy(r => r.AccessionNumber).ToListAsync(cancellationToken);
            foreach (var swab in tubes)
            {
                swab.Receive(act);
                db.Tell(new SampleReceived(swab.Id, swab.PatientId, swab.AccessionNumber!, swab.LabCode!, act.At));
            }

            await db.SaveChangesAsync(cancellationToken);
            return tubes.Count;
        });
    }
}
