using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks;

/// <summary>One room of the platform. The host knows a module by this class alone; everything else
/// in the module is internal or in its <c>Contracts</c>.</summary>
public abstract class Module
{
    /// <summary>Lower case, one word: the schema on the servers and the file's name on SQLite.</summary>
    public abstract string Name { get; }

    /// <summary>The module's <see cref="Persistence.ModuleDb"/>, or null if it keeps nothing.</summary>
    public virtual Type? Db => null;

    /// <summary>What one may be allowed to do here, and which roles are.</summary>
    public virtual IReadOnlyList<Permission> Permissions => [];

    /// <summary>Entries of the navigation bar; each is shown to those who hold its permission.</summary>
    public virtual IReadOnlyList<MenuEntry> Menu => [];

    /// <summary>Pages for citizens, at the foot of the pages of who is not signed in.</summary>
    public virtual IReadOnlyList<CitizenLink> ForCitizens => [];

    /// <summary>Commands of the command line (<c>-- import referti FILE</c>).</summary>
    public virtual IReadOnlyList<ConsoleCommand> ConsoleCommands => [];

    /// <summary>Services beyond handlers, validators, reactions, profiles, jobs, seeds and endpoints,
    /// which are found by scanning the module's assembly.</summary>
    public virtual void Add(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <summary>Endpoints that belong to no single use case.</summary>
    public virtual void Map(IEndpointRouteBuilder endpoints)
    {
    }
}

/// <summary>A verb of the command line. <paramref name="Words"/> such as "import referti"; the rest of
/// the line is handed to <paramref name="Run"/>, whose result is the process's exit code.</summary>
public sealed record ConsoleCommand(
    string Words, string Usage, Func<IServiceProvider, string[], CancellationToken, Task<int>> Run);

/// <summary>An API endpoint that stands beside its use case: found by scanning, mapped by the host.</summary>
public interface IEndpoint
{
    static abstract void Map(IEndpointRouteBuilder api);
}

/// <summary>A step of the demonstration's seeding, run once on an empty installation in demo mode,
/// through the use cases themselves.</summary>
public interface IDemoSeed
{
    /// <summary>Steps run in this order: 10 places and people, 20 facilities, 30 accounts, 40 examples.</summary>
    int Order { get; }

    string Title { get; }

    /// <param name="said">Takes a sentence on how far it is.</param>
    Task Seed(IProgress<string> said, CancellationToken cancellation);
}
