using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;

namespace Platform.Tests.Walls;

/// <summary>The register of processing says what the code does.</summary>
public sealed class PrivacyTests
{
    [Fact]
    public void Every_module_that_holds_data_of_people_has_its_row_and_its_tables_in_the_register()
    {
        var rows = File.ReadAllLines(Path.Combine(Documents.Root, "docs/privacy/register.md"));
        var tables = new StringBuilder("| module | table | columns |\n|---|---|---|\n");
        foreach (var module in Rooms.WithDb)
        {
            var named = HeldOnPerson.Tables(Rooms.Open(module, new SqliteEngine(Path.GetTempPath()))).GroupBy(t => t.Entity.GetTableName()!).ToList();
            if (named.Count > 0)
                Assert.Single(rows, r => r.StartsWith($"| {Rooms.Title(module)} | ", StringComparison.Ordinal) && !r.Contains("| `", StringComparison.Ordinal) && r.Split('|').Length > 6);
            foreach (var table in named.OrderBy(t => t.Key, StringComparer.Ordinal))
                tables.Append(CultureInfo.InvariantCulture, $"| {Rooms.Title(module)} | `{table.Key}` | {string.Join(", ", table.Select(t => $"`{t.Column.GetColumnName()}`"))} |\n");
        }

        Documents.MustSay("privacy/register.md", "tables", tables.ToString());
    }
}
