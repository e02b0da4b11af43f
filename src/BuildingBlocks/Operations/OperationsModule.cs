using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.Operations;

/// <summary>What the team that runs the installation needs to see: deliveries that failed, jobs and their runs.</summary>
public sealed class OperationsModule : Module
{
    public override string Name => "operations";

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Diagnosi", "/operations", PlatformPermissions.Operate, 89) { Group = "Sistema" },
        new("Consegne", "/operations/deliveries", PlatformPermissions.Operate, 90) { Group = "Sistema" },
        new("Attività pianificate", "/operations/jobs", PlatformPermissions.Operate, 91) { Group = "Sistema" },
    ];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands => [Reencrypt.Command];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<Diagnosis>();
        services.AddScoped<IDiagnostic, ModuleDiagnostic>().AddScoped<IDiagnostic, JobDiagnostic>().AddScoped<IDiagnostic, HostDiagnostic>();
    }
}
