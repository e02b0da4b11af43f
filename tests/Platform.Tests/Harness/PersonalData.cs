using System.Text.RegularExpressions;

namespace Platform.Tests.Harness;

/// <summary>Finds people's data where they must not be: in what was logged.</summary>
internal static partial class PersonalData
{
    /// <summary>Throws when a line that was logged holds a codice fiscale.</summary>
    internal static void Refuse(IEnumerable<string> lines)
    {
        if (lines.FirstOrDefault(l => FiscalCode().IsMatch(l)) is { } line)
            throw new InvalidOperationException("A codice fiscale was logged: " + line);
    }

    /// <summary>The lines in which one of the names stands as a word of its own.</summary>
    internal static IEnumerable<string> Naming(IEnumerable<string> lines, params string[] names) =>
        lines.Where(l => names.Any(n => Regex.IsMatch(l, $@"(?<!\w){Regex.Escape(n)}(?!\w)", RegexOptions.IgnoreCase)));

    [GeneratedRegex(@"(?<![A-Z0-9])[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z](?![A-Z0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex FiscalCode();
}
