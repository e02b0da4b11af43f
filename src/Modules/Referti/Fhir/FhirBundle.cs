using System.Text.Json;
using System.Text.Unicode;
using Platform.Referti.Hl7;

namespace Platform.Referti.Fhir;

/// <summary>A resource and where it stands.</summary>
/// <param name="Number">Which of the entries of its type, from 1; 0 for one that is contained in another.</param>
internal sealed record FhirResource(JsonElement Json, string Type, int Number, string? FullUrl)
{
    public string? Id => Json.Text("id");

    public override string ToString() => $"{Type} {Number}";
}

/// <summary>A Bundle of FHIR R4, with its references. Nothing outside it is ever fetched.</summary>
internal sealed class FhirBundle
{
    public const int LargestContent = 5 * 1024 * 1024;
    public const int MostEntries = 5_000;
    private const int Deepest = 64;

    private readonly Dictionary<string, FhirResource> byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string System, string Value), List<FhirResource>> byIdentifier = [];

    private FhirBundle(JsonElement root)
    {
        Root = root;
        var entries = new List<FhirResource>();
        var ofType = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in root.List("entry"))
        {
            if (entry.At("resource") is not { ValueKind: JsonValueKind.Object } json || json.Text("resourceType") is not { } type)
                continue;
            var resource = new FhirResource(json, type, ofType[type] = ofType.GetValueOrDefault(type) + 1, entry.Text("fullUrl"));
            entries.Add(resource);
            if (resource.FullUrl is { } url)
                byUrl.TryAdd(url, resource);
            if (resource.Id is { } id)
                byUrl.TryAdd($"{type}/{id}", resource);
            foreach (var identifier in json.List("identifier"))
            {
                if (identifier.Text("value") is { } value)
                    Remember((type, identifier.Text("system") ?? "", value), resource);
            }
        }

        Entries = entries;
    }

    public JsonElement Root { get; }
    public IReadOnlyList<FhirResource> Entries { get; }

    /// <param name="problem">Why it cannot be read; null when it can.</param>
    public static FhirBundle? Parse(ReadOnlyMemory<byte> bytes, out Hl7Problem? problem)
    {
        problem = null;
        if (bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        if (bytes.Length > LargestContent)
            problem = Problem(ProblemCodes.MessageTooLarge, $"The Bundle is longer than {LargestContent} bytes.");
        else if (!Utf8.IsValid(bytes.Span))
            problem = Problem(ProblemCodes.InvalidCharset, "The content is not UTF-8.");
        if (problem is not null)
            return null;
        try
        {
            var document = JsonDocument.Parse(bytes, new() { MaxDepth = Deepest, AllowDuplicateProperties = false });
            ReadEscapes(bytes.Span);
            var root = document.RootElement;
            if (root.Text("resourceType") != "Bundle")
                problem = Problem(FhirProblems.NotABundle, "The content is not a Bundle of FHIR R4.");
            else if (root.List("entry").Take(MostEntries + 1).Count() > MostEntries)
                problem = Problem(ProblemCodes.TooManySegments, $"The Bundle has more than {MostEntries} entries.");
            return problem is null ? new(root) : null;
        }
        catch (JsonException failure)
        {
            // The message of the exception quotes the content: only the place is told.
            problem = Problem(FhirProblems.InvalidJson, $"The content is not JSON, is nested too deeply, or names a property twice: line {failure.LineNumber + 1}, byte {failure.BytePositionInLine}.");
            return null;
        }
        catch (InvalidOperationException)
        {
            problem = Problem(FhirProblems.InvalidJson, "A text holds half of a surrogate pair.");
            return null;
        }
    }

    /// <summary>What a Reference points to: by contained id, fullUrl, relative address, or identifier; null where it is not
    /// in the Bundle, or where more than one bears the identifier.</summary>
    public FhirResource? Resolve(JsonElement? reference, FhirResource from, string type)
    {
        if (reference.Text("reference") is { } address)
        {
            if (address.StartsWith('#'))
            {
                var contained = from.Json.List("contained").FirstOrDefault(c => c.Text("id") == address[1..]);
                return contained.Text("resourceType") == type ? new(contained, type, 0, null) : null;
            }

            return Found(address, from) is { } found && found.Type == type ? found : null;
        }

        return reference.At("identifier") is { } identifier && identifier.Text("value") is { } value
            && byIdentifier.TryGetValue((type, identifier.Text("system") ?? "", value), out var bearers) && bearers is [var only] ? only : null;
    }

    private FhirResource? Found(string address, FhirResource from)
    {
        var plain = address.Split("/_history/")[0];
        if (byUrl.TryGetValue(plain, out var found))
            return found;
        // A relative reference counts from the base of the fullUrl it stands under (R4, 2.36.4.1).
        var relative = $"{from.Type}/{from.Id}";
        return from.FullUrl is { } url && url.EndsWith(relative, StringComparison.Ordinal) && byUrl.TryGetValue(url[..^relative.Length] + plain, out found) ? found : null;
    }

    private void Remember((string, string, string) key, FhirResource resource)
    {
        if (!byIdentifier.TryGetValue(key, out var bearers))
            byIdentifier[key] = bearers = [];
        bearers.Add(resource);
    }

    // The parser takes an escaped lone surrogate, and throws only when the text is asked for.
    private static void ReadEscapes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\\uD"u8) < 0 && bytes.IndexOf("\\ud"u8) < 0)
            return;
        var reader = new Utf8JsonReader(bytes, new() { MaxDepth = Deepest });
        while (reader.Read())
        {
            if (reader.ValueIsEscaped)
                reader.GetString();
        }
    }

    private static Hl7Problem Problem(string code, string reason) => new(code, "Bundle", null, null, reason);
}
