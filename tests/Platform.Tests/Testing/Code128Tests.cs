using Platform.Testing.Labels;

namespace Platform.Tests.Testing;

/// <summary>The values in the comments can be worked out by hand from the tables of ISO/IEC 15417.</summary>
public sealed class Code128Tests
{
    [Theory]
    // The worked example of the literature on Code 128: B for the letters, C for the six digits, check value 68.
    [InlineData("HI345678", new[] { 104, 40, 41, 99, 34, 56, 78, 68, 106 })]
    // Start B, check 104 + 48 + 2*42 + 3*42 + 4*17 + 5*18 + 6*19 + 7*35 = 879 = 55 mod 103.
    [InlineData("PJJ123C", new[] { 104, 48, 42, 42, 17, 18, 19, 35, 55, 106 })]
    // Digits alone: start C, 105 + 12 + 2*34 = 185 = 82 mod 103.
    [InlineData("1234", new[] { 105, 12, 34, 82, 106 })]
    // Digits in odd number: the last one in B. 105 + 12 + 2*34 + 3*100 + 4*21 = 569 = 54 mod 103.
    [InlineData("12345", new[] { 105, 12, 34, 100, 21, 54, 106 })]
    // An accession number: two letters, C for year and running number, B for the check letter.
    [InlineData("AA21000001D", new[] { 104, 33, 33, 99, 21, 0, 0, 1, 100, 36, 67, 106 })]
    public void The_symbol_has_the_values_of_the_standard(string text, int[] values) => Assert.Equal(values, Code128.Values(text));

    [Fact]
    public void Every_symbol_is_eleven_modules_wide_and_the_stop_thirteen()
    {
        foreach (var c in Enumerable.Range(' ', 95).Select(c => (char)c))
        {
            var widths = Code128.Widths(c.ToString());
            Assert.Equal(3 * 6 + 7, widths.Count); // start, character, check, stop
            Assert.Equal(3 * 11 + 13, widths.Sum());
            for (var symbol = 0; symbol < 3; symbol++)
            {
                var one = widths.Skip(symbol * 6).Take(6).ToList();
                Assert.Equal(11, one.Sum());
                Assert.True((one[0] + one[2] + one[4]) % 2 == 0, "The bars of a symbol add up to an even number (the standard's self-check).");
            }
        }
    }

    [Fact]
    public void No_two_symbols_look_alike()
    {
        // All pairs of digits go through set C: the values 0 to 99, each with a pattern of its own.
        var patterns = Enumerable.Range(0, 100).Select(v => string.Concat(Code128.Widths($"{v:00}00").Skip(6).Take(6))).ToList();
        Assert.Equal(100, patterns.Distinct().Count());
        Assert.Equal("212222", patterns[0]);
        Assert.Equal("114131", string.Concat(Code128.Widths("0000A").Skip(18).Take(6)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("è")]
    [InlineData("A\n")]
    public void What_the_set_lacks_is_refused(string text) => Assert.Throws<ArgumentException>(() => Code128.Values(text));
}
