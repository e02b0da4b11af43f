using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;

namespace Platform.Schools;

/// <summary>Schools, their classes and people; cases in classes, what is decided on them, and what families are told.</summary>
public sealed class SchoolsModule : Module
{
    public override string Name => "schools";
    public override Type? Db => typeof(SchoolsDb);

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
    }
}
