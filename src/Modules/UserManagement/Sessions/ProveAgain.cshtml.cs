using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.Passkeys;

namespace Platform.UserManagement.Sessions;

/// <summary>Between an act and its being done. A form that was on its way comes here as it is, stays in hidden fields, and goes on as it is.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed class ProveAgainPage(PasskeyCeremony passkeys, FreshProof proof) : PlatformPage
{
    private const string Own = nameof(Proof) + ".";

    [BindProperty]
    public ProveAgain Proof { get; set; } = new();

    public WaysToProveAnswer Ways { get; private set; } = null!;

    public PasskeyOffer? Offer { get; private set; }

    /// <summary>What was typed into the form that was on its way.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Carried { get; private set; } = [];

    /// <summary>Only a form that came here is sent on: an address alone, which anybody may have made, does nothing.</summary>
    public bool Carries { get; private set; }

    // The form that is carried may have a field of this name.
    public string Back => Request.Query["returnUrl"] is [{ } path] && Url.IsLocalUrl(path) ? path : "/";

    /// <summary>Of the page where it was asked, without what the form says.</summary>
    public string Before => Back.Split('?')[0];

    public async Task<IActionResult> OnGet()
    {
        if (proof.IsThere)
            return Onward();
        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        Carries = !Request.Form.ContainsKey(Own + "Asked") || Request.Form[Own + nameof(Carries)] == "true";
        if (!Request.Form.ContainsKey(Own + "Asked"))
        {
            ModelState.Clear();
            if (proof.IsThere)
                return Onward();
            await Load();
            return Page();
        }

        // In another tab she may have signed in anew.
        if (proof.IsThere)
            return Onward();
        return await Order(Proof with { Session = Session.IdOf(User), Address = HttpContext.Connection.RemoteIpAddress?.ToString() }, _ => Onward());
    }

    protected override async Task Load()
    {
        Ways = await Ask(new WaysToProve());
        Offer = Ways.Passkey ? await passkeys.SignIn() : null;
        if (Carries)
            Carried = [.. Request.Form.Where(f => !f.Key.StartsWith(Own, StringComparison.Ordinal) && f.Key != "__RequestVerificationToken").SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v)))];
    }

    private IActionResult Onward()
    {
        if (Carries)
            return LocalRedirectPreserveMethod(Back);
        var query = QueryHelpers.ParseQuery(Back.Contains('?', StringComparison.Ordinal) ? Back[Back.IndexOf('?', StringComparison.Ordinal)..] : "");
        // A file would come without its page.
        if (!query.Remove("format"))
            return LocalRedirect(Back);
        return Go(QueryHelpers.AddQueryString(Before, query), "La sua identità è confermata: ora può esportare.");
    }
}
