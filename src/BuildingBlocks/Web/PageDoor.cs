using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>Every page says who may open it; who has not signed in is asked to, who may not is told so.</summary>
internal sealed class PageDoor : IAsyncPageFilter
{
    public const string SignInPath = "/sign-in";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var page = context.HandlerInstance.GetType();
        if (!page.IsDefined(typeof(OpenToAllAttribute)))
        {
            var permission = page.GetCustomAttribute<RequiresAttribute>()?.Permission
                ?? throw new InvalidOperationException($"The page {page.Name} declares nobody who may open it.");
            var user = context.HttpContext.RequestServices.GetRequiredService<ICurrentUser>();
            if (!user.IsSignedIn)
            {
                var request = context.HttpContext.Request;
                var back = HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/";
                context.Result = new LocalRedirectResult($"{SignInPath}?returnUrl={Uri.EscapeDataString(back)}");
                return;
            }

            if (!user.May(permission))
            {
                context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
                return;
            }
        }

        // Without its handler a page would be drawn with nothing loaded.
        if (context.HandlerMethod is null && !HttpMethods.IsOptions(context.HttpContext.Request.Method)
            && context.ActionDescriptor.HandlerMethods.Any(h => HttpMethods.IsGet(h.HttpMethod) || HttpMethods.IsPost(h.HttpMethod)))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
            return;
        }

        await next();
    }
}
