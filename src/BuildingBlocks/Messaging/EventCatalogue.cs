using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.BuildingBlocks.Imports;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>Who reacts to what, found by scanning the modules once.</summary>
public sealed class EventCatalogue
{
    /// <summary>How events are written in the outbox.</summary>
    public static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly Dictionary<string, EventDoor> doors = new(StringComparer.Ordinal);
    private readonly List<ReactionEntry> reactions = [];

    public EventCatalogue(IEnumerable<Module> modules)
    {
        foreach (var module in modules)
        {
            if (ImportCatalogue.TypesIn(module).Any())
            {
                AddDoor(typeof(ImportBatchStaged));
                reactions.Add(new(typeof(ImportBatchStaged), typeof(WhenImportBatchStaged<>).MakeGenericType(module.Db!), module, InGroups: false));
            }

            foreach (var type in module.GetType().Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
            {
                if (type.IsAssignableTo(typeof(IEvent)))
                    AddDoor(type);
                foreach (var reaction in type.GetInterfaces().Where(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IReaction<>) || i.GetGenericTypeDefinition() == typeof(IGroupReaction<>))))
                {
                    var fact = reaction.GetGenericArguments()[0];
                    AddDoor(fact);
                    reactions.Add(new(fact, type, module, reaction.GetGenericTypeDefinition() == typeof(IGroupReaction<>)));
                }
            }
        }

        foreach (var (name, door) in doors)
            door.Reactions = [.. reactions.Where(r => NameOf(r.Event) == name)];
    }

    /// <summary>Each reaction with the module that reacts: the source of the town map.</summary>
    public IReadOnlyList<ReactionEntry> Reactions => reactions;

    public static string NameOf(Type fact) => fact.FullName!;

    /// <returns>Null for an event that this version of the platform does not know.</returns>
    internal EventDoor? Find(string name) => doors.GetValueOrDefault(name);

    private void AddDoor(Type fact) =>
        doors.TryAdd(NameOf(fact), (EventDoor)Activator.CreateInstance(typeof(EventDoor<>).MakeGenericType(fact))!);
}

/// <param name="InGroups">An <see cref="IGroupReaction{TEvent}"/>.</param>
public sealed record ReactionEntry(Type Event, Type Reaction, Module Module, bool InGroups)
{
    /// <summary>The same for ever: it is kept in the inbox of the module that reacts.</summary>
    public string Name => Reaction.IsGenericType ? Reaction.GetGenericTypeDefinition().FullName!.Split('`')[0] : Reaction.FullName!;
}

/// <summary>Opens the rows of one kind of event and hands them to reactions that are known only by their type.</summary>
internal abstract class EventDoor
{
    public IReadOnlyList<ReactionEntry> Reactions { get; set; } = [];

    /// <summary>Events of this kind may be delivered together.</summary>
    public bool TakesGroups => Reactions.Count == 0 || Reactions.Any(r => r.InGroups);

    public abstract object Open(OutboxRow row);

    /// <param name="told">One, save for a reaction in groups.</param>
    public abstract Task React(object reaction, IReadOnlyList<object> told, CancellationToken cancellation);
}

internal sealed class EventDoor<TEvent> : EventDoor
    where TEvent : IEvent
{
    public override object Open(OutboxRow row) =>
        new Told<TEvent>(row.Id, row.At, row.ActorId, JsonSerializer.Deserialize<TEvent>(row.Payload, EventCatalogue.Json)!);

    public override Task React(object reaction, IReadOnlyList<object> told, CancellationToken cancellation) =>
        reaction is IGroupReaction<TEvent> inGroups
            ? inGroups.React([.. told.Cast<Told<TEvent>>()], cancellation)
            : ((IReaction<TEvent>)reaction).React((Told<TEvent>)told[0], cancellation);
}
