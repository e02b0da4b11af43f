using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.Referti.Contracts;
using Platform.Referti.Deliveries;

namespace Platform.Referti.Reports;

/// <summary>Everyone entitled finds the report in her inbox: the public-health office of the person's ASL, her doctor, and
/// who asked for the swab, each once. Positives, and corrections that touch a positive, come on top.</summary>
internal sealed class WhenReportIssuedTheEntitledAreTold(RefertiDb db, IMediator mediator, IEnumerable<IRecipientDirectory> directories, TimeProvider clock) : IReaction<ReportIssued>
{
    public async Task React(Told<ReportIssued> told, CancellationToken cancellation)
    {
        var report = told.Event;
        List<Recipient> all = [Recipient.Of(ScopeKind.Asl, report.AslCode)];
        if (report.GpCode is { } doctor)
            all.Add(Recipient.Of(ScopeKind.GpList, doctor));
        if (report.RequestedBy is { } requester && !await IsAmong(all, requester, cancellation))
            all.Add(Recipient.Account(requester));

        var urgent = report.Result == ReportResult.Detected || report.Previous == ReportResult.Detected;
        foreach (var recipient in all)
        {
            var name = recipient.Scope is { } scope ? $"{scope.Kind}:{scope.Code}" : $"account:{recipient.AccountId}";
            var id = StableId.Of(told.Id, name);
            if (!await db.Deliveries.AnyAsync(d => d.Id == id, cancellation))
                db.Deliveries.Add(Delivery.ToInbox(id, report, name, clock.GetUtcNow().UtcDateTime));
            await mediator.Send(new PostMessage(
                id,
                recipient, "referti.issued", urgent ? MessagePriority.High : MessagePriority.Normal, Subject(report), [report.PatientName],
                $"/referti/{report.ReportId}", report.PatientId, "report"), cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }

    // Who asked is often the doctor herself: one message is enough.
    private async Task<bool> IsAmong(List<Recipient> recipients, Guid account, CancellationToken cancellation)
    {
        foreach (var directory in directories)
        {
            foreach (var recipient in recipients)
            {
                if ((await directory.AddressesOf(recipient, cancellation)).Any(a => a.AccountId == account))
                    return true;
            }
        }

        return false;
    }

    internal static string Subject(ReportIssued report) => (report.Kind, report.Result) switch
    {
        (ReportVersionKind.Annulment, _) => "Referto annullato: {0}",
        (ReportVersionKind.Correction, ReportResult.Detected) => "Referto corretto, ora positivo: {0}",
        (ReportVersionKind.Correction, ReportResult.NotDetected) => "Referto corretto, ora negativo: {0}",
        (ReportVersionKind.Correction, ReportResult.Inconclusive) => "Referto corretto, ora non conclusivo: {0}",
        (ReportVersionKind.Correction, _) => "Referto corretto, ora campione non idoneo: {0}",
        (_, ReportResult.Detected) => "Referto positivo: {0}",
        (_, ReportResult.NotDetected) => "Referto negativo: {0}",
        (_, ReportResult.Inconclusive) => "Referto non conclusivo: {0}",
        _ => "Campione non idoneo: {0}",
    };
}
