using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Schools.Cases;
using Platform.Schools.People;
using Platform.Schools.Reports;
using Platform.Schools.Standings;

namespace Platform.Schools;

/// <summary>What waits for schools and for the public-health office on their home pages.</summary>
internal sealed class SchoolCards(SchoolsDb db, ICurrentUser user) : IHomeCards
{
    public async Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation)
    {
        var cards = new List<HomeCard>();
        if (user.May(SchoolsModule.MayFollow))
        {
            var waiting = await db.Reports.Within(SchoolReport.Scope, user, SchoolsModule.MayFollow).CountAsync(r => r.State == SchoolReportState.Sent, cancellation);
            cards.Add(new("Segnalazioni delle scuole", "Da gestire: aprire il caso o chiudere.", waiting, "/schools/reports?State=Sent", Urgent: waiting > 0, 60));
        }

        if (user.May(SchoolsModule.MaySeeCases))
        {
            var open = await db.Cases.Within(SchoolCase.Scope, user, SchoolsModule.MaySeeCases).CountAsync(c => c.State == SchoolCaseState.Open, cancellation);
            cards.Add(new("Casi nelle classi", "Da decidere: la misura per la classe e per ciascuno.", open, "/schools/cases?State=Open", Urgent: open > 0, 61));
        }

        if (user.May(SchoolsModule.MaySeeStandings))
        {
            var standing = await db.Standings.Within(ClassStanding.Scope, user, SchoolsModule.MaySeeStandings).CountAsync(s => s.End == null, cancellation);
            cards.Add(new("Classi in presenza e a distanza", "Classi con una misura della ASL.", standing, "/schools/standings", Urgent: false, 63));
        }

        if (user.May(SchoolsModule.MayReport))
            cards.Add(new("Segnala alla ASL", "Una persona positiva, un malessere a scuola, molte assenze.", null, "/schools/reports/new", Urgent: false, 60));
        if (user.May(SchoolsModule.MayKeepLists))
        {
            var waiting = await db.ClassLists.Within(ClassList.Scope, user, SchoolsModule.MayKeepLists).CountAsync(l => l.AppliedAt == null, cancellation);
            if (waiting > 0)
                cards.Add(new("Elenchi delle classi", "Caricati e ancora da confermare.", waiting, "/schools/lists", Urgent: false, 62));
        }

        return cards;
    }
}
