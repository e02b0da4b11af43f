using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs;

/// <summary>Antigen tests where people are: pharmacies, doctors, schools, hubs.</summary>
public sealed class QuickSwabsModule : Module
{
    public override string Name => "quickswabs";
    public override Type? Db => typeof(QuickSwabsDb);

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
    }
}
