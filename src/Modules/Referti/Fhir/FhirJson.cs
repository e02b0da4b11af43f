using System.Text.Json;
using Platform.Referti.Hl7;

namespace Platform.Referti.Fhir;

/// <summary>Elements of a resource, asked for by name; what is not there, or is of another shape, is null or empty.</summary>
internal static class FhirJson
{
    public static JsonElement? At(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    public static JsonElement? At(this JsonElement? element, string name) => element?.At(name);

    /// <summary>Trimmed and fit to be kept.</summary>
    public static string? Text(this JsonElement element, string name) => element.At(name) is { } found ? Text(found) : null;

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        element.At(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonElement> List(this JsonElement? element, string name) => element?.List(name) ?? [];

    /// <summary>The codes of a CodeableConcept, without the empty ones.</summary>
    public static List<CodedText> Codings(this JsonElement? concept) =>
        [.. concept.List("coding").Select(c => new CodedText(c.Text("code"), c.Text("display"), c.Text("system"))).Where(c => !c.IsEmpty)];

    /// <summary>The code of the system looked for among the codings; null where it is not there.</summary>
    public static string? CodeOf(this JsonElement? concept, string system) =>
        concept.Codings().Find(c => string.Equals(c.System, system, StringComparison.OrdinalIgnoreCase))?.Code;

    private static string? Text(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.String => PlainText.Of(found.GetString()),
        JsonValueKind.Number => found.GetRawText(),
        _ => null,
    };
}
