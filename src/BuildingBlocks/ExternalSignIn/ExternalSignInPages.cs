using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Tokens;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>Says clearly what went wrong, and how to go on.</summary>
internal abstract class SignInStepPage : PlatformPage
{
    public ProblemShown? Problem { get; private set; }

    protected IActionResult GoOn(string? address, ProblemShown? problem)
    {
        if (address is not null)
            return Redirect(address);
        Problem = problem;
        Response.StatusCode = problem!.Problem switch
        {
            SignInProblem.Cancelled => StatusCodes.Status200OK,
            SignInProblem.Unreachable or SignInProblem.CardUnchecked => StatusCodes.Status503ServiceUnavailable,
            SignInProblem.TooMany => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
        return Page();
    }
}

[OpenToAll("It is the way in.")]
internal sealed class BeginSignInPage(SignInFlow flow) : SignInStepPage
{
    public async Task<IActionResult> OnGetAsync(string provider, string? use, string? returnUrl)
    {
        var (address, problem) = await flow.Begin(HttpContext, provider, use, Url.IsLocalUrl(returnUrl) ? returnUrl : null);
        return GoOn(address, problem);
    }
}

/// <summary>The provider's page sends the browser here, by form where it can. A form from elsewhere brings no cookies, so nothing is
/// decided here: the next page has them.</summary>
[IgnoreAntiforgeryToken]
[OpenToAll("It is the way back from a provider.")]
internal sealed class SignInCallbackPage(SignInFlow flow) : PlatformPage
{
    public IActionResult OnGet() => Aside(name => Request.Query[name]);

    public async Task<IActionResult> OnPostAsync()
    {
        IFormCollection form = FormCollection.Empty;
        try
        {
            form = Request.HasFormContentType ? await Request.ReadFormAsync(Cancellation) : form;
        }
        catch (InvalidDataException)
        {
            // What is no form says nothing.
        }

        return Aside(name => form[name]);
    }

    private StatusCodeResult Aside(Func<string, string?> said)
    {
        flow.Return(HttpContext, said);
        Response.Headers.Location = SignInCookies.Path + "/done";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}

[OpenToAll("It is the way in.")]
internal sealed class FinishSignInPage(SignInFlow flow) : SignInStepPage
{
    public async Task<IActionResult> OnGetAsync()
    {
        var (path, problem) = await flow.Finish(HttpContext);
        return GoOn(path is not null && Url.IsLocalUrl(path) ? path : path is null ? null : "/", problem);
    }
}

/// <summary>Public halves of the keys with which we prove to providers who we are, for them to fetch.</summary>
[OpenToAll("Public keys.")]
internal sealed class ClientKeysPage(ProviderHouses houses) : PlatformPage
{
    public IActionResult OnGet() => new JsonResult(new
    {
        keys = houses.All.Select(h => h.Proof.PublicKey).OfType<JsonWebKey>().DistinctBy(k => k.KeyId)
            .Select(k => k.Kty == "RSA"
                ? new Dictionary<string, string> { ["kty"] = k.Kty, ["use"] = k.Use, ["alg"] = k.Alg, ["kid"] = k.KeyId, ["n"] = k.N, ["e"] = k.E }
                : new Dictionary<string, string> { ["kty"] = k.Kty, ["use"] = k.Use, ["alg"] = k.Alg, ["kid"] = k.KeyId, ["crv"] = k.Crv, ["x"] = k.X, ["y"] = k.Y }),
    });
}

/// <summary>The buttons of all providers, for a page that has an entrance; nothing where none is configured.</summary>
public sealed record ExternalButtons(string Entrance, string? ReturnTo, bool Apart = false);
