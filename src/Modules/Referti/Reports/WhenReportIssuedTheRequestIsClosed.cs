using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The request that a report answers waits no longer; when its report is annulled it waits again. What the
/// report says now decides, since events of one report may come in another order than they were told.</summary>
internal sealed class WhenReportIssuedTheRequestIsClosed(RefertiDb db, IMediator mediator) : IReaction<ReportIssued>
{
    public async Task React(Told<ReportIssued> told, CancellationToken cancellation)
    {
        var report = told.Event;
        if (report.RequestId is not { } request)
            return;
        var now = await db.Reports.AsNoTracking().Where(r => r.Id == report.ReportId).Select(r => new { r.CurrentKind, r.Result, r.IssuedAt }).SingleAsync(cancellation);
        if (now.CurrentKind == ReportVersionKind.Annulment)
            await mediator.Send(new ReopenSwabRequest(request, report.ReportId, now.IssuedAt), cancellation);
        else
            await mediator.Send(new CloseSwabRequest(request, report.ReportId, now.IssuedAt, now.Result == ReportResult.Unsuitable), cancellation);
    }
}
