using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.ExternalSignIn.Cards;

/// <summary>Where the browser shows the card: it says nothing here, and goes back at once.</summary>
[OpenToAll("It is a step of the way in.")]
internal sealed class ReadCardPage(CardSettings settings, CardHouse house) : PlatformPage
{
    public async Task<IActionResult> OnGetAsync(string? asked)
    {
        // The next sign-in is to show the card anew.
        Response.Headers.Connection = "close";
        if (settings.Address is null || await house.Read(HttpContext, asked) is not { } back)
            return NotFound();
        Response.Headers.Location = back;
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
