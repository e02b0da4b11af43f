using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Platform.BuildingBlocks.Security.Fields;

/// <summary>What a type that is shown to somebody holds, class by class; and how that is left out.</summary>
public sealed class ReadModel
{
    private static readonly ConcurrentDictionary<Type, ReadModel> Known = new();

    private readonly List<(PropertyInfo Property, ReadModel Model)> inner = [];

    private ReadModel(Type type)
    {
        Type = type;
        var marks = type.GetCustomAttributes<ShowsAttribute>().ToList();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            if (ShownField.Of(property, marks) is { } field)
                Fields.Add(field);
        }
    }

    public Type Type { get; }

    /// <summary>What is stored in it; what is computed from that needs no class of its own.</summary>
    public IList<ShownField> Fields { get; } = [];

    /// <summary>The read models within it.</summary>
    public IEnumerable<ReadModel> Inner => inner.Select(i => i.Model);

    public static ReadModel Of(Type type)
    {
        if (Known.TryGetValue(type, out var known))
            return known;
        var model = Known.GetOrAdd(type, t => new(t));
        lock (model.inner)
        {
            if (model.inner.Count == 0)
            {
                model.inner.AddRange(type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)
                    .Select(p => (Property: p, Shown: ElementOf(p.PropertyType)))
                    .Where(p => p.Shown.IsDefined(typeof(ShowsAttribute), false)).Select(p => (p.Property, Of(p.Shown))));
            }
        }

        return model;
    }

    /// <summary>The type itself, or what a collection of it holds.</summary>
    public static Type ElementOf(Type type) =>
        type == typeof(string) ? type
        : type.IsArray ? type.GetElementType()!
        : (type.IsInterface ? type.GetInterfaces().Append(type) : type.GetInterfaces())
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0]
        ?? Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>All classes of it and of what is within it.</summary>
    public IReadOnlySet<FieldClass> Classes
    {
        get
        {
            var (found, seen) = (new HashSet<FieldClass>(), new HashSet<Type>());
            void Look(ReadModel model)
            {
                if (!seen.Add(model.Type))
                    return;
                found.UnionWith(model.Fields.Select(f => f.Class).OfType<FieldClass>());
                foreach (var within in model.Inner)
                    Look(within);
            }

            Look(this);
            return found;
        }
    }

    /// <summary>Leaves out of the object, and of all within it, what is of these classes.</summary>
    /// <returns>Each object that was gone through.</returns>
    /// <exception cref="InvalidOperationException">A value that cannot be empty is of one of them.</exception>
    public IReadOnlySet<object> Blank(object shown, IReadOnlySet<FieldClass> hidden)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Blank(shown, hidden, seen);
        return seen;
    }

    private void Blank(object shown, IReadOnlySet<FieldClass> hidden, HashSet<object> seen)
    {
        if (!seen.Add(shown))
            return;
        foreach (var field in Fields.Where(f => f.Class is { } of && hidden.Contains(of)))
            field.Blank(shown);
        foreach (var (property, model) in inner)
        {
            var value = property.GetValue(shown);
            if (value is IEnumerable many and not string)
            {
                foreach (var one in many)
                {
                    if (one is not null)
                        model.Blank(one, hidden, seen);
                }
            }
            else if (value is not null)
            {
                model.Blank(value, hidden, seen);
            }
        }
    }
}
