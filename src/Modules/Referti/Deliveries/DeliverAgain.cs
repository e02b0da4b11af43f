using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Referti.Deliveries;

/// <summary>The public-health office sends a failed delivery once more: to the address that the registry has today, or by letter.</summary>
[Requires(RefertiModule.Deliver)]
internal sealed record DeliverAgain : ICommand<Unit>, IPaced
{
    public Guid Id { get; init; }
    public DeliveryChannel Channel { get; init; }

    internal sealed class Validator : AbstractValidator<DeliverAgain>
    {
        public Validator()
        {
            RuleFor(d => d.Channel).IsInEnum().NotEqual(DeliveryChannel.Inbox).WithMessage("Scelga e-mail o lettera.");
        }
    }

    internal sealed class Handler(RefertiDb db, CitizenMail mail, IMediator mediator, ICurrentUser user) : IRequestHandler<DeliverAgain, Unit>
    {
        public async Task<Unit> Handle(DeliverAgain request, CancellationToken cancellationToken)
        {
            var delivery = await db.Deliveries.Within(Delivery.Scope, user, RefertiModule.Deliver)
                .SingleOrDefaultAsync(d => d.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var person = await mediator.Send(new PatientById(delivery.PatientId), cancellationToken) ?? throw Refusal.NotFound();
            if (request.Channel == DeliveryChannel.Email && person.Email is null)
                throw new Refusal("no-email", "La persona non ha un indirizzo e-mail: lo scriva nella sua scheda, o stampi una lettera.");
            // Another mail than the one that failed.
            delivery.Again(request.Channel, StableId.Of(delivery.Id, $"again {delivery.Attempts}"));
            var asked = await db.Reports.Where(r => r.Id == delivery.ReportId).Select(r => r.RequestId).SingleAsync(cancellationToken);
            var written = mail.Write(delivery, person, asked);
            await db.SaveChangesAsync(cancellationToken);
            if (written is not null)
                await mediator.Send(written, cancellationToken);
            return Unit.Value;
        }
    }
}
