using System.Net.Mail;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;
using Platform.QuickSwabs.Contracts;
using Platform.Testing.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>A positive that turned out to be none, or another person's, needs no confirmation: the molecular request is withdrawn while nobody has
/// taken the sample, and the person is told by mail not to come. Which test, and what it showed, the mail does not say.</summary>
internal sealed class WhenNoLongerPositive(QuickSwabsDb db, IMediator mediator, Texts texts) : IReaction<QuickSwabCorrected>, IReaction<QuickSwabAnnulled>
{
    public const string Why = "Il test rapido non era positivo.";

    public Task React(Told<QuickSwabCorrected> told, CancellationToken cancellation) =>
        // One that is not valid says nothing: the molecular swab is as good as another quick one.
        told.Event is { Former: QuickSwabResult.Positive, Swab.Result: QuickSwabResult.Negative } ? Withdraw(told.Id, told.Event.Swab.SwabId, cancellation) : Task.CompletedTask;

    public Task React(Told<QuickSwabAnnulled> told, CancellationToken cancellation) =>
        told.Event.Former == QuickSwabResult.Positive ? Withdraw(told.Id, told.Event.SwabId, cancellation) : Task.CompletedTask;

    private async Task Withdraw(Guid cause, Guid swabId, CancellationToken cancellation)
    {
        var swab = await db.Swabs.AsNoTracking().Where(s => s.Id == swabId).Select(s => new { s.PatientId, s.RequestId }).SingleOrDefaultAsync(cancellation);
        // It may have turned positive again meanwhile, or another positive of hers waits for the same request.
        if (swab is not { PatientId: { } patient, RequestId: { } request }
            || await db.Swabs.AnyAsync(s => s.RequestId == request && s.State == QuickSwabState.Reported && s.Result == QuickSwabResult.Positive, cancellation)
            || !await mediator.Send(new WithdrawConfirmation(request, Why), cancellation))
            return;
        var person = await mediator.Send(new PatientById(patient), cancellation);
        // An address that is none would come back at each delivery.
        if (person?.Email is not { Length: <= 254 } mail || !MailAddress.TryCreate(mail, out _))
            return;
        await mediator.Send(new PostMail(
            StableId.Of(cause, "person"), mail, "Il suo appuntamento è annullato",
            texts["Un appuntamento che le era stato chiesto non serve più ed è annullato: non si presenti. Per informazioni si rivolga a chi lo ha chiesto per lei."], patient), cancellation);
    }
}
