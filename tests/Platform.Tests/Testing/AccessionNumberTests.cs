using Platform.Testing.Samples;

namespace Platform.Tests.Testing;

public sealed class AccessionNumberTests
{
    [Theory]
    [InlineData("AA", 2021, 1, 11)]
    [InlineData("TX", 2026, 123, 11)]
    [InlineData("YY", 2099, 999_999, 11)]
    [InlineData("AC", 2021, 1_000_000, 12)]
    [InlineData("AC", 2021, 99_999_999, 13)]
    public void A_number_is_short_upper_case_and_checked(string prefix, int year, int running, int length)
    {
        var number = AccessionNumber.Make(prefix, year, running);
        Assert.Equal(length, number.Length);
        Assert.True(number.Length <= AccessionNumber.MaxLength);
        Assert.True(AccessionNumber.IsValid(number));
        Assert.StartsWith($"{prefix}{year % 100}", number, StringComparison.Ordinal);
        Assert.DoesNotContain(number, "BGIOQSZ".Contains);
    }

    [Theory]
    [InlineData("AA21000001")]
    [InlineData("TX26000123")]
    [InlineData("YY99999999")]
    [InlineData("KL211234567")]
    public void Every_wrong_character_and_every_exchange_of_two_is_found(string body)
    {
        const string characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var number = AccessionNumber.Make(body[..2], 2000 + int.Parse(body[2..4], System.Globalization.CultureInfo.InvariantCulture), int.Parse(body[4..], System.Globalization.CultureInfo.InvariantCulture));
        var wrong = 0;
        for (var i = 0; i < number.Length; i++)
        {
            foreach (var c in characters.Where(c => c != number[i]))
            {
                Assert.False(AccessionNumber.IsValid(number[..i] + c + number[(i + 1)..]));
                wrong++;
            }

            for (var j = i + 1; j < number.Length; j++)
            {
                if (number[i] == number[j])
                    continue;
                var exchanged = number.ToCharArray();
                (exchanged[i], exchanged[j]) = (exchanged[j], exchanged[i]);
                Assert.False(AccessionNumber.IsValid(new string(exchanged)));
                wrong++;
            }
        }

        Assert.True(wrong > 350);
    }

    [Theory]
    [InlineData(" aa21 000001-d ", "AA21000001D")]
    [InlineData(null, "")]
    public void What_is_scanned_or_typed_is_put_right(string? typed, string read) => Assert.Equal(read, AccessionNumber.Normalise(typed));

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AA21000001")]
    [InlineData("01234567890")]
    public void What_is_no_number_is_said_to_be_none(string text) => Assert.False(AccessionNumber.IsValid(text));

    [Fact]
    public void Each_lab_has_letters_of_its_own() =>
        Assert.Equal(361, Enumerable.Range(0, 361).Select(AccessionNumber.PrefixOf).Distinct().Count());
}
