using Microsoft.Extensions.DependencyInjection;

namespace Platform.BuildingBlocks.Imports;

/// <summary>The imports of all modules, found by scanning.</summary>
public sealed class ImportCatalogue(IEnumerable<Module> modules)
{
    private readonly Dictionary<string, Type[]> byModule = modules.ToDictionary(m => m.Name, m => TypesIn(m).ToArray());

    internal static IEnumerable<Type> TypesIn(Module module) => module.Db is null
        ? [] : module.GetType().Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(StagedImport)) && !t.IsAbstract);

    public StagedImport Find(IServiceProvider services, string module, string name) =>
        byModule[module].Select(t => (StagedImport)services.GetRequiredService(t)).FirstOrDefault(i => i.Name == name)
            ?? throw new InvalidOperationException($"{module} has no import {name} any more.");
}
