using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>Who reacts to what, found by scanning the modules once.</summary>
public sealed class EventCatalogue
{
    /// <summary>How events are written in the outbox.</summary>
    public static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly Dictionary<string, Type> types = new(StringComparer.Ordinal);
    private readonly List<ReactionEntry> reactions = [];

    public EventCatalogue(IEnumerable<Module> modules)
    {
        foreach (var module in modules)
        {
            foreach (var type in module.GetType().Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }))
            {
                if (type.IsAssignableTo(typeof(IEvent)))
                    types[NameOf(type)] = type;
                foreach (var told in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReaction<>)))
                {
                    var fact = told.GetGenericArguments()[0];
                    types[NameOf(fact)] = fact;
                    reactions.Add(new(fact, type, module));
                }
            }
        }
    }

    /// <summary>Each reaction with the module that reacts: the source of the town map.</summary>
    public IReadOnlyList<ReactionEntry> Reactions => reactions;

    public static string NameOf(Type fact) => fact.FullName!;

    /// <returns>Null for an event that this version of the platform does not know.</returns>
    public Type? Find(string name) => types.GetValueOrDefault(name);

    public IEnumerable<ReactionEntry> ReactionsTo(Type fact) => reactions.Where(r => r.Event == fact);
}

public sealed record ReactionEntry(Type Event, Type Reaction, Module Module);
