using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Host;

/// <summary>The demonstration: a region of fictitious people, filled through the use cases on the first start.
/// Production refuses it.</summary>
internal static class Demo
{
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (!configuration.GetValue<bool>("Demo:Enabled"))
            return services;
        if (environment.IsProduction())
            throw new InvalidOperationException("Demo:Enabled is true in the Production environment: the demonstration's accounts have known passwords. Set it to false.");
        return services;
    }

    public static async Task PrepareDemo(this WebApplication app)
    {
        if (app.Configuration.GetValue<bool>("Demo:Enabled"))
            await app.SeedDemo();
    }

    /// <summary>Runs the steps in their order; each leaves alone what is already there.</summary>
    public static async Task<int> SeedDemo(this WebApplication app)
    {
        if (!app.Configuration.GetValue<bool>("Demo:Enabled"))
        {
            Console.Error.WriteLine("The demonstration is switched off (Demo:Enabled).");
            return 2;
        }

        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform();
        foreach (var step in scope.ServiceProvider.GetServices<IDemoSeed>().OrderBy(s => s.Order))
            await step.Seed(new Said(text => Console.WriteLine($"  {step.Title}: {text}")), app.Lifetime.ApplicationStopping);
        await app.Services.GetRequiredService<Courier>().Drain(app.Lifetime.ApplicationStopping);
        return 0;
    }

    public static void Welcome(this WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Console.WriteLine($"Ready: {string.Join(", ", addresses)}");
    }

    // Progress<T> posts to the pool and would come out of order.
    private sealed class Said(Action<string> say) : IProgress<string>
    {
        public void Report(string value) => say(value);
    }
}
