using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Contracts;

namespace Platform.Host;

/// <summary>The demonstration: a region of fictitious people, filled through the use cases on the first start.
/// Production refuses it.</summary>
internal static class Demo
{
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsProduction() && configuration["Accounts:SecondFactor"] is { } rule && rule.Equals("Optional", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException("Accounts:SecondFactor is Optional in the Production environment: who sees health data must have a second factor. Set it to Compulsory.");
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

    /// <summary>Says where the platform answers and, in demo mode only, with which accounts and which key.</summary>
    public static void Welcome(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        if (!app.Configuration.GetValue<bool>("Demo:Enabled"))
        {
            Console.WriteLine($"Ready: {address}");
            return;
        }

        var cast = app.Services.GetRequiredService<DemoCast>();
        var names = app.Services.GetRequiredService<ScopeNames>();
        Console.WriteLine();
        Console.WriteLine($"Ready: {address}");
        Console.WriteLine();
        Console.WriteLine("Demonstration with fictitious people. One account for each role:");
        Console.WriteLine($"  {"user name",-16}{"password",-16}role and scope");
        foreach (var account in cast.Accounts)
            Console.WriteLine($"  {account.UserName,-16}{DemoCast.Password,-16}{names.Of(account.Role)}, {names.Of(account.Scope)}");
        Console.WriteLine();
        Console.WriteLine($"API key of {DemoCast.ClientName} ({names.Of(cast.ClientAssignment.Scope)}):");
        Console.WriteLine($"  {cast.ApiKey}");
        Console.WriteLine($"  curl -H 'Authorization: Bearer {cast.ApiKey}' {address}/api/v1/me");
        Console.WriteLine($"  curl -H 'Authorization: Bearer {cast.ApiKey}' -H 'Content-Type: application/hl7-v2' --data-binary @FILE {address}/api/v1/referti/messages");
        Console.WriteLine();
    }

    // Progress<T> posts to the pool and would come out of order.
    private sealed class Said(Action<string> say) : IProgress<string>
    {
        public void Report(string value) => say(value);
    }
}
