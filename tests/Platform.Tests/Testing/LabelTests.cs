using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Platform.Testing.Labels;

namespace Platform.Tests.Testing;

public sealed partial class LabelTests
{
    [Theory]
    [InlineData("Rossi", "Ada", "Rossi Ada")]
    [InlineData("D'Alò (detta) \\", "Nicolò", @"D'Alò \(detta\) \\ Nicolò")]
    [InlineData("Șerban", "Ștefan 王", "Serban Stefan ?")]
    [InlineData("Caracciolo di Castagneto Visconti", "Maria Antonietta Vittoria", "Caracciolo di Castagneto Visconti Maria Antonietta Vittoria")]
    public void The_label_is_one_page_of_fifty_by_thirty_millimetres_with_all_that_must_be_read(string family, string given, string name)
    {
        var pdf = Encoding.Latin1.GetString(Label(family, given));
        Assert.StartsWith("%PDF-1.4\n", pdf, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", pdf, StringComparison.Ordinal);
        var box = MediaBox().Match(Assert.Single(PageObject().Matches(pdf)).Value);
        Assert.Equal(50, double.Parse(box.Groups[1].Value, CultureInfo.InvariantCulture) / 72 * 25.4, 2);
        Assert.Equal(30, double.Parse(box.Groups[2].Value, CultureInfo.InvariantCulture) / 72 * 25.4, 2);
        foreach (var line in new[] { "AA21000001D", name, "12/05/1980", "15/11/2021 Hotspot tamponi Torino Nord" })
            Assert.Contains($"({line}) Tj", pdf, StringComparison.Ordinal);
    }

    [Fact]
    public void Readers_find_every_object_where_the_table_says()
    {
        var pdf = Encoding.Latin1.GetString(Label("Rossi", "Ada"));
        var start = int.Parse(pdf.Split("startxref\n")[1].Split('\n')[0], CultureInfo.InvariantCulture);
        Assert.StartsWith("xref\n", pdf[start..], StringComparison.Ordinal);
        var offsets = Entry().Matches(pdf[start..]).Select(e => int.Parse(e.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(6, offsets.Count);
        for (var i = 0; i < offsets.Count; i++)
            Assert.StartsWith($"{i + 1} 0 obj\n", pdf[offsets[i]..], StringComparison.Ordinal);
        var length = int.Parse(Regex.Match(pdf, "/Length ([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.StartsWith("\nendstream", pdf[(pdf.IndexOf("stream\n", StringComparison.Ordinal) + 7 + length)..], StringComparison.Ordinal);
    }

    [Fact]
    public void The_bars_on_the_page_are_those_of_the_symbol_in_whole_dots_with_quiet_zones()
    {
        var pdf = Encoding.Latin1.GetString(Label("Rossi", "Ada"));
        var bars = Bar().Matches(pdf).Select(b => (
            X: double.Parse(b.Groups[1].Value, CultureInfo.InvariantCulture) / 72 * 25.4,
            Width: double.Parse(b.Groups[2].Value, CultureInfo.InvariantCulture) / 72 * 25.4)).ToList();
        var widths = Code128.Widths("AA21000001D");
        Assert.Equal((widths.Count + 1) / 2, bars.Count);
        var module = bars[0].Width / widths[0];
        Assert.Equal(Math.Round(module / 0.125), module / 0.125, 2);
        Assert.True(bars[0].X >= 10 * module && 50 - bars[^1].X - bars[^1].Width >= 10 * module, "The quiet zones are ten modules wide.");
        for (var i = 0; i < bars.Count; i++)
            Assert.Equal(widths[2 * i], bars[i].Width / module, 1);
        for (var i = 1; i < bars.Count; i++)
            Assert.Equal(widths[2 * i - 1], (bars[i].X - bars[i - 1].X - bars[i - 1].Width) / module, 1);
    }

    private static byte[] Label(string family, string given) => LabelDocument.Draw(
        new(Guid.Empty, "AA21000001D", family, given, new(1980, 5, 12), "Hotspot tamponi Torino Nord", default), new(2021, 11, 15));

    [GeneratedRegex("/Type /Page .*")]
    private static partial Regex PageObject();

    [GeneratedRegex(@"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+) \]")]
    private static partial Regex MediaBox();

    [GeneratedRegex("([0-9]{10}) 00000 n")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^([0-9.]+) [0-9.]+ ([0-9.]+) [0-9.]+ re$", RegexOptions.Multiline)]
    private static partial Regex Bar();
}
