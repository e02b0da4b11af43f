using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.BuildingBlocks.Web;

/// <summary>What the layout asks of the application, once a request: whose page this is and what they may open.</summary>
public interface IPageFrame
{
    /// <summary>The frame of this request. May read the database; called only when a whole page is rendered.</summary>
    ValueTask<Frame> FrameFor(HttpContext context);
}

/// <summary>Everything around a page's own content. All texts come localised.</summary>
public sealed record Frame
{
    /// <summary>The name in the large header, e.g. "Piattaforma COVID-19".</summary>
    public required string ServiceName { get; init; }

    /// <summary>A short line under the service's name; none on phones.</summary>
    public string? Tagline { get; init; }

    /// <summary>The body that answers for the service, e.g. "Regione Piemonte".</summary>
    public required string RegionName { get; init; }

    public string? RegionUrl { get; init; }

    /// <summary>The region's emblem on a dark ground, as a local URL.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>Null when nobody is signed in: the header then offers to sign in.</summary>
    public SignedIn? User { get; init; }

    /// <summary>The entries this person may open; empty for none.</summary>
    public IReadOnlyList<FrameEntry> Menu { get; init; } = [];

    /// <summary>Pages for citizens; empty for who is signed in.</summary>
    public IReadOnlyList<FrameEntry> ForCitizens { get; init; } = [];

    /// <summary>Shown on every page of an installation that is not the real one, e.g. "Dimostrazione: dati di fantasia".</summary>
    public string? Environment { get; init; }

    /// <summary>Planned maintenance, before and while it lasts.</summary>
    public IReadOnlyList<MaintenanceNotice> Maintenance { get; init; } = [];

    public FrameLinks Links { get; init; } = new();

    /// <summary>The languages offered, the first being the default: culture name and the name it has in its own language.</summary>
    public IReadOnlyList<Language> Languages { get; init; } = [new("it", "ITA", "Italiano"), new("en", "ENG", "English")];
}

/// <param name="RoleLine">What they act as, e.g. "Operatore SISP, ASL TO3".</param>
/// <param name="Counts">What waits to be read, each with its link.</param>
public sealed record SignedIn(string DisplayName, string RoleLine, IReadOnlyList<HeaderCount> Counts);

/// <param name="Active">True for the entry that holds the present page.</param>
/// <param name="Entries">A second level; the entry then only opens it, and Url is not followed.</param>
public sealed record FrameEntry(string Text, string Url, bool Active = false, IReadOnlyList<FrameEntry>? Entries = null);

public sealed record Language(string Culture, string Code, string Name);

/// <summary>Where the links of header and footer lead. A null one is not shown.</summary>
public sealed record FrameLinks
{
    public string Home { get; init; } = "/";
    public string? SignIn { get; init; } = "/sign-in";

    /// <summary>Takes a POST with an antiforgery token.</summary>
    public string SignOut { get; init; } = "/sign-out";
    public string? Account { get; init; } = "/account";

    /// <summary>For whoever has signed in.</summary>
    public string ReleaseNotes { get; init; } = "/release-notes";

    /// <summary>The statement of this installation, which names the yearly declaration.</summary>
    public string? Accessibility { get; init; } = "/accessibility";
    public string? Privacy { get; init; } = "/privacy";
    public string? LegalNotes { get; init; } = "/legal-notes";
    public string? Contacts { get; init; } = "/contacts";
}

/// <summary>One step of the way back; the page itself is added by the layout from its title.</summary>
public sealed record Crumb(string Text, string Url);

/// <summary>The frame for whoever is not signed in, until the application registers its own.</summary>
internal sealed class PlainPageFrame : IPageFrame
{
    internal static Frame Plain { get; } = new() { ServiceName = "Piattaforma COVID-19", RegionName = "Servizio sanitario regionale" };

    public ValueTask<Frame> FrameFor(HttpContext context) => ValueTask.FromResult(Plain);
}

internal static class PageFrames
{
    /// <summary>The frame of this request, asked once. An error page must appear even when the frame is what failed.</summary>
    internal static async ValueTask<Frame> FrameOf(this HttpContext context)
    {
        if (context.Items[typeof(Frame)] is Frame known) return known;
        Frame frame;
        try
        {
            frame = await context.RequestServices.GetRequiredService<IPageFrame>().FrameFor(context);
        }
#pragma warning disable CA1031 // whatever failed was reported with the error being shown; a second failure would hide it
        catch (Exception) when (context.Features.Get<IExceptionHandlerFeature>() is not null || context.Response.StatusCode >= 500)
#pragma warning restore CA1031
        {
            frame = PlainPageFrame.Plain;
        }

        context.Items[typeof(Frame)] = frame;
        return frame;
    }
}
