using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>The ASL and the doctor of a positive person find it in their inbox, and learn of it when it turns out not to be so.</summary>
internal sealed class Telling(QuickSwabsDb db, IMediator mediator)
{
    public async Task Tell(Guid cause, Guid swabId, string subject, CancellationToken cancellation)
    {
        if (await db.Swabs.AsNoTracking().SingleOrDefaultAsync(s => s.Id == swabId, cancellation) is not { PatientId: { } patient } swab)
            return;
        var to = new List<Recipient> { Recipient.Of(ScopeKind.Asl, swab.AslCode) };
        if (swab.GpCode is { } doctor)
            to.Add(Recipient.Of(ScopeKind.GpList, doctor));
        await mediator.Send(new PostMessages([.. to.Select(r => new PostMessage(
            StableId.Of(cause, $"{r.Scope!.Value.Kind}:{r.Scope.Value.Code}"), r, "quickswabs.positive", MessagePriority.High, subject, [$"{swab.FamilyName} {swab.GivenName}"], $"/quick-swabs/{swab.Id}", patient, "report"))]), cancellation);
    }
}

internal sealed class WhenQuickSwabRecorded(QuickSwabsDb db, Telling telling) : IReaction<QuickSwabRecorded>
{
    public async Task React(Told<QuickSwabRecorded> told, CancellationToken cancellation)
    {
        if (told.Event.Swab.Result == QuickSwabResult.Positive)
            await telling.Tell(told.Id, told.Event.Swab.SwabId, told.Event.Swab.ConfirmsCase ? "Test rapido positivo, caso confermato: {0}" : "Test rapido positivo, da confermare: {0}", cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class WhenQuickSwabCorrected(QuickSwabsDb db, Telling telling) : IReaction<QuickSwabCorrected>
{
    public async Task React(Told<QuickSwabCorrected> told, CancellationToken cancellation)
    {
        if (told.Event.Swab.Result == QuickSwabResult.Positive || told.Event.Former == QuickSwabResult.Positive)
            await telling.Tell(told.Id, told.Event.Swab.SwabId, told.Event.Swab.Result == QuickSwabResult.Positive ? "Test rapido corretto, ora positivo: {0}" : "Test rapido corretto, non più positivo: {0}", cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class WhenQuickSwabAnnulled(QuickSwabsDb db, Telling telling) : IReaction<QuickSwabAnnulled>
{
    public async Task React(Told<QuickSwabAnnulled> told, CancellationToken cancellation)
    {
        if (told.Event.Former == QuickSwabResult.Positive)
            await telling.Tell(told.Id, told.Event.SwabId, "Test rapido positivo annullato: {0}", cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
