using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;

namespace Platform.Tests.BuildingBlocks;

/// <summary>A room of the tests' own, on the real building blocks: it writes notes, tells of each, and reacts
/// to what it told, as often as it is made to fail.</summary>
public sealed class RoomModule : Module
{
    public override string Name => "room";
    public override Type? Db => typeof(RoomDb);
    public override IReadOnlyList<Permission> Permissions => [new("room.read", Role.Sisp), new("room.write", Role.Sisp, Role.Gp)];
}

public sealed class Note : IVersioned, IOfPatient
{
    public Guid Id { get; init; }
    public string Text { get; set; } = "";
    public string? Asl { get; init; }
    public Guid? WrittenBy { get; init; }
    public Guid? PatientId { get; init; }
    public int Version { get; set; }
    public Guid? PatientOfRow => PatientId;
}

public sealed class RoomDb(DbContextOptions<RoomDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public override string Schema => "room";
    public DbSet<Note> Notes => Set<Note>();

    protected override void Tables(ModelBuilder model) => model.Entity<Note>(note =>
    {
        note.ToTable("notes");
        note.Property(n => n.Text).HasMaxLength(80);
        note.Property(n => n.Asl).HasMaxLength(6);
        note.HasIndex(n => n.Text).IsUnique();
    });
}

public sealed record NoteWritten(Guid Id, string Text) : IEvent;

/// <summary>Writes an echo of the note, unless it is told to fail first.</summary>
public sealed class WhenNoteWritten(RoomDb db, Trouble trouble) : IReaction<NoteWritten>
{
    public async Task React(Told<NoteWritten> told, CancellationToken cancellation)
    {
        if (told.Event.Text.StartsWith("echo", StringComparison.Ordinal) || told.Event.Text == "silent")
            return;
        db.Notes.Add(new Note { Id = Guid.CreateVersion7(), Text = "echo of " + told.Event.Text });
        if (trouble.Failures-- > 0)
            throw new InvalidOperationException("trouble");
        await db.SaveChangesAsync(cancellation);
        if (trouble.FailuresAfterSave-- > 0)
            throw new InvalidOperationException("trouble after the save");
    }
}

public sealed record NoteShared(string Text) : IEvent;

/// <summary>Copies the notes of a group in one save, unless one of them is to fail.</summary>
public sealed class WhenNotesShared(RoomDb db, Trouble trouble) : IGroupReaction<NoteShared>
{
    public async Task React(IReadOnlyList<Told<NoteShared>> told, CancellationToken cancellation)
    {
        trouble.Groups.Add(told.Count);
        db.Notes.AddRange(told.Select(t => new Note { Id = Guid.CreateVersion7(), Text = "copy of " + t.Event.Text }));
        if (told.Any(t => t.Event.Text == trouble.Poison))
            throw new InvalidOperationException("poison");
        await db.SaveChangesAsync(cancellation);
        if (trouble.FailuresAfterSave-- > 0)
            throw new InvalidOperationException("trouble after the save");
    }
}

public sealed class Trouble
{
    public List<int> Groups { get; } = [];
    public string? Poison { get; set; }
    public int Failures { get; set; }
    public int FailuresAfterSave { get; set; }
}

[Requires("room.read")]
public sealed record NotesOf(string? Text) : IQuery<NotesAnswer>
{
    public sealed class Handler(RoomDb db, ICurrentUser user) : IRequestHandler<NotesOf, NotesAnswer>
    {
        public static readonly ScopeRule<Note> Rule =
            new ScopeRule<Note>().By(ScopeKind.Asl, n => n.Asl).ByActor(n => n.WrittenBy);

        public async Task<NotesAnswer> Handle(NotesOf request, CancellationToken cancellationToken) =>
            new(await db.Notes.AsNoTracking().Within(Rule, user, "room.read").OrderBy(n => n.Text).ToListAsync(cancellationToken));
    }
}

public sealed record NotesAnswer(IReadOnlyList<Note> Notes) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Notes.Where(n => n.PatientId is not null).Select(n => n.PatientId!.Value);
}

/// <summary>The building blocks with that one room, on an engine.</summary>
public sealed class RoomHost(ServiceProvider services, TestDatabase database, TestClock clock) : IAsyncDisposable
{
    public ServiceProvider Services { get; } = services;
    public TestClock Clock { get; } = clock;
    public Trouble Trouble => Services.GetRequiredService<Trouble>();
    public Courier Courier => Services.GetRequiredService<Courier>();

    private static readonly Lazy<Region> Pack = new(() => RegionPack.Read(Path.Combine(Walls.Documents.Root, "regions", "piemonte")));

    public static async Task<RoomHost> Start(Engine engine)
    {
        var database = await TestDatabase.Empty(engine);
        var settings = database.Settings.ToDictionary(s => s.Key, s => (string?)s.Value);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        IDatabaseEngine chosen = engine == Engine.Sqlite
            ? new SqliteEngine(settings["Database:Folder"]!)
            : new PostgreSqlEngine(settings["ConnectionStrings:Platform"]!);
        var clock = new TestClock();
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddSingleton<Trouble>().AddSingleton<IConfiguration>(configuration).AddSingleton(Pack.Value)
            .AddSingleton(Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Testing", ContentRootPath = TestDatabase.Folder }).Environment)
            .AddModules(configuration, chosen, [new RoomModule()]).BuildServiceProvider(validateScopes: true);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RoomDb>();
        await chosen.Prepare(db, default);
        await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript().Replace("{", "{{", StringComparison.Ordinal));
        return new(services, database, clock);
    }

    public async Task<TResult> Do<TResult>(Func<RoomDb, Task<TResult>> work, Identity? who = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var user = scope.ServiceProvider.GetRequiredService<CurrentUser>();
        if (who is null)
            user.BecomePlatform();
        else
            user.Become(who, "203.0.113.7");
        return await work(scope.ServiceProvider.GetRequiredService<RoomDb>());
    }

    public Task Write(string text, Identity? who = null, Guid? patient = null, string? asl = null) => Do(async db =>
    {
        var note = new Note { Id = Guid.CreateVersion7(), Text = text, PatientId = patient, Asl = asl, WrittenBy = who?.Id };
        db.Notes.Add(note);
        db.Tell(new NoteWritten(note.Id, text));
        return await db.SaveChangesAsync();
    }, who);

    /// <summary>Told by one save.</summary>
    public Task Share(Identity? who, params string[] texts) => Do(async db =>
    {
        foreach (var text in texts)
            db.Tell(new NoteShared(text));
        return await db.SaveChangesAsync();
    }, who);

    public async Task<TResult> Send<TResult>(IRequest<TResult> request, Identity who)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(who, "203.0.113.7");
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await database.DisposeAsync();
    }
}
