using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Reports;

namespace Platform.Referti.Deliveries;

/// <summary>The deliveries to citizens of the asker's ASL: those that failed first in her mind, all by filter.</summary>
[Requires(RefertiModule.Deliver)]
internal sealed record DeliveryList(DeliveryState? State, DeliveryChannel? Channel, int Page) : IQuery<DeliveryListAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<DeliveryList, DeliveryListAnswer>
    {
        public async Task<DeliveryListAnswer> Handle(DeliveryList request, CancellationToken cancellationToken)
        {
            var mine = db.Deliveries.AsNoTracking().Within(Delivery.Scope, user, RefertiModule.Deliver).Where(d => d.Channel != DeliveryChannel.Inbox);
            var rows = mine;
            if (request.State is { } state)
                rows = rows.Where(d => d.State == state);
            if (request.Channel is { } channel)
                rows = rows.Where(d => d.Channel == channel);
            var listed = await rows.OrderByDescending(d => d.CreatedAt).ThenBy(d => d.Id)
                .Join(db.Reports, d => d.ReportId, r => r.Id, (d, r) => new DeliveryRow(
                    d.Id, d.ReportId, d.PatientId, r.FamilyName, r.GivenName, d.ReportVersion, d.Channel, d.Recipient, d.State, d.Attempts, d.CreatedAt, d.SettledAt, d.Error))
                .ToListing(request.Page, Listings.DefaultSize, cancellationToken);
            var toPrint = await mine.CountAsync(d => d.Channel == DeliveryChannel.Letter && d.State == DeliveryState.Waiting, cancellationToken);
            var runs = await db.LetterRuns.AsNoTracking().Within(LetterRun.Scope, user, RefertiModule.Deliver).OrderByDescending(r => r.At).Take(10).ToListAsync(cancellationToken);
            return new(listed, toPrint, runs);
        }
    }
}

internal sealed record DeliveryRow(
    Guid Id, Guid ReportId, Guid PatientId, string FamilyName, string GivenName, int ReportVersion, DeliveryChannel Channel, string Recipient, DeliveryState State,
    int Attempts, DateTime CreatedAt, DateTime? SettledAt, string? Error);

internal sealed record DeliveryListAnswer(Listing<DeliveryRow> Rows, int ToPrint, IReadOnlyList<LetterRun> Runs) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Rows.Rows.Select(r => r.PatientId);
}

/// <summary>Who was told of a report, for whoever may read it.</summary>
[Requires(RefertiModule.Read)]
internal sealed record DeliveriesOf(Guid ReportId) : IQuery<DeliveriesOfAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<DeliveriesOf, DeliveriesOfAnswer>
    {
        public async Task<DeliveriesOfAnswer> Handle(DeliveriesOf request, CancellationToken cancellationToken)
        {
            var report = await db.Reports.AsNoTracking().Within(Report.Scope, user, RefertiModule.Read)
                .SingleOrDefaultAsync(r => r.Id == request.ReportId, cancellationToken) ?? throw Refusal.NotFound();
            return new(report.PatientId, await db.Deliveries.AsNoTracking().Where(d => d.ReportId == report.Id)
                .OrderByDescending(d => d.ReportVersion).ThenBy(d => d.CreatedAt).ThenBy(d => d.Id).Take(200)
                .Select(d => new DeliveryRow(d.Id, d.ReportId, d.PatientId, "", "", d.ReportVersion, d.Channel, d.Recipient, d.State, d.Attempts, d.CreatedAt, d.SettledAt, d.Error))
                .ToListAsync(cancellationToken));
        }
    }
}

internal sealed record DeliveriesOfAnswer(Guid PatientId, IReadOnlyList<DeliveryRow> Rows) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [PatientId];
}
