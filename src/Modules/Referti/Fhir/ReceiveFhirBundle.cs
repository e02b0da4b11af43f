using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.LabMessages;

namespace Platform.Referti.Fhir;

/// <summary>A laboratory's system sends what it found as a Bundle. It is kept before it is answered, like any message.</summary>
[Requires(RefertiModule.Send)]
internal sealed record ReceiveFhirBundle(byte[] Content) : ICommand<FhirAnswer>
{
    internal sealed class Handler(Intake intake, ICurrentUser user) : IRequestHandler<ReceiveFhirBundle, FhirAnswer>
    {
        public async Task<FhirAnswer> Handle(ReceiveFhirBundle request, CancellationToken cancellationToken)
        {
            var taken = await intake.Take(FhirReader.Read(request.Content), SendingLab.Of(user), user.Id, cancellationToken);
            return new(OperationOutcome.Of(taken), OperationOutcome.StatusOf(taken));
        }
    }
}

internal sealed record FhirAnswer(byte[] Content, int Status);
