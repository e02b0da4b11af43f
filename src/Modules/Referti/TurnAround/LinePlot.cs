using System.Globalization;

namespace Platform.Referti.TurnAround;

/// <param name="Kind">The class of its line: colour and dashes.</param>
/// <param name="Values">One for each label; null leaves a gap.</param>
internal sealed record PlotLine(string Name, string Kind, IReadOnlyList<double?> Values);

/// <summary>A plot of lines, drawn on the server: readable without scripts, on paper and by screen readers, which have the table.</summary>
internal sealed record LinePlot(string Title, IReadOnlyList<string> Labels, IReadOnlyList<PlotLine> Lines)
{
    public const int Width = 720;
    public const int Height = 280;
    private const int Left = 48;
    private const int Right = 12;
    private const int Top = 12;
    private const int Bottom = 32;

    /// <summary>A round number above the highest value.</summary>
    public double Highest
    {
        get
        {
            var most = Lines.SelectMany(l => l.Values).Max() ?? 1;
            var step = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(most, 1))));
            return Math.Max(1, Math.Ceiling(most / step) * step);
        }
    }

    public IEnumerable<(string Y, string Label)> Rules =>
        Enumerable.Range(0, 5).Select(i => Highest * i / 4).Select(v => (Number(Y(v)), v.ToString("0.#", CultureInfo.CurrentCulture)));

    /// <summary>As many as fit.</summary>
    public IEnumerable<(string X, string Label)> Marks =>
        Labels.Select((label, i) => (Number(X(i)), label)).Where((_, i) => i % Math.Max(1, (Labels.Count + 11) / 12) == 0);

    /// <summary>The path of a line, broken where a value is missing.</summary>
    public string PathOf(PlotLine line)
    {
        var pen = new System.Text.StringBuilder();
        var down = false;
        for (var i = 0; i < line.Values.Count; i++)
        {
            if (line.Values[i] is { } value)
                pen.Append(down ? 'L' : 'M').Append(Number(X(i))).Append(' ').Append(Number(Y(value))).Append(' ');
            down = line.Values[i] is not null;
        }

        return pen.ToString().TrimEnd();
    }

    public IEnumerable<(string X, string Y, string Says)> Points(PlotLine line) =>
        line.Values.Select((value, i) => (value, i)).Where(p => p.value is not null)
            .Select(p => (Number(X(p.i)), Number(Y(p.value!.Value)), $"{Labels[p.i]}: {p.value.Value.ToString("0.#", CultureInfo.CurrentCulture)}"));

    private double X(int at) => Labels.Count < 2 ? (Left + Width - Right) / 2.0 : Left + ((Width - Left - Right) * (double)at / (Labels.Count - 1));

    private double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / Highest);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
