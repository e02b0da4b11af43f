using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Module = Platform.BuildingBlocks.Module;

namespace Platform.Tests.Walls;

/// <summary>The modules, their types and their sources, as the walls look at them: whatever the host refers to,
/// so that a new module is behind the walls from its first day.</summary>
internal static class Rooms
{
    public static readonly Assembly BuildingBlocks = typeof(Module).Assembly;
    public static readonly Assembly Host = typeof(Platform.Host.Api).Assembly;

    /// <summary>The checkout.</summary>
    public static readonly string Root = FindRoot();

    /// <summary>The modules' own assemblies, without BuildingBlocks.</summary>
    public static IReadOnlyList<Module> All { get; } =
        [.. Host.GetReferencedAssemblies().Select(Assembly.Load)
            .SelectMany(a => a.GetTypes().Where(t => t.IsAssignableTo(typeof(Module)) && !t.IsAbstract))
            .Where(t => t.Assembly != BuildingBlocks)
            .Select(t => (Module)Activator.CreateInstance(t)!)
            .OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>With the modules that live in BuildingBlocks.</summary>
    public static IReadOnlyList<Module> WithBuildingBlocks { get; } =
        [.. BuildingBlocks.GetTypes().Where(t => t.IsAssignableTo(typeof(Module)) && !t.IsAbstract)
            .Select(t => (Module)Activator.CreateInstance(t)!), .. All];

    public static IReadOnlyList<Module> WithDb { get; } = [.. All.Where(m => m.Db is not null)];

    public static PermissionCatalogue Permissions { get; } = new(WithBuildingBlocks);

    public static EventCatalogue Events { get; } = new(WithBuildingBlocks);

    public static string Title(Module module) => Title(module.GetType().Assembly);

    public static string Title(Assembly assembly) => assembly.GetName().Name!.Replace("Platform.", "", StringComparison.Ordinal);

    /// <summary>Types that people wrote: not the compiler's, not Razor's.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetTypes().Where(t => !IsMade(t));

    public static IReadOnlyList<Type> Requests { get; } =
        [.. All.Select(m => m.GetType().Assembly).Append(BuildingBlocks).SelectMany(TypesOf)
            .Where(t => t is { IsAbstract: false, IsInterface: false } && AnswerOf(t) is not null)];

    public static IReadOnlyList<Type> Pages { get; } =
        [.. All.Select(m => m.GetType().Assembly).Append(BuildingBlocks).Append(Host).SelectMany(TypesOf)
            .Where(t => t.IsAssignableTo(typeof(PageModel)) && !t.IsAbstract)];

    public static IReadOnlyList<Type> Endpoints { get; } =
        [.. All.Select(m => m.GetType().Assembly).Append(BuildingBlocks).Append(Host).SelectMany(TypesOf)
            .Where(t => t.IsAssignableTo(typeof(IEndpoint)) && !t.IsInterface)];

    /// <summary>What a request is answered with; null when the type is no request.</summary>
    public static Type? AnswerOf(Type type) =>
        type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(MediatR.IRequest<>))
            ?.GetGenericArguments()[0];

    /// <summary>Of no installation.</summary>
    public static FieldKeys Keys { get; } = new([("wall", new byte[32])]);

    /// <summary>A module's context over an engine, outside any host.</summary>
    public static ModuleDb Open(Module module, IDatabaseEngine engine)
    {
        var options = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(module.Db!))!;
        engine.Use(options, module.Name);
        options.ConfigureWarnings(w => w.Ignore(Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning));
        var services = new ModuleDbServices(TimeProvider.System, new CurrentUser(Permissions), Events, new CourierBell(), Keys, engine);
        return (ModuleDb)Activator.CreateInstance(module.Db!, options.Options, services)!;
    }

    /// <summary>The sources under a folder of the checkout, build output left out.</summary>
    public static IEnumerable<string> Sources(string folder, params string[] endings)
    {
        var root = Path.Combine(Root, folder);
        return !Directory.Exists(root)
            ? []
            : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
                .Where(f => !Path.GetRelativePath(root, f).Split(Path.DirectorySeparatorChar)
                    .Any(part => part is "bin" or "obj" or "node_modules" or "lib"))
                .Order(StringComparer.Ordinal);
    }

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static bool IsMade(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.Namespace is null or "AspNetCoreGeneratedDocument" or "System.Text.RegularExpressions.Generated"
        || type.Namespace.StartsWith("System.", StringComparison.Ordinal)
        || type.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal)
        || (type.DeclaringType is { } outer && IsMade(outer));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests look at the checkout and must run inside it.");
    }
}
