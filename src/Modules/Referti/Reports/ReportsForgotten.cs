using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Unmatched;

namespace Platform.Referti.Reports;

/// <summary>Reports whose last release is over the term, with their versions and deliveries, and what was proposed and decided then.</summary>
internal sealed class ReportsForgotten(RefertiDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.Reports;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        var over = db.Reports.AsNoTracking().Where(r => r.IssuedAt < before && !held.Contains(r.PatientId)).OrderBy(r => r.IssuedAt).ThenBy(r => r.Id)
            .Select(r => new Forgotten(r.Id, r.PatientId));
        var gone = await forgetting.InBatches(db, What, over, async ids =>
        {
            await db.Deliveries.Where(d => ids.Contains(d.ReportId)).ExecuteDeleteAsync(cancellation);
            await db.CollectionCodes.Where(c => ids.Contains(c.ReportId!.Value)).ExecuteDeleteAsync(cancellation);
            await db.Positivities.Where(p => ids.Contains(p.Id)).ExecuteDeleteAsync(cancellation);
            await db.Versions.Where(v => ids.Contains(v.ReportId)).ExecuteDeleteAsync(cancellation);
            await db.Reports.Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
        var proposals = db.Proposals.AsNoTracking().Where(p => p.ProposedAt < before && p.State != Proposals.ProposalState.Proposed && !held.Contains(p.PatientId))
            .OrderBy(p => p.ProposedAt).ThenBy(p => p.Id).Select(p => new Forgotten(p.Id, p.PatientId));
        return gone + await forgetting.InBatches(db, What, proposals, ids => db.Proposals.Where(p => ids.Contains(p.Id)).ExecuteDeleteAsync(cancellation), cancellation);
    }
}

/// <summary>What laboratories sent, and what was matched or discarded of it, once no report of it is left: until then it is the report's
/// source. What still waits for a person stays.</summary>
internal sealed class LabMessagesForgotten(RefertiDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.LabMessages;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        var over = db.Messages.AsNoTracking().Where(m => m.ReceivedAt < before && m.State != LabMessages.LabMessageState.Accepted && m.State != LabMessages.LabMessageState.Waiting
                && !db.Versions.Any(v => v.SourceMessageId == m.Id)
                && !db.Unmatched.Any(u => u.MessageId == m.Id && (u.State == UnmatchedState.Open || u.PatientId != null && held.Contains(u.PatientId.Value))))
            .OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).Select(m => new Forgotten(m.Id, null));
        return await forgetting.InBatches(db, What, over, async ids =>
        {
            await db.Unmatched.Where(u => ids.Contains(u.MessageId)).ExecuteDeleteAsync(cancellation);
            await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
    }
}

/// <summary>A request stays as long as a report answers it.</summary>
internal sealed class RequestsOfReports(RefertiDb db) : IStillNeeds
{
    public string What => Retention.SwabRequests;

    public async Task<IReadOnlyCollection<Guid>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        await db.Reports.Where(r => r.RequestId != null && ids.Contains(r.RequestId.Value)).Select(r => r.RequestId!.Value).ToListAsync(cancellation);
}
