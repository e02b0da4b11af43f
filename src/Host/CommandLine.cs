using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Host;

/// <summary>What the host was asked to do: <c>serve</c> (also when nothing is said), <c>migrate</c>, <c>seed</c>,
/// or one of the modules' commands such as <c>import referti FILE</c>.</summary>
internal sealed class CommandLine
{
    private const int WrongUsage = 2;

    private readonly string verb;
    private readonly ConsoleCommand? command;
    private readonly string[] rest;
    private readonly IReadOnlyList<Module> modules;

    private CommandLine(string verb, ConsoleCommand? command, string[] rest, IReadOnlyList<Module> modules)
    {
        (this.verb, this.command, this.rest, this.modules) = (verb, command, rest, modules);
    }

    public bool Serves => verb == "serve";

    /// <summary>Settings in the host's own form (<c>--Database:Provider=PostgreSql</c>) are handed on;
    /// a command's own options (<c>--lab CODE</c>) are not.</summary>
    public string[] HostArguments => command is null ? rest : [.. rest.Where(a => a.StartsWith("--", StringComparison.Ordinal) && a.Contains(':', StringComparison.Ordinal) && a.Contains('=', StringComparison.Ordinal))];

    public static CommandLine Read(string[] args, IReadOnlyList<Module> modules)
    {
        if (args.Length == 0 || args[0].StartsWith('-'))
            return new("serve", null, args, modules);
        var commands = modules.SelectMany(m => m.ConsoleCommands).ToList();
        var words = string.Join(' ', args.TakeWhile(a => !a.StartsWith('-')));
        var found = commands.Where(c => (words + " ").StartsWith(c.Words + " ", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(c => c.Words.Length).FirstOrDefault();
        return found is not null
            ? new(found.Words, found, args[found.Words.Split(' ').Length..], modules)
            : new(args[0], null, args[1..], modules);
    }

    public async Task<int> Run(WebApplication app)
    {
        switch (verb)
        {
            case "serve":
                if (app.Configuration.GetValue("Database:MigrateAtStart", true))
                    await app.Services.GetRequiredService<Migrator>().Run();
                await app.PrepareDemo();
                app.Lifetime.ApplicationStarted.Register(() => app.Welcome());
                await app.RunAsync();
                return 0;
            case "migrate":
                await app.Services.GetRequiredService<Migrator>().Run();
                return 0;
            case "seed":
                await app.Services.GetRequiredService<Migrator>().Run();
                return await app.SeedDemo();
            default:
                if (command is null)
                    return Explain();
                await app.Services.GetRequiredService<Migrator>().Run();
                await using (var scope = app.Services.CreateAsyncScope())
                {
                    scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform();
                    var arguments = rest.Where(a => !HostArguments.Contains(a)).Select(a => AsTyped(app.Environment, a)).ToArray();
                    var ended = await command.Run(scope.ServiceProvider, arguments, app.Lifetime.ApplicationStopping);
                    // What the command told is delivered before it ends, also where no host is running.
                    if (app.Configuration.GetValue("Background:Enabled", true))
                        await app.Services.GetRequiredService<Courier>().Drain(app.Lifetime.ApplicationStopping);
                    return ended;
                }
        }
    }

    // "dotnet run --project" starts in the project's folder; a path was typed in the shell's.
    private static string AsTyped(IHostEnvironment environment, string argument)
    {
        if (argument.StartsWith('-') || File.Exists(argument))
            return argument;
        string[] folders = [Environment.GetEnvironmentVariable("PWD") ?? "", HomeFolder.Of(environment)];
        return folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, argument)).FirstOrDefault(File.Exists) ?? argument;
    }

    private int Explain()
    {
        Console.Error.WriteLine($"Unknown command: {verb}. What there is:");
        Console.Error.WriteLine("  serve                    run the platform (also when nothing is said)");
        Console.Error.WriteLine("  migrate                  bring the databases to the present");
        Console.Error.WriteLine("  seed                     fill an empty demonstration");
        foreach (var known in modules.SelectMany(m => m.ConsoleCommands).OrderBy(c => c.Words, StringComparer.Ordinal))
            Console.Error.WriteLine($"  {known.Usage}");
        return WrongUsage;
    }
}
