using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Security;
using Platform.Certificates.Hcert;

namespace Platform.Certificates;

/// <summary>EU Digital COVID Certificates: issued, revoked, verified.</summary>
public sealed class CertificatesModule : Module
{
    public override string Name => "certificates";
    public override Type? Db => typeof(CertificatesDb);

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddHcert();
    }
}
