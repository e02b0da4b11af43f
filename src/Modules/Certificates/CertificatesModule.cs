using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Certificates.Collection;
using Platform.Certificates.Downloads;
using Platform.Certificates.Hcert;
using Platform.Certificates.Issuing;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;

namespace Platform.Certificates;

/// <summary>EU Digital COVID Certificates: issued, revoked, verified.</summary>
public sealed class CertificatesModule : Module
{
    /// <summary>A person's certificates.</summary>
    internal const string Read = "certificates.read";

    /// <summary>To revoke them and have them issued anew.</summary>
    internal const string Manage = "certificates.manage";

    public override string Name => "certificates";
    public override Type? Db => typeof(CertificatesDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(Read, Role.Gp, Role.Paediatrician, Role.Sisp, Role.VaccinationOperator) { ShowsOpened = true },
        new(Manage, Role.Sisp, Role.VaccinationOperator),
    ];

    public override IReadOnlyList<MenuEntry> Menu => [new("Certificazioni verdi", "/certificates", Read, 50)];

    public override IReadOnlyList<CitizenLink> ForCitizens =>
    [
        new("Ritira la certificazione verde", FetchCertificatePage.Address, 40),
        new("Verifica di una certificazione verde", "/verify-certificate", 41),
    ];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands =>
    [
        new("certificates issue", "certificates issue       issue the certificates that are due now", async (services, _, cancellation) =>
        {
            var done = await services.GetRequiredService<IMediator>().Send(new IssueDue(), cancellation);
            Console.WriteLine($"{done.Issued} certificates issued, {done.Waiting} wait");
            return 0;
        }),
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<Issuer>();
        services.AddSingleton<HealthCards>().AddSingleton<CertificateFiles>();
        services.AddScoped<ITimelineSource, CertificateTimeline>().AddScoped<IPatientAction, SeeCertificates>().AddScoped<IForgets, CertificatesForgotten>();
        services.AddScoped<ICitizenAction, MyCertificatesLink>();
        services.AddHcert();
    }

    /// <summary>Where the framework of SMART Health Cards has who checks one look for the issuer's key.</summary>
    public override void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/.well-known/jwks.json", (HealthCards cards, HttpContext context) =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return Results.Text(cards.KeySet().ToJsonString(), "application/json");
        }).AllowAnonymous().ExcludeFromDescription();
}
