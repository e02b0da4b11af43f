using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.Proposals;

/// <summary>The second person agrees: what was written leaves the laboratory.</summary>
[Requires(RefertiModule.Validate)]
internal sealed record ReleaseProposal(Guid Id) : ICommand<Guid>
{
    internal sealed class Handler(SecondReading reading) : IRequestHandler<ReleaseProposal, Guid>
    {
        public async Task<Guid> Handle(ReleaseProposal request, CancellationToken cancellationToken) =>
            await reading.Release(await reading.Find(request.Id, cancellationToken), cancellationToken);
    }
}
