using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Web;

namespace Platform.Notifications.Announcements;

/// <summary>The page that stands in for the service: what the host shows while it is closed, and what a proxy shows while no host
/// answers. In Italian and in English, since whoever serves it may not know the reader; without a file of its own.</summary>
internal sealed class StandInPage(Region region, Texts texts)
{
    private const string Style = """
        *{box-sizing:border-box}body{margin:0;font:18px/1.5 "Titillium Web",Geneva,Tahoma,sans-serif;color:#17324d;background:#fff}
        header{background:#06c;color:#fff;border-top:3rem solid #004a99;padding:1.5rem}header p{margin:0;font-size:1.5rem;font-weight:700}header small{display:block;font-weight:400;font-size:1rem}
        main{max-width:46rem;margin:0 auto;padding:2rem 1.5rem}section{border-left:.25rem solid #06c;padding:0 0 0 1.25rem;margin:0 0 2.5rem}
        h1{font-size:1.75rem;line-height:1.2;margin:0 0 .75rem}p{margin:0 0 .75rem}.when{font-weight:700}
        """;

    private static readonly string StyleHash = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    public ClosedSign Sign(Announcement closing) => new(closing.EndsAt, Html(closing), StyleHash);

    /// <param name="announcement">What there is to say of a window that lasts or comes; null for an outage nobody planned.</param>
    public string Html(Announcement? announcement)
    {
        var (service, owner) = (WebUtility.HtmlEncode(region.ServiceName), WebUtility.HtmlEncode(region.Name));
        return $"""
            <!DOCTYPE html>
            <html lang="it">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>{service}</title><style>{Style}</style></head>
            <body>
            <header><p><small>{owner}</small>{service}</p></header>
            <main>
            {Part("it", announcement)}
            {Part("en", announcement)}
            </main>
            </body>
            </html>

            """;
    }

    /// <summary>The same for machines (RFC 9457).</summary>
    public string Problem(Announcement? announcement)
    {
        using var reader = Texts.Reading("it");
        return JsonSerializer.Serialize(new
        {
            type = announcement is null ? "urn:problem:unavailable" : "urn:problem:maintenance",
            title = texts["Il servizio non è disponibile in questo momento: riprovi tra qualche secondo. Ripetere la stessa richiesta è sicuro."].Value,
            status = 503,
        });
    }

    /// <summary>The window, in the region's time and the reader's language.</summary>
    public string When(Announcement announcement)
    {
        var (from, to) = (region.LocalOf(announcement.StartsAt), region.LocalOf(announcement.EndsAt));
        return from.Date == to.Date
            ? texts["{0:dddd d MMMM yyyy}, dalle {0:HH:mm} alle {1:HH:mm}.", from, to]
            : texts["Da {0:dddd d MMMM yyyy, HH:mm} a {1:dddd d MMMM yyyy, HH:mm}.", from, to];
    }

    private string Part(string language, Announcement? announcement)
    {
        using var reader = Texts.Reading(language);
        static string Safe(string text) => WebUtility.HtmlEncode(text);
        var what = announcement is null
            ? $"<p>{Safe(texts["Il servizio è in manutenzione o molto affollato. Quello che ha già confermato è al sicuro. Riprovi tra qualche minuto."])}</p>"
            : $"<p class=\"when\">{Safe(When(announcement))}</p><p>{Safe(Texts.Italian ? announcement.TextIt : announcement.TextEn)}</p><p>{Safe(texts["Quello che ha già confermato è al sicuro."])}</p>";
        return $"<section lang=\"{language}\"><h1>{Safe(announcement is null ? texts["Servizio momentaneamente non disponibile"] : texts["Servizio chiuso per manutenzione"])}</h1>{what}</section>";
    }
}
