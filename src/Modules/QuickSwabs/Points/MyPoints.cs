using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Points;

/// <summary>The points at which the asker works, and which of them their ASL has suspended.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record MyPoints : IQuery<IReadOnlyList<PointStanding>>
{
    internal sealed class Handler(PointBook book) : IRequestHandler<MyPoints, IReadOnlyList<PointStanding>>
    {
        public Task<IReadOnlyList<PointStanding>> Handle(MyPoints request, CancellationToken cancellationToken) => book.Mine(QuickSwabsModule.MayTest, cancellationToken);
    }
}
