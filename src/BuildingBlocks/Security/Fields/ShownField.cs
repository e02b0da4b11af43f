using System.Reflection;

namespace Platform.BuildingBlocks.Security.Fields;

/// <summary>One stored property of a read model.</summary>
/// <param name="Class">Null where nobody has said it: a wall test finds that.</param>
public sealed record ShownField(PropertyInfo Property, FieldClass? Class)
{
    private static readonly NullabilityInfoContext Nullability = new();

    private readonly Action<object, object?>? set = Setter(Property);
    private readonly (bool Possible, object? Value) empty = Empty(Property);

    /// <summary>It can be left out.</summary>
    public bool CanBeBlank => set is not null && empty.Possible;

    internal static ShownField? Of(PropertyInfo property, List<ShowsAttribute> marks) => Setter(property) is null ? null : new(property,
        (marks.Find(m => m.Properties.Contains(property.Name)) ?? marks.Find(m => m.Properties.Count == 0))?.Fields);

    internal void Blank(object shown)
    {
        if (!CanBeBlank)
            throw new InvalidOperationException($"{Property.DeclaringType!.Name}.{Property.Name} cannot be left out.");
        set!(shown, empty.Value);
    }

    // A property without a setter of its own is computed, unless a field of its name stands behind it.
    private static Action<object, object?>? Setter(PropertyInfo property)
    {
        var owner = property.DeclaringType!.GetProperty(property.Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) ?? property;
        if (owner.SetMethod is not null)
            return owner.SetValue;
        var behind = owner.DeclaringType!.GetField($"<{owner.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance);
        return behind is null ? null : behind.SetValue;
    }

    private static (bool, object?) Empty(PropertyInfo property)
    {
        var type = property.PropertyType;
        if (type.IsValueType)
            return (Nullable.GetUnderlyingType(type) is not null, null);
        bool maybeNull;
        lock (Nullability)
            maybeNull = Nullability.Create(property).ReadState == NullabilityState.Nullable;
        if (maybeNull)
            return (true, null);
        if (type == typeof(string))
            return (true, "");
        if (type.IsArray)
            return (true, Array.CreateInstance(type.GetElementType()!, 0));
        var element = ReadModel.ElementOf(type);
        var array = element != type ? Array.CreateInstance(element, 0) : null;
        return array is not null && type.IsInstanceOfType(array) ? (true, array)
            : array is not null && type.GetConstructor([]) is { } make ? (true, make.Invoke(null)) : (false, null);
    }
}
