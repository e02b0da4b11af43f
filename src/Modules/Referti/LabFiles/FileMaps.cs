using System.Text.Json;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Contracts;
using Platform.Referti.Hl7;
using Platform.Testing.Contracts;

namespace Platform.Referti.LabFiles;

/// <summary>The descriptions of files in <c>lab_files/</c> of the region's pack.</summary>
internal sealed class FileMaps
{
    private const string Folder = "lab_files";

    private FileMaps(IReadOnlyList<FileMap> all) => All = all;

    public IReadOnlyList<FileMap> All { get; }

    public FileMap? Find(string? name) => All.FirstOrDefault(m => m.Name == name);

    /// <exception cref="RegionPackException">With every error found, each as <c>file, column: reason</c>.</exception>
    public static FileMaps Read(string packFolder)
    {
        var errors = new List<string>();
        var maps = new List<FileMap>();
        var folder = Path.Combine(packFolder, Folder);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            var file = $"{Folder}/{Path.GetFileName(path)}";
            try
            {
                var map = JsonSerializer.Deserialize<FileMap>(File.ReadAllText(path), FileMap.Json)!;
                var wrong = Check(map).Select(e => $"{file}, {e}").ToList();
                errors.AddRange(wrong);
                if (maps.Exists(m => m.Name == map.Name))
                    errors.Add($"{file}: another file is named {map.Name} already");
                maps.Add(map);
            }
            catch (JsonException bad)
            {
                errors.Add($"{file}, line {bad.LineNumber + 1}: {bad.Message}");
            }
            catch (ArgumentException bad)
            {
                errors.Add($"{file}: {bad.Message}"); // A name of a column twice, or a pattern that is none.
            }
        }

        return errors.Count > 0 ? throw new RegionPackException(errors) : new(maps);
    }

    private static IEnumerable<string> Check(FileMap map)
    {
        if (map.Columns.All(c => c.Is != ColumnIs.Result))
            yield return "columns: none is the result";
        if (map.Test is null && map.Columns.All(c => c.Is != ColumnIs.Test))
            yield return "columns: none says the test, and the map says no test of every row";
        if (map.Test is not null && !Enum.TryParse<TestType>(map.Test, true, out _))
            yield return $"test: {map.Test} is none of {string.Join(", ", Enum.GetNames<TestType>()).ToLowerInvariant()}";
        if (map.Columns.All(c => c.Is is not (ColumnIs.Sample or ColumnIs.FiscalCode)))
            yield return "columns: none is the sample's number or the codice fiscale";
        foreach (var column in map.Columns)
        {
            foreach (var unknown in (column.Values?.Values ?? Enumerable.Empty<string>()).Where(v => !IsMeaning(column.Is, v)))
                yield return $"column {column.Name}: {unknown} is no value that a column of kind {column.Is} can mean";
            foreach (var other in (column.RequiredWhen?.Keys ?? Enumerable.Empty<string>()).Where(n => map.Columns.All(c => c.Name != n)))
                yield return $"column {column.Name}: required_when names a column {other} that is not there";
            if (column.Is is ColumnIs.BirthDate or ColumnIs.CollectedAt or ColumnIs.ReceivedAt or ColumnIs.ReportedAt && column.Formats is not { Length: > 0 })
                yield return $"column {column.Name}: a date needs formats";
            if (column.Is == ColumnIs.Ct && column.Target is null)
                yield return $"column {column.Name}: a ct needs a target";
        }
    }

    private static bool IsMeaning(ColumnIs kind, string value) => kind switch
    {
        ColumnIs.Result => value == RowReader.NotReceived || Parses<ReportResult>(value),
        ColumnIs.Test => Parses<TestType>(value),
        ColumnIs.Status => Parses<ObservationStatus>(value),
        ColumnIs.Sex => value is "M" or "F",
        _ => true,
    };

    private static bool Parses<T>(string value)
        where T : struct, Enum => Enum.TryParse<T>(value.Replace("_", "", StringComparison.Ordinal), true, out _);
}
