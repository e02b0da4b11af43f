using System.Globalization;

namespace Platform.BuildingBlocks.Regions;

/// <param name="Until">The last day; null while it holds.</param>
public sealed record Validity(DateOnly From, DateOnly? Until)
{
    public bool On(DateOnly day) => day >= From && (Until is null || day <= Until);
}

public static partial class RegionPack
{
    /// <summary>On one day one line of a key holds, never two.</summary>
    private static void Overlaps<T>(List<(T Row, int Line)> table, string file, Func<T, string> key, Func<T, Validity> valid, List<string> errors)
    {
        foreach (var same in table.GroupBy(t => key(t.Row)))
        {
            foreach (var (earlier, later) in same.OrderBy(t => valid(t.Row).From).Zip(same.OrderBy(t => valid(t.Row).From).Skip(1)))
            {
                if (valid(earlier.Row).Until is not { } end || end >= valid(later.Row).From)
                    errors.Add($"{file}, line {later.Line}: {same.Key} holds already by line {earlier.Line} on {valid(later.Row).From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
            }
        }
    }

    private sealed partial class PackRow
    {
        public Validity Valid()
        {
            var from = Day("valid_from") ?? default;
            var until = Day("valid_until", orNone: true);
            if (until < from)
                Fail("valid_until is before valid_from");
            return new(from, until);
        }

        public bool YesNo(string column) => Choice(column, "yes", "no") == "yes";

        private DateOnly? Day(string column, bool orNone = false)
        {
            var text = csv.TryGetField<string>(column, out var value) ? value ?? "" : Fail($"no column {column}");
            if (text.Length == 0 && orNone)
                return null;
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                Fail($"{column} is «{text}», must be a day such as 2021-09-01");
            return day;
        }
    }
}
