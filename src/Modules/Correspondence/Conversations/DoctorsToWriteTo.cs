using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Correspondence.Conversations;

/// <summary>The doctors of the user's ASLs, to whom her office may write.</summary>
[Requires(CorrespondenceModule.Converse)]
internal sealed record DoctorsToWriteTo : IQuery<IReadOnlyList<DoctorSummary>>
{
    internal sealed class Handler(IMediator mediator, ICurrentUser user) : IRequestHandler<DoctorsToWriteTo, IReadOnlyList<DoctorSummary>>
    {
        public Task<IReadOnlyList<DoctorSummary>> Handle(DoctorsToWriteTo request, CancellationToken cancellationToken) =>
            mediator.Send(new DoctorsInService(user.Offices()), cancellationToken);
    }
}
