using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing;

/// <summary>What waits for doctors, hotspots and labs on their home pages.</summary>
internal sealed class TestingCards(TestingDb db, ICurrentUser user, Region region, TimeProvider clock) : IHomeCards
{
    public async Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation)
    {
        var cards = new List<HomeCard>();
        if (user.May(TestingModule.MayRequest))
        {
            var waiting = await Within(TestingModule.MayRequest)
                .Where(r => SwabMoves.Open.Contains(r.State)).CountEachWay(cancellation);
            cards.Add(new("Tamponi in corso", "Richieste che attendono ancora il referto.", waiting, "/testing/requests", Urgent: false, 200));
            var todo = await Within(TestingModule.MayRequest).Where(r => r.Intervention != null).CountEachWay(cancellation);
            if (todo > 0)
                cards.Add(new("Tamponi su cui intervenire", "Da completare, da prenotare o da ripetere.", todo, "/testing/to-do", Urgent: true, 190));
        }

        if (user.May(TestingModule.MayAuthorise))
        {
            var proposed = await Within(TestingModule.MayAuthorise).Where(r => r.State == SwabRequestState.Proposed).CountEachWay(cancellation);
            cards.Add(new("Richieste da autorizzare", "Proposte dai medici e non ancora decise.", proposed, "/testing/authorisations", Urgent: false, 195));
        }

        if (user.May(TestingModule.MayTakeSamples))
        {
            var today = region.DayOf(clock.GetUtcNow());
            var (from, to) = (region.UtcOf(today, TimeOnly.MinValue), region.UtcOf(today.AddDays(1), TimeOnly.MinValue));
            var expected = await Within(TestingModule.MayTakeSamples)
                .Where(r => (r.State == SwabRequestState.Booked || r.State == SwabRequestState.CheckedIn) && r.SlotAt >= from && r.SlotAt < to).CountEachWay(cancellation);
            cards.Add(new("Persone attese oggi", "Appuntamenti di oggi ancora da prelevare.", expected, "/testing/hotspot", Urgent: false, 210));
            var toSend = await Within(TestingModule.MayTakeSamples).Where(r => r.State == SwabRequestState.Collected).CountEachWay(cancellation);
            cards.Add(new("Campioni da spedire", "Prelevati e non ancora partiti per il laboratorio.", toSend, "/testing/hotspot/dispatch", Urgent: false, 220));
        }

        if (user.May(TestingModule.MayReceiveSamples))
        {
            var arriving = await Within(TestingModule.MayReceiveSamples).Where(r => r.State == SwabRequestState.Sent).CountEachWay(cancellation);
            cards.Add(new("Campioni da accettare", "Spediti dagli hotspot e non ancora ricevuti.", arriving, "/testing/lab/reception", Urgent: false, 230));
            var awaiting = await Within(TestingModule.MayReceiveSamples).Where(r => r.State == SwabRequestState.Received).CountEachWay(cancellation);
            cards.Add(new("Campioni in attesa di esito", "Ricevuti e non ancora refertati.", awaiting, "/testing/requests?state=Received", Urgent: false, 240));
        }

        return cards;
    }

    private IQueryable<SwabRequest> Within(string permission) => db.Requests.Within(SwabRequest.Scope, user, permission);
}
