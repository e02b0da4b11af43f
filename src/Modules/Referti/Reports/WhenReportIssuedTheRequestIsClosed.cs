using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The request that a report answers waits no longer; when its report is annulled it waits again. What the
/// report says now decides, since events of one report may come in another order than they were told.</summary>
internal sealed class WhenReportIssuedTheRequestIsClosed(RefertiDb db, IMediator mediator) : IGroupReaction<ReportIssued>
{
    public async Task React(IReadOnlyList<Told<ReportIssued>> told, CancellationToken cancellation)
    {
        var answered = told.Select(t => t.Event).Where(e => e.RequestId is not null).ToList();
        var ids = answered.Select(e => e.ReportId).Distinct().ToList();
        var now = await db.Reports.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.CurrentKind, r.Result, r.IssuedAt })
            .ToDictionaryAsync(r => r.Id, cancellation);
        var closings = new List<CloseSwabRequest>(answered.Count);
        foreach (var (report, request) in answered.Select(e => (now[e.ReportId], e.RequestId!.Value)))
        {
            if (report.CurrentKind == ReportVersionKind.Annulment)
                await mediator.Send(new ReopenSwabRequest(request, report.Id, report.IssuedAt), cancellation);
            else
                closings.Add(new(request, report.Id, report.IssuedAt, report.Result == ReportResult.Unsuitable));
        }

        if (closings.Count > 0)
            await mediator.Send(new CloseSwabRequests(closings), cancellation);
    }
}
