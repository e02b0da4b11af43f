using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.Reports;

namespace Platform.Referti.Deliveries;

/// <summary>The deliveries to citizens of the asker's ASL, newest first.</summary>
[Requires(RefertiModule.Deliver)]
internal sealed record DeliveryList(DeliveryState? State, DeliveryChannel? Channel) : ListQuery<DeliveryRow>
{
    private static readonly Orders<Delivery> Order = new Orders<Delivery>(d => d.Id)
        .By("created", d => d.CreatedAt).By("state", d => d.State).By("settled", d => d.SettledAt);

    public override string StandingSort => "-created";

    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<DeliveryList, Listing<DeliveryRow>>
    {
        public Task<Listing<DeliveryRow>> Handle(DeliveryList request, CancellationToken cancellationToken)
        {
            var rows = db.Deliveries.AsNoTracking().Within(Delivery.Scope, user, RefertiModule.Deliver).Where(d => d.Channel != DeliveryChannel.Inbox);
            if (request.State is { } state)
                rows = rows.Where(d => d.State == state);
            if (request.Channel is { } channel)
                rows = rows.Where(d => d.Channel == channel);
            return rows.List(request, Order, sorted => sorted.Select(d => new DeliveryRow(
                d.Id, d.ReportId, d.PatientId, db.Reports.Where(r => r.Id == d.ReportId).Select(r => r.FamilyName + " " + r.GivenName).First(),
                d.ReportVersion, d.Channel, d.Recipient, d.State, d.Attempts, d.CreatedAt, d.SettledAt, d.Error)), cancellationToken);
        }
    }
}

[Shows(FieldClass.Identity, "Name")]
[Shows(FieldClass.Contacts, "Recipient")]
[Shows(FieldClass.Work, "ReportVersion", "Channel", "State", "Attempts", "CreatedAt", "SettledAt", "Error")]
internal sealed record DeliveryRow(
    Guid Id, Guid ReportId, Guid PatientId, string Name, int ReportVersion, DeliveryChannel Channel, string Recipient, DeliveryState State,
    int Attempts, DateTime CreatedAt, DateTime? SettledAt, string? Error) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
}

/// <summary>How many letters wait to be printed, and the latest printings.</summary>
[Requires(RefertiModule.Deliver)]
internal sealed record LettersToPrint : IQuery<LettersToPrintAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<LettersToPrint, LettersToPrintAnswer>
    {
        public async Task<LettersToPrintAnswer> Handle(LettersToPrint request, CancellationToken cancellationToken) =>
            new(await db.Deliveries.Within(Delivery.Scope, user, RefertiModule.Deliver)
                    .CountAsync(d => d.Channel == DeliveryChannel.Letter && d.State == DeliveryState.Waiting, cancellationToken),
                await db.LetterRuns.AsNoTracking().Within(LetterRun.Scope, user, RefertiModule.Deliver).OrderByDescending(r => r.At).Take(10).ToListAsync(cancellationToken));
    }
}

internal sealed record LettersToPrintAnswer(int Waiting, IReadOnlyList<LetterRun> Runs);

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
                .Select(d => new DeliveryRow(d.Id, d.ReportId, d.PatientId, "", d.ReportVersion, d.Channel, d.Recipient, d.State, d.Attempts, d.CreatedAt, d.SettledAt, d.Error))
                .ToListAsync(cancellationToken));
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record DeliveriesOfAnswer(Guid PatientId, IReadOnlyList<DeliveryRow> Rows) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [PatientId];
}
