using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Stock;

/// <summary>What a centre has: lots, open vials, the latest moves.</summary>
[Requires(VaccinationModule.MayKeepStock)]
internal sealed record StockOfCentre(string? Centre) : IQuery<StockAnswer>
{
    private const int MovesShown = 50;

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<StockOfCentre, StockAnswer>
    {
        public async Task<StockAnswer> Handle(StockOfCentre request, CancellationToken cancellationToken)
        {
            var centres = await db.Centres.AsNoTracking().Within(Centres.Centre.Scope, user, VaccinationModule.MayKeepStock).OrderBy(c => c.Name).Select(c => new CentreChoice(c.Code, c.Name)).ToListAsync(cancellationToken);
            var centre = (string.IsNullOrEmpty(request.Centre) ? centres.FirstOrDefault() : centres.Find(c => c.Code == request.Centre)) ?? throw Refusal.NotFound();
            var now = clock.GetUtcNow().UtcDateTime;
            var lots = await db.StockLots.AsNoTracking().Where(l => l.CentreCode == centre.Code).OrderBy(l => l.ExpiresOn).ThenBy(l => l.LotNumber).ToListAsync(cancellationToken);
            var ids = lots.ConvertAll(l => l.Id);
            return new(
                centre, centres, lots,
                await db.Vials.AsNoTracking().Where(v => v.CentreCode == centre.Code && v.EndedAt == null && v.Left > 0).OrderBy(v => v.UseBy).ToListAsync(cancellationToken),
                await db.StockMoves.AsNoTracking().Where(m => ids.Contains(m.LotId) && m.Kind != StockMoveKind.Given).OrderByDescending(m => m.At).Take(MovesShown).ToListAsync(cancellationToken), now);
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record CentreChoice(string Code, string Name);

internal sealed record StockAnswer(
    CentreChoice Centre, IReadOnlyList<CentreChoice> Centres, IReadOnlyList<StockLot> Lots, IReadOnlyList<Vial> Vials, IReadOnlyList<StockMove> Moves, DateTime ReadAt);
