using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Schools.Standings;

namespace Platform.Schools.Letters;

/// <summary>Tells a school in writing how lessons of a class are held, and when that is over.</summary>
[Requires(SchoolsModule.MaySeeStandings)]
internal sealed class SchoolLetterPage(Region region) : PlatformPage
{
    public async Task<IActionResult> OnGetAsync(Guid id, string which)
    {
        var standing = (await Ask(new OneStanding(id))).Standing;
        return which == "end" && standing.Stands ? throw Refusal.NotFound() : File(new SchoolLetter(region, T).Draw(standing, which == "end"), "application/pdf");
    }
}

/// <summary>How lessons are held and when they change: a school needs no more, and may know no more.</summary>
internal sealed class SchoolLetter(Region region, Texts texts)
{
    public byte[] Draw(ClassStanding standing, bool end)
    {
        using var sheets = new Sheets(region, texts);
        var heading = end ? texts["Classe {0}: fine della misura", standing.ClassName] : texts["Classe {0}: misura della ASL", standing.ClassName];
        string[] words = end
            ? [standing.End == StandingEnd.Withdrawn
                ? texts["La misura disposta per la classe è revocata dal {0}: da quel giorno tutti tornano in classe.", Day(standing.EndedOn!.Value)]
                : standing.End == StandingEnd.Replaced ? texts["La misura disposta per la classe è sostituita da un’altra dal {0}.", Day(standing.EndedOn!.Value)]
                : texts["La misura disposta per la classe è finita: dal {0} le lezioni sono in presenza. Chi deve restare a casa più a lungo rientra con la lettera della ASL.", Day(standing.EndedOn!.Value)]]
            : [texts["Il Servizio di igiene e sanità pubblica dispone per la classe:"]];
        (string, string)[] facts = end ? [] : [(texts["Lezioni"], texts[StandingWords.Of(standing.Mode)]), (texts["Dal"], Day(standing.From)), (texts["Al"], Day(standing.Until))];
        string[] after = end ? [] : [texts["Le famiglie ricevono dalla ASL le loro indicazioni. La piattaforma dice ogni giorno alla scuola come si fa lezione e quanti esiti mancano."]];
        sheets.Add(standing.AslCode, [texts["Al dirigente scolastico"], standing.SchoolName, region.FindMunicipality(standing.MunicipalityIstat)?.Name ?? ""],
            region.DayOf(standing.DecidedAt), heading, words, facts, after);
        return sheets.Save(heading);
    }

    private static string Day(DateOnly day) => day.ToString("d", CultureInfo.CurrentCulture);
}
