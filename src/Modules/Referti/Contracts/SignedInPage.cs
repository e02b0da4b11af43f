using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.Contracts;

/// <summary>Another module's page for a citizen who has signed in, under <see cref="SignedInCitizen.Root"/>; anybody else is shown the way in.</summary>
public abstract class SignedInPage : PlatformPage
{
    protected SignedInCitizen Citizen { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await Mediator.Send(new CitizenOf(HttpContext), Cancellation) is { } signedIn)
        {
            Citizen = signedIn;
            await next();
            return;
        }

        TempData["Refused"] = T["Acceda con la sua identità digitale."].Value;
        context.Result = new LocalRedirectResult(SignedInCitizen.Root);
    }
}
