namespace Platform.Testing.Samples;

/// <summary>What became of a scan, for the list that grows under the field.</summary>
/// <param name="Kind"><c>scan-done</c>, <c>scan-again</c> or <c>scan-refused</c>.</param>
/// <param name="Sum">The sentence on top of the page, as it is now; null to leave it.</param>
internal sealed record ScanLine(string Kind, string Text, string? Sum);
