using System.Diagnostics;
using System.Security.Claims;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;

namespace Platform.Referti.Collection;

/// <summary>A citizen who has signed in with her digital identity: a sealed cookie for some minutes, for the pages under /ritiro and for
/// nothing else. There is no account behind it, and an operator's session is another thing.</summary>
internal static class CitizenSession
{
    public const string Scheme = "citizen";
    public const string Path = "/ritiro";
    public const string CookieName = "platform-citizen";

    private const string PatientClaim = "patient";
    private const string ForClaim = "for";
    private const string SessionClaim = "session";

    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        SessionCookie.Configure(cookie, CookieName, Idle, Longest);
        cookie.Cookie.Path = Path;
    }

    /// <param name="patient">Null when the registry does not know her.</param>
    /// <param name="actsFor">Somebody whom she represents; null for herself.</param>
    /// <param name="session">The one that goes on; null for a new one.</param>
    public static async Task Open(HttpContext context, Guid? patient, Guid? actsFor, DateTimeOffset since, Guid? session = null)
    {
        if (session is null)
        {
            session = Guid.CreateVersion7(since);
            var db = context.RequestServices.GetRequiredService<RefertiDb>();
            db.CitizenSessions.Add(new() { Id = session.Value, OpenedAt = since.UtcDateTime });
            await db.SaveChangesAsync(context.RequestAborted);
        }

        await context.SignInAsync(Scheme, new(new ClaimsIdentity(
        [
            new(PatientClaim, patient?.ToString() ?? ""), new(ForClaim, actsFor?.ToString() ?? ""),
            new(SessionClaim, session.Value.ToString()), SessionCookie.Since(since),
        ], Scheme)));
    }

    /// <summary>Over on every host, for every copy of the cookie.</summary>
    public static async Task Close(HttpContext context, Citizen citizen)
    {
        await context.RequestServices.GetRequiredService<RefertiDb>().CitizenSessions.Where(s => s.Id == citizen.Session).ExecuteDeleteAsync(context.RequestAborted);
        await context.SignOutAsync(Scheme);
    }

    /// <returns>False when nobody has signed in.</returns>
    public static async Task<bool> Read(HttpContext context, Citizen citizen)
    {
        if (await context.AuthenticateAsync(Scheme) is not { Succeeded: true, Principal: var who }
            || !Guid.TryParse(who.FindFirstValue(SessionClaim), out var session)
            || !await context.RequestServices.GetRequiredService<RefertiDb>().CitizenSessions.AnyAsync(s => s.Id == session, context.RequestAborted))
        {
            return false;
        }

        citizen.Become(
            Guid.TryParse(who.FindFirstValue(PatientClaim), out var patient) ? patient : null, Guid.TryParse(who.FindFirstValue(ForClaim), out var other) ? other : null,
            session, SessionCookie.SinceOf(who)!.Value, context.Connection.RemoteIpAddress?.ToString());
        return true;
    }
}

/// <summary>As long as the row is there the cookie opens: it says nothing of who she is.</summary>
internal sealed class OpenCitizenSession
{
    public required Guid Id { get; init; }
    public required DateTime OpenedAt { get; init; }
}

/// <summary>The citizen of this request, set at the door of her pages.</summary>
internal sealed class Citizen(IMediator mediator)
{
    private bool signedIn;

    /// <summary>Of the registry; null when it does not know her.</summary>
    public Guid? PatientId { get; private set; }

    public Guid? ActsFor { get; private set; }

    public Guid Session { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public string? Address { get; private set; }

    public void Become(Guid? patient, Guid? actsFor, Guid session, DateTimeOffset since, string? address) =>
        (signedIn, PatientId, ActsFor, Session, Since, Address) = (true, patient, actsFor, session, since, address);

    /// <summary>Whose reports she looks at, and for whom she may today: a tie that has ended gives nothing from this moment.</summary>
    public async Task<Sight> Sight(CancellationToken cancellation)
    {
        if (!signedIn)
            throw Refusal.Forbidden();
        var self = PatientId is { } id ? await mediator.Send(new PatientById(id), cancellation) : null;
        var others = self is null ? [] : await mediator.Send(new PeopleActedForBy(self.Id), cancellation);
        return new(self, others.FirstOrDefault(o => o.Id == ActsFor) ?? self, others);
    }

    /// <summary>A line in the audit, with who looked: the id that she has in the registry, since she has no account.</summary>
    public async Task Looked(RefertiDb db, string what, Sight sight, CancellationToken cancellation)
    {
        if (sight is not { Self: { } self, Whose: { } whose })
            return;
        db.Tell(new PersonDataTouched("read", what, [whose.Id], [], $"citizen {self.Id}", Address, Activity.Current?.TraceId.ToString()));
        await db.SaveChangesAsync(cancellation);
    }
}

/// <param name="Self">Who signed in; null when the registry does not know her.</param>
/// <param name="Whose">Herself, or whom she acts for.</param>
/// <param name="Others">All whom she may act for today.</param>
internal sealed record Sight(PatientSummary? Self, PatientSummary? Whose, IReadOnlyList<PatientSummary> Others)
{
    /// <summary>Null when she looks for herself.</summary>
    public PatientSummary? Other => Whose == Self ? null : Whose;
}

/// <summary>The same citizen, for the pages of other modules.</summary>
internal sealed class SignedInCitizen(Citizen citizen) : ISignedInCitizen
{
    public Task<bool> Enter(HttpContext context) => CitizenSession.Read(context, citizen);

    public async Task<CitizenSight> Sight(CancellationToken cancellation)
    {
        var sight = await citizen.Sight(cancellation);
        return new(sight.Self, sight.Whose, citizen.Address);
    }
}

/// <summary>A page for a citizen who has signed in; anybody else is shown the way in.</summary>
internal abstract class CitizenPage : PlatformPage
{
    protected Citizen Citizen => HttpContext.RequestServices.GetRequiredService<Citizen>();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await CitizenSession.Read(HttpContext, Citizen))
        {
            await next();
            return;
        }

        if (Request.Cookies.Keys.Any(name => name.EndsWith(CitizenSession.CookieName, StringComparison.Ordinal)))
            TempData["Refused"] = T["La sessione è finita: acceda di nuovo."].Value;
        context.Result = new LocalRedirectResult(CitizenSession.Path);
    }
}

/// <summary>The way in from SPID and CIE. Whom the registry does not know comes in like everybody else, and finds no reports.</summary>
internal sealed class CitizenEntrance(IMediator mediator, IConfiguration configuration, TimeProvider clock) : IExternalEntrance
{
    public const string Entrance = "referti";

    public string Name => Entrance;

    public AssuranceLevel Least { get; } = configuration.GetValue("Referti:ExternalSignInLevel", AssuranceLevel.L2);

    public string Door(string? returnTo) => CitizenSession.Path;

    public async Task<string> Enter(HttpContext context, ExternalPerson person, string? returnTo)
    {
        var patient = await mediator.Send(new PatientOfFiscalCode(person.FiscalCode), context.RequestAborted);
        await CitizenSession.Open(context, patient?.Id, null, clock.GetUtcNow());
        return MyReportsPage.Address;
    }
}
