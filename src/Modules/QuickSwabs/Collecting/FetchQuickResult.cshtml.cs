using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Collecting;

[OpenToAll("A citizen has no account; code and birth date open her result alone.")]
internal sealed class FetchQuickResultPage(Region region, IConfiguration configuration, Seal seal) : FetchPage<FetchQuickResult, FetchedQuickResult>
{
    public override FetchWords Words => new(
        T["Ritira l'esito di un test rapido"], T["Servono il codice che trova sul suo foglio, o quello della pre-registrazione, e la data di nascita."], T["Mostra l'esito"],
        T["Esci, o ritira un altro esito"], CollectionCode.Letters);

    public async Task<IActionResult> OnPostSlipAsync(string? ticket)
    {
        var answer = await Ask(new FetchedSlip(ticket));
        return File(new SlipPaper(region, T, answer.Swab, PlatformAddress.Of(configuration, Request)).Result(seal), "application/pdf", "test-rapido.pdf");
    }
}
