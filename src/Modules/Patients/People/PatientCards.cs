using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Grants;

namespace Platform.Patients.People;

/// <summary>On the home page: the doctor's list, the ASL's people without a doctor, the door to the imports.</summary>
internal sealed class PatientCards(PatientsDb db, ICurrentUser user, Region region, TimeProvider clock) : IHomeCards
{
    public async Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation)
    {
        var cards = new List<HomeCard>();
        var scopes = user.May(PatientsModule.Read) ? user.ScopesOf(PatientsModule.Read) : [];
        if (scopes.Any(s => s.Kind == ScopeKind.GpList))
        {
            var list = await db.Patients.Within(Patient.Scope, user, PatientsModule.Read).CountEachWay(cancellation);
            cards.Add(new("I suoi assistiti", "Le persone della sua lista.", list, "/patients", false, 40));
        }
        else if (scopes.Any(s => s.Kind == ScopeKind.Asl))
        {
            var without = await db.Patients.Within(Patient.Scope, user, PatientsModule.Read).Where(p => p.GpCode == null).CountEachWay(cancellation);
            cards.Add(new("Assistiti senza medico", "Residenti della sua ASL che non sono nella lista di nessun medico.", without, "/patients?withoutDoctor=true", false, 40));
        }

        if (user.May(PatientsModule.Grant))
        {
            var asked = await db.GrantRequests.Of(db, user, outwards: true).Waiting(region.DayOf(clock.GetUtcNow())).CountAsync(cancellation);
            if (asked > 0)
                cards.Add(new("Visibilità richieste", "Altre ASL chiedono di vedere persone in carico alla sua.", asked, "/patients/grants?Out=true", false, 35));
        }

        if (user.May(PatientsModule.Import))
            cards.Add(new("Importa assistiti", "Carica nell'anagrafe persone o medici da un file CSV.", null, "/patients/import", false, 60));
        return cards;
    }
}
