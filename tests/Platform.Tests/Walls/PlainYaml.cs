namespace Platform.Tests.Walls;

/// <summary>The YAML that our own files use, as paths and values: <c>services.host.ports[0]</c> = <c>8080:80</c>.
/// Mappings, lists, quoted and folded texts; no anchors, no flow mappings.</summary>
internal static class PlainYaml
{
    public static Dictionary<string, string> Read(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new List<(int Indent, string Path)>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            var indent = line.Length - line.TrimStart().Length;
            var content = line.Trim();
            if (content.Length == 0 || content[0] == '#')
                continue;
            if (line.Contains('\t', StringComparison.Ordinal))
                throw new FormatException($"Line {i + 1}: a tab.");
            while (content.StartsWith("- ", StringComparison.Ordinal))
            {
                open.RemoveAll(o => o.Indent >= indent && o.Path.EndsWith(']') || o.Indent > indent);
                var list = Parent(open, indent, itself: true);
                var index = counts[list] = counts.GetValueOrDefault(list, -1) + 1;
                open.Add((indent, $"{list}[{index}]"));
                content = content[2..].TrimStart();
                indent += 2;
                if (!IsEntry(content))
                    values[$"{list}[{index}]"] = Plain(content);
            }

            if (!IsEntry(content))
                continue;
            open.RemoveAll(o => o.Indent >= indent);
            var colon = content.IndexOf(':', StringComparison.Ordinal);
            var parent = Parent(open, indent, itself: false);
            var path = parent.Length == 0 ? content[..colon] : $"{parent}.{content[..colon]}";
            var value = content[(colon + 1)..].Trim();
            if (values.ContainsKey(path) || open.Any(o => o.Path == path))
                throw new FormatException($"Line {i + 1}: {path} is there twice.");
            if (value is ">-" or ">" or "|" or "|-")
            {
                var folded = new List<string>();
                while (i + 1 < lines.Length && (lines[i + 1].Trim().Length == 0 || lines[i + 1].Length - lines[i + 1].TrimStart().Length > indent))
                    folded.Add(lines[++i].Trim());
                values[path] = string.Join(value[0] == '|' ? '\n' : ' ', folded).Trim();
            }
            else
            {
                open.Add((indent, path));
                values[path] = Plain(value);
            }
        }

        return values;
    }

    public static IReadOnlyList<string> Under(this Dictionary<string, string> yaml, string path) =>
        [.. yaml.Keys.Where(k => k.StartsWith(path + ".", StringComparison.Ordinal)).Select(k => k[(path.Length + 1)..].Split('.', '[')[0]).Distinct()];

    public static IReadOnlyList<string> List(this Dictionary<string, string> yaml, string path) =>
        [.. yaml.Where(v => v.Key.StartsWith(path + "[", StringComparison.Ordinal) && v.Key.EndsWith(']')).Select(v => v.Value)];

    private static string Parent(List<(int Indent, string Path)> open, int indent, bool itself) =>
        open.LastOrDefault(o => itself ? o.Indent <= indent : o.Indent < indent).Path ?? "";

    private static bool IsEntry(string content) =>
        content[0] is not ('"' or '\'' or '[') && (content.EndsWith(':') || content.Contains(": ", StringComparison.Ordinal));

    private static string Plain(string value) =>
        value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal) : value;
}
