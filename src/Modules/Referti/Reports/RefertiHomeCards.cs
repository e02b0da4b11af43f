using System.Globalization;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Referti.Positives;
using Platform.Referti.Proposals;
using Platform.Referti.Unmatched;

namespace Platform.Referti.Reports;

/// <summary>What waits: positives of these days for those who follow people, the queue for those who work through it.</summary>
internal sealed class RefertiHomeCards(RefertiDb db, ICurrentUser user, Region region, TimeProvider clock) : IHomeCards
{
    private const int Days = 7;

    public async Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation)
    {
        var cards = new List<HomeCard>();
        if (user.Assignments.Any(a => a.Role is Role.Gp or Role.Paediatrician or Role.Sisp))
        {
            var from = region.DayOf(clock.GetUtcNow()).AddDays(-Days);
            var since = region.UtcOf(from, TimeOnly.MinValue);
            var positives = await db.Reports.Within(Report.Scope, user, RefertiModule.Read)
                .Where(r => r.IssuedAt >= since && r.Result == ReportResult.Detected && r.CurrentKind != ReportVersionKind.Annulment).CountEachWay(cancellation);
            cards.Add(new("Nuovi positivi", "Refertati negli ultimi sette giorni.", positives,
                $"/referti?result=Detected&from={from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", positives > 0, 10));
        }

        if (user.May(RefertiModule.SeePositives))
        {
            var positive = await db.Positivities.Within(Positivity.Scope, user, RefertiModule.SeePositives).Today(region, clock).CountEachWay(cancellation);
            cards.Add(new("Persone positive", "Oggi, fra chi risiede o abita nel suo territorio.", positive, "/positives", false, 10));
        }

        if (user.May(RefertiModule.WorkQueue))
        {
            var open = await db.Unmatched.Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue)
                .Where(u => u.State == UnmatchedState.Open).CountEachWay(cancellation);
            cards.Add(new("Messaggi da abbinare", "Esiti dei laboratori che attendono una decisione.", open, "/referti/unmatched", open > 0, 20));
        }

        if (user.May(RefertiModule.Validate))
        {
            // Also of a laboratory that no longer wants two: what waits does not vanish.
            var waiting = await db.Proposals.Within(ProposedResult.Scope, user, RefertiModule.Validate)
                .Where(p => p.State == ProposalState.Proposed && p.ProposedBy != user.Id).CountEachWay(cancellation);
            if (waiting > 0)
                cards.Add(new("Da convalidare", "Esiti scritti da un'altra persona del laboratorio.", waiting, "/referti/validate", true, 15));
        }

        if (user.May(RefertiModule.Enter))
            cards.Add(new("Campioni in attesa di esito", "Inserisca e rilasci i risultati", null, "/referti/enter", false, 30));
        return cards;
    }
}
