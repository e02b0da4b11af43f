using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Platform.BuildingBlocks.Privacy;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>A module says which texts are encrypted in the database; nothing else changes for it, save that such a column can be
/// neither searched nor sorted.</summary>
public static class SealedFields
{
    private const string Mark = "Sealed";

    public static PropertyBuilder<T> Encrypted<T>(this PropertyBuilder<T> property)
    {
        property.HasAnnotation(Mark, true);
        return property;
    }

    public static bool IsEncrypted(this IReadOnlyProperty property) => property.FindAnnotation(Mark) is not null;

    internal static void Apply(IMutableProperty property, string schema, FieldKeys keys)
    {
        if (property.GetMaxLength() is { } length)
            property.SetMaxLength(FieldKeys.LengthOf(length));
        property.SetIsUnicode(false);
        property.SetValueConverter(new Seal(keys, $"{schema}.{property.DeclaringType.GetTableName()}.{property.GetColumnName()}"));
    }

    private sealed class Seal(FieldKeys keys, string place) : ValueConverter<string, string>(text => keys.Seal(text, place), value => keys.Open(value, place));
}

/// <summary>A model holds the keys it was made with: hosts with other keys in one process make their own.</summary>
internal sealed class ModelOfKeys : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), designTime, (context as ModuleDb)?.KeysFingerprint);
}
