using MediatR;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.Security;

/// <summary>A form that sends a mail, makes an account or registers somebody: no person fills it in many times a minute, and a script in her browser
/// must not either (OWASP ASVS 11.1.2).</summary>
public interface IPaced;

/// <summary>So many times a minute for each person and form (<c>RateLimit:FormsPerMinute</c>, 0 for none). Machines have their own limit.</summary>
public sealed class FormPace(IConfiguration configuration, TimeProvider clock)
{
    private const int Generous = 30;

    private readonly CountedWindow window = new(configuration.GetValue("RateLimit:FormsPerMinute", Generous), clock);

    /// <exception cref="Refusal"><c>too-fast</c>; the page keeps what was typed.</exception>
    public void Take(ICurrentUser user, string form)
    {
        if (user.ProvedAt is not null && !window.IsOff && !window.Take($"{user.Id} {form}").Allowed)
            throw new Refusal("too-fast", "Ha inviato questo modulo {0} volte in un minuto: attenda un momento e riprovi, ciò che ha scritto resta qui.", window.Limit) { Kind = RefusalKind.Unprocessable };
    }
}

internal sealed class KeepPace<TRequest, TResponse>(ICurrentUser user, FormPace pace) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IPaced
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        pace.Take(user, typeof(TRequest).Name);
        return next();
    }
}
