using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;

namespace Platform.UserManagement.Grants;

/// <summary>The ASL in charge of a person finds in its inbox that another asks to see her.</summary>
internal sealed class WhenGrantAsked(UserManagementDb db, IMediator mediator) : IReaction<GrantAsked>
{
    public async Task React(Told<GrantAsked> told, CancellationToken cancellation)
    {
        var asked = told.Event;
        await mediator.Send(new PostMessage(
            StableId.Of(asked.RequestId, "asked"), Recipient.Of(ScopeKind.Asl, asked.AslInCharge), "patients.grant-asked", MessagePriority.Normal,
            "{0} chiede di vedere una persona in carico alla sua ASL.", [asked.By], "/patients/grants?Out=true", asked.PatientId, "grants"), cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>The ASL that asked finds the answer in its inbox.</summary>
internal sealed class WhenGrantDecided(UserManagementDb db, IMediator mediator) : IReaction<GrantDecided>
{
    public async Task React(Told<GrantDecided> told, CancellationToken cancellation)
    {
        var decided = told.Event;
        // Of somebody who stays out of sight the message does not say who she is.
        await mediator.Send(new PostMessage(
            StableId.Of(decided.RequestId, "decided"), Recipient.Of(ScopeKind.Asl, decided.AskedByAsl), "patients.grant-decided", MessagePriority.Normal,
            decided.Given ? "{0} ha reso visibile alla sua ASL la persona richiesta." : "{0} non ha reso visibile la persona richiesta.",
            [decided.By], "/patients/grants?Past=true", decided.Given ? decided.PatientId : null, "grants"), cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
