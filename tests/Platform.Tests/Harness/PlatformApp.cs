using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.Harness;

/// <summary>The real host over a database of its own. Nothing runs in the background: events are delivered by
/// <see cref="Drain"/>, time moves by <see cref="Clock"/>.</summary>
public sealed class PlatformApp : IAsyncDisposable
{
    public const string Password = "Prova-di-sistema-1";

    private readonly TestDatabase? database;
    private readonly Factory factory;

    private PlatformApp(TestDatabase? database, Factory factory)
    {
        (this.database, this.factory) = (database, factory);
    }

    public TestClock Clock => factory.Clock;

    /// <summary>Every line that was logged.</summary>
    public IReadOnlyCollection<string> Log => factory.Lines.All;

    public IServiceProvider Services => factory.Services;

    /// <summary>Where a real browser finds it, after <see cref="Listen"/>.</summary>
    public string Address { get; private set; } = "";

    public Region Region => Services.GetRequiredService<Region>();

    public IReadOnlyList<Module> Modules => [.. Services.GetServices<Module>()];

    /// <param name="settings">Beyond the harness's own: <c>("Demo:Enabled", "true")</c>.</param>
    public static async Task<PlatformApp> Start(Engine engine, params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.Copy(engine, async template =>
        {
            await using var once = new Factory(template.Settings, []);
            await once.Services.GetRequiredService<Migrator>().Run();
        });
        return new(database, new Factory(database.Settings, settings));
    }

    /// <summary>Another host over the same database, with settings of its own; it ends before this one.</summary>
    public PlatformApp Beside(params (string Key, string Value)[] settings) => new(null, new Factory(database!.Settings, settings));

    /// <summary>Answers on a real port of this machine, for a browser.</summary>
    public void Listen() => Listen(_ => { });

    /// <param name="more">Ports besides.</param>
    public void Listen(Action<KestrelServerOptions> more)
    {
        factory.UseKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            more(kestrel);
        });
        factory.StartServer();
        Address = factory.ClientOptions.BaseAddress.ToString().TrimEnd('/');
    }

    /// <summary>Sends a request through the pipeline, as somebody; as the platform itself when nobody is named.</summary>
    public async Task<TResult> Send<TResult>(IRequest<TResult> request, Identity? who = null)
    {
        await using var scope = Scope(who);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>A service scope in which that somebody acts.</summary>
    public AsyncServiceScope Scope(Identity? who = null)
    {
        var scope = Services.CreateAsyncScope();
        var user = scope.ServiceProvider.GetRequiredService<CurrentUser>();
        if (who is null)
            user.BecomePlatform();
        else
            user.Become(who, "203.0.113.7");
        return scope;
    }

    /// <summary>Delivers every event that is due, with all that follows from it.</summary>
    public Task Drain() => Services.GetRequiredService<Courier>().Drain();

    /// <summary>Looks at, or arranges, the rows of a module.</summary>
    public async Task<TResult> Db<TDb, TResult>(Func<TDb, Task<TResult>> look)
        where TDb : ModuleDb
    {
        await using var scope = Scope();
        return await look(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>A visitor with a cookie jar of her own.</summary>
    public Visitor Visitor(string language = "it")
    {
        var client = factory.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new(Address.Length > 0 ? Address : "http://localhost") });
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        return new(client);
    }

    /// <summary>A visitor whose cookie jar one can look into; over HTTPS.</summary>
    /// <param name="proxy">Stands between her and the host.</param>
    public Visitor Visitor(CookieContainer cookies, params DelegatingHandler[] proxy)
    {
        var client = factory.CreateDefaultClient(new Uri("https://localhost"), [new RedirectHandler(), new CookieContainerHandler(cookies), .. proxy]);
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("it"));
        return new(client);
    }

    /// <summary>A visitor who has signed in, with an account that holds what the identity holds.</summary>
    public async Task<Visitor> SignedIn(Identity who, string language = "it")
    {
        var userName = who.DisplayName.ToLowerInvariant().Replace(' ', '.');
        await Send(new CreateAccount(userName, Password, who.DisplayName, userName + "@example.org", language, who.Assignments));
        var visitor = Visitor(language);
        await visitor.SignIn(userName, Password);
        return visitor;
    }

    /// <summary>A laboratory's system with a key of its own.</summary>
    public async Task<HttpClient> LabSystem(string lab)
    {
        var client = await Send(new CreateApiClient($"LIS {lab} {Guid.CreateVersion7():N}", [new(Role.LabImport, new(ScopeKind.Lab, lab))], null));
        var http = factory.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", client.Key);
        return http;
    }

    public HttpClient Anonymous() => factory.CreateClient();

    /// <summary>Closes it, and looks through all that it logged for people's data.</summary>
    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        PersonalData.Refuse(Log);
    }

    private sealed class Factory(IEnumerable<KeyValuePair<string, string>> database, (string Key, string Value)[] settings)
        : WebApplicationFactory<Program>
    {
        public TestClock Clock { get; } = new();
        public CapturedLog Lines { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Testing");
            builder.UseSetting("Background:Enabled", "false");
            builder.UseSetting("Database:MigrateAtStart", "false");
            builder.UseSetting("Accounts:PasswordIterations", "1000");
            builder.UseSetting("Accounts:SecondFactor", "Optional");
            builder.UseSetting("Privacy:Keys:1", Convert.ToBase64String(new byte[32]));
            builder.UseSetting("Serilog:WriteTo:Console:Name", "");
            foreach (var (key, value) in database)
                builder.UseSetting(key, value);
            foreach (var (key, value) in settings)
                builder.UseSetting(key, value);
            // As appsettings.json has it for the log of an installation.
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Debug)
                .AddFilter<CapturedLog>("Microsoft", LogLevel.Warning).AddFilter<CapturedLog>("System", LogLevel.Warning));
            builder.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
                services.AddSingleton<ILoggerProvider>(Lines);
            });
        }
    }
}

/// <summary>Keeps what is logged, so that a test can look for what must not be there. The framework's own lines
/// are kept from Warning on, as the settings say; ours all.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> All => lines;

    public ILogger CreateLogger(string categoryName) =>
        new Pen(this, categoryName.StartsWith("Platform.", StringComparison.Ordinal) || categoryName == "Microsoft.Hosting.Lifetime" ? LogLevel.Trace : LogLevel.Warning);

    public void Dispose()
    {
    }

    private sealed class Pen(CapturedLog log, LogLevel from) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
        }
    }
}
