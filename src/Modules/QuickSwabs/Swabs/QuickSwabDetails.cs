using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>A test with all that was said of it; of a positive that is to be confirmed the place of its molecular swab, or the first that are free.</summary>
[Requires(QuickSwabsModule.MayRead)]
internal sealed record QuickSwabDetails(Guid Id) : IQuery<QuickSwabDetailsAnswer>
{
    private const int PlacesShown = 8;

    internal sealed class Handler(QuickSwabsDb db, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<QuickSwabDetails, QuickSwabDetailsAnswer>
    {
        public async Task<QuickSwabDetailsAnswer> Handle(QuickSwabDetails request, CancellationToken cancellationToken)
        {
            var swab = await db.Swabs.AsNoTracking().Include(s => s.Versions.OrderBy(v => v.Number)).Within(QuickSwab.Scope, user, QuickSwabsModule.MayRead)
                .SingleOrDefaultAsync(s => s.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var mine = user.May(QuickSwabsModule.MayTest)
                && await db.Swabs.Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest).AnyAsync(s => s.Id == request.Id, cancellationToken);
            var place = swab is { Meaning: PositiveMeaning.Molecular, RequestId: { } asked } ? await mediator.Send(new PlaceOfRequest(asked), cancellationToken) : null;
            var point = region.QuickSwabs.FindPoint(swab.PointCode);
            var free = mine && place?.State == SwabRequestState.Requested && point is not null
                ? await mediator.Send(new FirstPlaces(point.MunicipalityIstat, point.Asl, PlacesShown), cancellationToken)
                : [];
            return new(swab, clock.GetUtcNow().UtcDateTime, mine, place, free);
        }
    }
}

/// <param name="Now">UTC.</param>
/// <param name="Mine">The asker's own desk did it.</param>
[Shows(FieldClass.Work)]
internal sealed record QuickSwabDetailsAnswer(QuickSwab Swab, DateTime Now, bool Mine, SwabPlace? Place, IReadOnlyList<FirstPlace> Free) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Swab.PatientId is { } patient ? [patient] : [];
    public IEnumerable<Guid> RecordsShown => Swab.PatientId is null ? [Swab.Id] : [];
}

/// <summary>The positive person takes one of the first places for her molecular swab, before she leaves.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record BookMolecular(Guid Id, Guid SlotId) : ICommand<SwabPlace>
{
    internal sealed class Handler(QuickSwabsDb db, IMediator mediator, ICurrentUser user) : IRequestHandler<BookMolecular, SwabPlace>
    {
        public async Task<SwabPlace> Handle(BookMolecular request, CancellationToken cancellationToken)
        {
            var asked = await db.Swabs.AsNoTracking().Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest).Where(s => s.Id == request.Id && s.Meaning == PositiveMeaning.Molecular)
                .Select(s => s.RequestId).SingleOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
            return await mediator.Send(new BookConfirmation(asked, request.SlotId), cancellationToken);
        }
    }
}
