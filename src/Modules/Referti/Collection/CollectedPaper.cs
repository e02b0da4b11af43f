using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Reports;

namespace Platform.Referti.Collection;

/// <summary>The paper of a report that was just fetched, as it stands now.</summary>
[OpenToAll("The ticket is sealed, short-lived, and given only with code and birth date.")]
internal sealed record CollectedPaper(string? Ticket) : IQuery<OneReportAnswer>
{
    internal sealed class Handler(RefertiDb db, CollectionTickets tickets) : IRequestHandler<CollectedPaper, OneReportAnswer>
    {
        public async Task<OneReportAnswer> Handle(CollectedPaper request, CancellationToken cancellationToken)
        {
            var id = tickets.Open(FetchReport.Kind, request.Ticket) ?? throw Refusal.NotFound();
            var report = await db.Reports.AsNoTracking().Include(r => r.Versions).SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw Refusal.NotFound();
            return new(report, [.. report.Versions.OrderByDescending(v => v.Number)], false);
        }
    }
}
