using System.Globalization;
using System.Text;
using Platform.Patients.Contracts.FiscalCodes;
using Xunit;

namespace Platform.Tests.Patients.FiscalCodes;

public sealed class BirthPlacesTests
{
    [Fact]
    public void A_line_is_a_place()
    {
        var places = Places.Load(Places.Header + "L219,TORINO,TO,1861-03-17,\n");

        var torino = places.Find("L219");
        Assert.Equal(1, places.Count);
        Assert.NotNull(torino);
        Assert.Equal(("L219", "TORINO", "TO"), (torino.Code, torino.Name, torino.Province));
        Assert.Equal([(new DateOnly(1861, 3, 17), null)], torino.Lives);
        Assert.Null(places.Find("H501"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Any_line_end_will_do_and_empty_lines_are_passed_over(string end)
    {
        var text = (Places.Header + "L219,TORINO,TO,,\n\nH501,ROMA,RM,,").Replace("\n", end, StringComparison.Ordinal);

        Assert.Equal(2, Places.Load(text).Count);
        Assert.Equal(2, Places.Load("\uFEFF" + text + end).Count);
    }

    [Fact]
    public void Quotes_hold_commas_quotes_and_line_ends()
    {
        var places = Places.Load(Places.Header + "\"Z999\",\"REPUBBLICA, \"\"NUOVA\"\"\nDEL SUD\",\"\",,\"\"\nH501,\"ROMA\",RM,,\n");

        Assert.Equal("REPUBBLICA, \"NUOVA\"\nDEL SUD", places.Find("Z999")?.Name);
        Assert.Equal("", places.Find("Z999")?.Province);
        Assert.Equal("ROMA", places.Find("H501")?.Name);
    }

    [Fact]
    public void Lines_of_one_code_are_its_lives_and_the_latest_gives_the_name()
    {
        var places = Places.Load(Places.Header + """
            X100,TERZO NOME,AL,1960-01-01,
            X100,PRIMO NOME,,,1900-12-31
            X100,SECONDO NOME,TO,1920-01-01,1959-12-31
            """);

        var place = places.Find("X100");
        Assert.Equal(("TERZO NOME", "AL"), (place?.Name, place?.Province));
        Assert.Equal(3, place?.Lives.Count);
        Assert.True(place?.ExistedOn(new DateOnly(1900, 12, 31)));
        Assert.False(place?.ExistedOn(new DateOnly(1901, 1, 1)));
    }

    [Theory]
    [InlineData("", 1, "header")]
    [InlineData("code,name\n", 1, "header")]
    [InlineData(Places.Header, 2, "no place")]
    [InlineData(Places.Header + "L219,TORINO,TO,,\nL219,TORINO,TO,\n", 3, "4 fields instead of 5")]
    [InlineData(Places.Header + "L219,TORINO,TO,,,\n", 2, "6 fields")]
    [InlineData(Places.Header + "L21,TORINO,TO,,\n", 2, "Belfiore")]
    [InlineData(Places.Header + "l219,TORINO,TO,,\n", 2, "Belfiore")]
    [InlineData(Places.Header + "L219, ,TO,,\n", 2, "name is empty")]
    [InlineData(Places.Header + "L219,TORINO,TO,17/03/1861,\n", 2, "valid_from '17/03/1861'")]
    [InlineData(Places.Header + "L219,TORINO,TO,,1861-02-29\n", 2, "valid_to '1861-02-29'")]
    [InlineData(Places.Header + "L219,TORINO,TO,1900-01-02,1900-01-01\n", 2, "valid_from is after valid_to")]
    [InlineData(Places.Header + "L219,\"TORINO,TO,,\n", 2, "not closed")]
    [InlineData(Places.Header + "L219,\"TORINO\"X,TO,,\n", 2, "wrong place")]
    [InlineData(Places.Header + "L219,TOR\"INO,TO,,\n", 2, "wrong place")]
    [InlineData(Places.Header + "Z999,\"A\nB\",,,\n\nL219,TORINO\n", 5, "2 fields")]
    public void What_is_wrong_is_told_with_its_line(string csv, int line, string what)
    {
        var message = Assert.Throws<FormatException>(() => Places.Load(csv)).Message;

        Assert.Contains($"line {line}:", message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused()
    {
        using var stream = new MemoryStream([.. Encoding.UTF8.GetBytes(Places.Header + "A001,FORL"), 0xCC, .. ",FC,,\n"u8]);

        Assert.Contains("UTF-8", Assert.Throws<FormatException>(() => BirthPlaces.Load(stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stream_stays_open()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Places.Header + "L219,TORINO,TO,,\n"));

        BirthPlaces.Load(stream);

        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Thirteen_thousand_lines_are_loaded_whole()
    {
        var csv = new StringBuilder(Places.Header);
        for (var number = 0; number < 13_000; number++)
        {
            csv.Append((char)('A' + (number / 1000))).Append(CultureInfo.InvariantCulture, $"{number % 1000:000},COMUNE {number},TO,1861-03-17,\n");
        }

        var places = Places.Load(csv.ToString());

        Assert.Equal(13_000, places.Count);
        Assert.Equal("COMUNE 12999", places.Find("M999")?.Name);
    }
}
