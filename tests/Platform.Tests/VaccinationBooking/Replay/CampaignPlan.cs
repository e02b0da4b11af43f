namespace Platform.Tests.VaccinationBooking.Replay;

/// <summary>Somebody's course, as the counts allow it.</summary>
/// <param name="Category">Column of the file.</param>
/// <param name="First">Null for who had her first dose elsewhere: the file counts only her second.</param>
internal sealed record PlannedCourse(string Producer, string Band, string Sex, string Category, DateOnly? First, DateOnly? Second)
{
    public IEnumerable<PlannedDose> Doses =>
        new[] { First is { } one ? new PlannedDose(this, one, 1) : null, Second is { } two ? new PlannedDose(this, two, 2) : null }.OfType<PlannedDose>();
}

internal sealed record PlannedDose(PlannedCourse Course, DateOnly Day, int Number)
{
    public bool Counts(string column) => column == Course.Sex || column == Course.Category || column == (Number == 1 ? "prima_dose" : "seconda_dose");
}

/// <summary>Makes people of counts. The file says of each day, producer and age how many were men and women, of which category, and how many
/// doses were first and second; who was both is not in it. Here every second dose is given to somebody of the same sex, category, age and vaccine whose
/// first dose is long enough ago, as far as there is anybody; counted again, the people give the file, cell by cell.</summary>
internal static class CampaignPlan
{
    private static readonly string[] Sexes = ["sesso_maschile", "sesso_femminile"];

    /// <param name="least">Days from first to second dose, by producer.</param>
    public static List<PlannedCourse> Of(OpenDataCsv file, Func<string, int> least)
    {
        var courses = new List<PlannedCourse>();
        // The rarest vaccine first, so that a sample has some of it.
        foreach (var series in file.Rows.GroupBy(r => (r.Producer, r.Band)).OrderByDescending(s => file.Rows.First(r => r.Producer == s.Key.Producer).Day).ThenBy(s => s.Key.Band, StringComparer.Ordinal))
            courses.AddRange(OfSeries([.. series.OrderBy(r => r.Day)], file.Categories, least(series.Key.Producer)));
        return courses;
    }

    private static List<PlannedCourse> OfSeries(IReadOnlyList<OpenDataLine> rows, IReadOnlyList<string> categories, int least)
    {
        var begun = new Dictionary<(int Sex, int Category), Queue<DateOnly>>();
        var done = new List<PlannedCourse>();
        foreach (var row in rows)
        {
            int[] sexes = [.. Sexes.Select(s => row[s])];
            int[] left = [.. categories.Select(c => row[c])];
            var ready = new int[2, categories.Count];
            foreach (var (cell, queue) in begun)
                ready[cell.Sex, cell.Category] = queue.TakeWhile(first => row.Day.DayNumber - first.DayNumber >= least).Count();
            var seconds = Transport.Most(sexes, left, ready, row["seconda_dose"]);
            var elsewhere = row["seconda_dose"];
            for (var sex = 0; sex < 2; sex++)
            {
                for (var category = 0; category < categories.Count; category++)
                {
                    for (var n = seconds[sex, category]; n > 0; n--, elsewhere--, sexes[sex]--, left[category]--)
                        done.Add(new(row.Producer, row.Band, Sexes[sex], categories[category], begun[(sex, category)].Dequeue(), row.Day));
                }
            }

            foreach (var (sex, category) in Spread(sexes, left))
            {
                if (elsewhere-- > 0)
                    done.Add(new(row.Producer, row.Band, Sexes[sex], categories[category], null, row.Day));
                else
                    (begun.TryGetValue((sex, category), out var queue) ? queue : begun[(sex, category)] = new()).Enqueue(row.Day);
            }
        }

        done.AddRange(begun.SelectMany(b => b.Value.Select(first => new PlannedCourse(rows[0].Producer, rows[0].Band, Sexes[b.Key.Sex], categories[b.Key.Category], first, null))));
        return done;
    }

    // Men and women in each category in the proportion of all of them, as evenly as whole people can be.
    private static IEnumerable<(int Sex, int Category)> Spread(int[] sexes, int[] categories)
    {
        long men = sexes[0], all = sexes.Sum(), at = 0;
        for (var category = 0; category < categories.Length; category++)
        {
            for (var n = categories[category]; n > 0; n--, at++)
                yield return ((at + 1) * men / all > at * men / all ? 0 : 1, category);
        }
    }
}

/// <summary>As many as possible of a total shared out to cells, with at most so many in each row, column and cell (Ford and Fulkerson, on so small
/// a net by single paths).</summary>
internal static class Transport
{
    public static int[,] Most(int[] rows, int[] columns, int[,] cells, int total)
    {
        int[] row = [.. rows], column = [.. columns];
        var flow = new int[rows.Length, columns.Length];
        while (total > 0 && Path(row, column, cells, flow) is { } path)
        {
            var by = Math.Min(total, Math.Min(row[path[0]], column[path[^1]]));
            for (var i = 0; i + 1 < path.Count; i++)
                by = Math.Min(by, i % 2 == 0 ? cells[path[i], path[i + 1]] - flow[path[i], path[i + 1]] : flow[path[i + 1], path[i]]);
            for (var i = 0; i + 1 < path.Count; i++)
            {
                if (i % 2 == 0)
                    flow[path[i], path[i + 1]] += by;
                else
                    flow[path[i + 1], path[i]] -= by;
            }

            row[path[0]] -= by;
            column[path[^1]] -= by;
            total -= by;
        }

        return flow;
    }

    /// <returns>Row, column, row, column … along which more can flow; null where none is left.</returns>
    private static List<int>? Path(int[] row, int[] column, int[,] cells, int[,] flow)
    {
        var waiting = new Queue<List<int>>(Enumerable.Range(0, row.Length).Where(r => row[r] > 0).Select(r => new List<int> { r }));
        var (rowsSeen, columnsSeen) = (new HashSet<int>(waiting.Select(w => w[0])), new HashSet<int>());
        while (waiting.TryDequeue(out var path))
        {
            var at = path[^1];
            if (path.Count % 2 == 0)
            {
                if (column[at] > 0)
                    return path;
                foreach (var r in Enumerable.Range(0, row.Length).Where(r => flow[r, at] > 0 && rowsSeen.Add(r)))
                    waiting.Enqueue([.. path, r]);
            }
            else
            {
                foreach (var c in Enumerable.Range(0, column.Length).Where(c => cells[at, c] > flow[at, c] && columnsSeen.Add(c)))
                    waiting.Enqueue([.. path, c]);
            }
        }

        return null;
    }
}
