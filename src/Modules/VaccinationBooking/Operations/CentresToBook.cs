using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Operations;

/// <summary>Where an operator may book: also centres that citizens do not choose by themselves.</summary>
[Requires(VaccinationModule.MayBook)]
internal sealed record CentresToBook : IQuery<IReadOnlyList<Centre>>
{
    internal sealed class Handler(VaccinationDb db) : IRequestHandler<CentresToBook, IReadOnlyList<Centre>>
    {
        public async Task<IReadOnlyList<Centre>> Handle(CentresToBook request, CancellationToken cancellationToken) =>
            await db.Centres.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellationToken);
    }
}

/// <summary>The free places for second doses at a centre, to move to.</summary>
[Requires(VaccinationModule.MayBook)]
internal sealed record SecondPlaces(string Campaign, string Centre) : IQuery<IReadOnlyList<FreePlaces>>
{
    internal sealed class Handler(AvailabilityBoard board) : IRequestHandler<SecondPlaces, IReadOnlyList<FreePlaces>>
    {
        public async Task<IReadOnlyList<FreePlaces>> Handle(SecondPlaces request, CancellationToken cancellationToken) =>
            [.. (await board.Of(request.Campaign, request.Centre)).Places.Where(p => p.Dose == 2)];
    }
}
