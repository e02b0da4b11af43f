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
internal sealed class WhenReportIssuedTheEntitledAreTold(RefertiDb db, IMediator mediator, IEnumerable<IRecipientDirectory> directories, TimeProvider clock) : IGroupReaction<ReportIssued>
{
    public async Task React(IReadOnlyList<Told<ReportIssued>> told, CancellationToken cancellation)
    {
        var scopes = told.SelectMany(t => ScopesOf(t.Event)).Distinct().ToList();
        // Who asked is often the doctor herself: one message is enough.
        var among = new HashSet<(Recipient, Guid)>();
        foreach (var directory in directories)
            among.UnionWith((await directory.AddressesOf(scopes, cancellation)).SelectMany(found => found, (found, one) => (found.Key, one.AccountId)));

        var (deliveries, messages) = (new List<Delivery>(), new List<PostMessage>());
        foreach (var (id, report) in told.Select(t => (t.Id, t.Event)))
        {
            var all = ScopesOf(report);
            if (report.RequestedBy is { } requester && !all.Exists(r => among.Contains((r, requester))))
                all.Add(Recipient.Account(requester));
            var urgent = report.Result == ReportResult.Detected || report.Previous == ReportResult.Detected;
            foreach (var recipient in all)
            {
                var name = recipient.Scope is { } scope ? $"{scope.Kind}:{scope.Code}" : $"account:{recipient.AccountId}";
                var delivery = Delivery.ToInbox(StableId.Of(id, name), report, name, clock.GetUtcNow().UtcDateTime);
                deliveries.Add(delivery);
                messages.Add(new(
                    delivery.Id, recipient, "referti.issued", urgent ? MessagePriority.High : MessagePriority.Normal, Subject(report), [report.PatientName],
                    $"/referti/{report.ReportId}", report.PatientId, "report"));
            }
        }

        await mediator.Send(new PostMessages(messages), cancellation);
        var ids = deliveries.ConvertAll(d => d.Id);
        var known = await db.Deliveries.Where(d => ids.Contains(d.Id)).Select(d => d.Id).ToListAsync(cancellation);
        db.Deliveries.AddRange(deliveries.Where(d => !known.Contains(d.Id)));
        await db.SaveChangesAsync(cancellation);
    }

    private static List<Recipient> ScopesOf(ReportIssued report) =>
        report.GpCode is { } doctor
            ? [Recipient.Of(ScopeKind.Asl, report.AslCode), Recipient.Of(ScopeKind.GpList, doctor)]
            : [Recipient.Of(ScopeKind.Asl, report.AslCode)];

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
