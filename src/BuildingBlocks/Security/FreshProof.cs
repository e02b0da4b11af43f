using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.Security;

/// <summary>An act for which a screen left open is not enough: who is inside proves anew who she is, unless she did so a moment ago
/// (OWASP ASVS 3.7.1).</summary>
public interface IAsksProof
{
    bool AsksProof => true;
}

/// <summary>How long a proof is good for: <c>Accounts:ProofMinutes</c>, from the sign-in or the last proof on. Machines and the platform itself
/// are not asked.</summary>
public sealed class FreshProof(ICurrentUser user, IConfiguration configuration, TimeProvider clock)
{
    internal const string Wanted = "proof-wanted";

    private readonly TimeSpan life = TimeSpan.FromMinutes(Math.Max(1, configuration.GetValue("Accounts:ProofMinutes", 15)));

    public bool IsThere => user.ProvedAt is not { } proved || clock.GetUtcNow().UtcDateTime - proved <= life;

    /// <exception cref="Refusal"><c>proof-wanted</c>, which a page turns into the question.</exception>
    public void Demand()
    {
        if (!IsThere)
            throw new Refusal(Wanted, "Per questo serve una nuova conferma della sua identità.") { Kind = RefusalKind.Forbidden };
    }
}

/// <summary>After the shape: who has to correct a field is not asked twice.</summary>
internal sealed class AskProof<TRequest, TResponse>(FreshProof proof) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IAsksProof
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request.AsksProof)
            proof.Demand();
        return next();
    }
}

/// <summary>Leads to the question and takes along what was typed: the browser sends the form there as it is, and from there back.</summary>
internal sealed class ProofDoor : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done is not { Exception: Refusal { Code: FreshProof.Wanted }, ExceptionHandled: false })
            return;
        var request = context.HttpContext.Request;
        // A file cannot be taken along: it is chosen again.
        var typed = HttpMethods.IsPost(request.Method) && request.HasFormContentType && request.Form.Files.Count == 0;
        done.ExceptionHandled = true;
        done.Result = new LocalRedirectResult("/proof?returnUrl=" + Uri.EscapeDataString(request.Path + request.QueryString), permanent: false, preserveMethod: typed);
    }
}
