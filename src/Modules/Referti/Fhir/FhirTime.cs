using System.Text.RegularExpressions;
using System.Text.Json;
using Platform.Referti.Hl7;

namespace Platform.Referti.Fhir;

/// <summary>date, dateTime and instant, as HL7 v2 writes the same: YYYY[-MM[-DD[Thh:mm[:ss[.f]](Z|±hh:mm)]]].</summary>
internal static partial class FhirTime
{
    public static Hl7Time? Of(string? value) =>
        value is not null && Shape().Match(value) is { Success: true } m
            ? Hl7Time.Of($"{m.Groups["y"]}{m.Groups["m"]}{m.Groups["d"]}{m.Groups["h"]}{m.Groups["n"]}{Seconds(m)}{Zone(m.Groups["z"].Value)}")
            : null;

    /// <summary>The first of those named that holds a time; of a Period, its start. What is no time is noted.</summary>
    public static Hl7Time? Of(FhirResource? resource, ICollection<Hl7Problem> problems, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            JsonElement? at = resource?.Json;
            foreach (var name in path.Split('.')[..^1])
                at = at.At(name);
            if (at.Text(path.Split('.')[^1]) is not { } value)
                continue;
            if (Of(value) is { } time)
                return time;
            problems.Add(new(ProblemCodes.InvalidTime, resource!.Type, resource.Number, null, $"{path} is not a time."));
        }

        return null;
    }

    private static string Seconds(Match m) =>
        m.Groups["h"].Success ? (m.Groups["s"].Success ? m.Groups["s"].Value : "00") + (m.Groups["f"].Success ? "." + Cut(m.Groups["f"].Value) : "") : "";

    private static string Cut(string fraction) => fraction.Length > 7 ? fraction[..7] : fraction;

    private static string Zone(string zone) => zone is "Z" ? "+0000" : zone.Replace(":", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<y>\d{4})(-(?<m>\d\d)(-(?<d>\d\d)(T(?<h>\d\d):(?<n>\d\d)(:(?<s>\d\d)(\.(?<f>\d+))?)?(?<z>Z|[+-]\d\d:\d\d)?)?)?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
