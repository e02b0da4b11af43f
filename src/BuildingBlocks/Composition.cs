using System.Reflection;
using AutoMapper;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.BuildingBlocks;

/// <summary>Puts the modules together: what they declare is found by scanning, once, at the start.</summary>
public static class Composition
{
    public static IServiceCollection AddModules(
        this IServiceCollection services, IConfiguration configuration, IDatabaseEngine engine, IReadOnlyList<Module> modules)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(engine);
        services.AddSingleton<EventCatalogue>().AddSingleton<CourierBell>().AddSingleton<Courier>().AddSingleton<Migrator>().AddSingleton<JobRunner>();
        services.AddSingleton<PermissionCatalogue>().AddSingleton<ScopeNames>().AddSingleton<ModuleOfType>().AddSingleton<RingAfterCommit>();
        services.AddSingleton<Documents.Seal>();
        services.AddSingleton<Texts>().AddSingleton<IStringLocalizer>(s => s.GetRequiredService<Texts>());
        services.AddScoped<CurrentUser>().AddScoped<ICurrentUser>(s => s.GetRequiredService<CurrentUser>());
        services.AddSingleton(s => Privacy.FieldKeys.Of(s.GetRequiredService<IConfiguration>(), s.GetRequiredService<IHostEnvironment>(), s.GetRequiredService<ILogger<Privacy.FieldKeys>>()));
        services.AddScoped<ModuleDbServices>();
        services.AddSingleton<CollectionGuard>().AddSingleton<CollectionTickets>();
        services.AddSingleton<ImportCatalogue>().AddSingleton<ImportRun>().AddSingleton<ImportConsole>().AddScoped(typeof(ImportDesk<>)).AddSingleton<Lists.ExportPace>().AddSingleton<VirusScanner>().AddSingleton<Uploads>();

        services.AddScoped<Privacy.HeldOnPerson>().AddScoped<Privacy.IForgets, Privacy.DeliveredEvents>().AddScoped<Privacy.Forgetting>().AddScoped<Privacy.StillNamed>();

        services.AddScoped<ServiceFactory>(s => s.GetService!);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Trace<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Authorise<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Validate<,>));
        services.AddScoped<FreshProof>().AddScoped(typeof(IPipelineBehavior<,>), typeof(AskProof<,>)).AddSingleton<FormPace>().AddScoped(typeof(IPipelineBehavior<,>), typeof(KeepPace<,>));
        services.AddScoped<HiddenFields>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(HideFields<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuditReads<,>));

        foreach (var module in modules)
        {
            services.AddSingleton(module);
            Scan(services, module.GetType().Assembly);
            if (module.Db is not null)
                AddDb.MakeGenericMethod(module.Db).Invoke(null, [services, engine, module]);
            AddImports(services, module);
            module.Add(services, configuration);
        }

        services.AddSingleton<AutoMapper.IConfigurationProvider>(_ => new MapperConfiguration(map =>
        {
            foreach (var profile in modules.SelectMany(m => m.GetType().Assembly.GetTypes())
                .Where(t => t.IsAssignableTo(typeof(Profile)) && !t.IsAbstract))
            {
                map.AddProfile((Profile)Activator.CreateInstance(profile, nonPublic: true)!);
            }
        }));
        return services;
    }

    /// <summary>Maps the endpoints that stand beside the use cases, under <c>/api/v1</c>.</summary>
    public static void MapModules(this IEndpointRouteBuilder endpoints, IEndpointRouteBuilder api, IEnumerable<Module> modules)
    {
        foreach (var module in modules)
        {
            foreach (var type in module.GetType().Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IEndpoint)) && !t.IsInterface))
                type.GetMethod(nameof(IEndpoint.Map), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [api]);
            module.Map(endpoints);
        }
    }

    private static readonly MethodInfo AddDb = typeof(Composition).GetMethod(nameof(AddModuleDb), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static void AddModuleDb<TDb>(IServiceCollection services, IDatabaseEngine engine, Module module)
        where TDb : ModuleDb =>
        services.AddDbContext<TDb>(
            (provider, options) =>
        {
            engine.Use(options, module.Name);
            options.AddInterceptors(provider.GetRequiredService<RingAfterCommit>());
            options.ReplaceService<IModelCacheKeyFactory, ModelOfKeys>();
            // The migrations are written by hand, without snapshot; a wall test compares them with the model.
            // A failed save is told by whoever meets it, by its kind alone: the servers' own words may quote the row
            // ("the duplicate key value is …").
            // A count up to a limit needs no order.
            options.ConfigureWarnings(w => w.Ignore(
                RelationalEventId.PendingModelChangesWarning, CoreEventId.SaveChangesFailed, CoreEventId.RowLimitingOperationWithoutOrderByWarning));
        },
            ServiceLifetime.Scoped,
            // The same for every request: made once.
            ServiceLifetime.Singleton);

    // A module that takes files in does no more than declare them.
    private static void AddImports(IServiceCollection services, Module module)
    {
        var imports = ImportCatalogue.TypesIn(module).ToList();
        foreach (var import in imports)
            services.AddScoped(import);
        if (imports.Count == 0)
            return;
        services.AddScoped(typeof(Privacy.IForgets), typeof(RefusedRows<>).MakeGenericType(module.Db!));
    }

    private static void Scan(IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var door in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                var shape = door.GetGenericTypeDefinition();
                if (shape == typeof(IRequestHandler<,>))
                    services.AddScoped(door, type);
                else if (shape == typeof(IValidator<>))
                    services.AddSingleton(door, type);
            }

            if (type.IsAssignableTo(typeof(IDemoSeed)))
                services.AddScoped(typeof(IDemoSeed), type);
            if (type.IsAssignableTo(typeof(IScheduledJob)) && !type.IsGenericType)
                services.AddScoped(type).AddSingleton(new JobEntry(type));
        }
    }
}
