using Platform.Patients.Contracts.FiscalCodes;
using Xunit;

namespace Platform.Tests.Patients.FiscalCodes;

public sealed class OmocodiaTests
{
    private const string Plain = "CCCFBA85D03L219P";

    [Fact]
    public void All_127_omocodie_tell_the_same_person()
    {
        var plain = Places.Read(Plain);
        var omocodie = FiscalCode.Omocodie(Plain);

        Assert.Equal(127, omocodie.Count);
        Assert.Equal(127, omocodie.Distinct().Count());
        Assert.DoesNotContain(Plain, omocodie);
        Assert.All(omocodie, code =>
        {
            var reading = Places.Read(code);
            Assert.True(reading.Valid);
            Assert.True(reading.IsOmocodia);
            Assert.Equal(code, reading.Code);
            Assert.Equal((plain.Sex, plain.BirthDate, plain.OtherBirthDate, plain.BirthPlace),
                (reading.Sex, reading.BirthDate, reading.OtherBirthDate, reading.BirthPlace));
            Assert.Equal(Plain, FiscalCode.WithoutOmocodia(code));
            Assert.Empty(FiscalCode.Compare(reading, "Caccamo", "Fabio", Sex.Male, new DateOnly(1985, 4, 3), "L219"));
        });
    }

    [Theory]
    [InlineData("CCCFBA85D03L21VE")]
    [InlineData("CCCFBA85D03L2MVP")]
    [InlineData("CCCFBA85D03LNMVE")]
    [InlineData("CCCFBA85D0PLNMVA")]
    [InlineData("CCCFBA85DLPLNMVL")]
    [InlineData("CCCFBA8RDLPLNMVX")]
    [InlineData("CCCFBAURDLPLNMVU")]
    public void A_known_omocodia_is_among_them(string code) => Assert.Contains(code, FiscalCode.Omocodie(Plain));

    [Fact]
    public void Fewer_letters_come_first_and_those_on_the_right_before()
    {
        var first15 = FiscalCode.Omocodie(Plain).Select(code => code[..15]).ToList();

        Assert.Equal(
            ["CCCFBA85D03L21V", "CCCFBA85D03L2M9", "CCCFBA85D03LN19", "CCCFBA85D0PL219", "CCCFBA85DL3L219", "CCCFBA8RD03L219", "CCCFBAU5D03L219"],
            first15.Take(7));
        Assert.Equal(["CCCFBA85D03L2MV", "CCCFBA85D03LN1V"], first15.Skip(7).Take(2));
        Assert.Equal("CCCFBAURDLPLNMV", first15[^1]);
        Assert.Equal([7, 21, 35, 35, 21, 7, 1], first15.CountBy(code => code.Count(char.IsAsciiLetter)).Select(pair => pair.Value));
    }

    [Fact]
    public void An_omocodia_has_the_same_omocodie_as_its_plain_code() =>
        Assert.Equal(FiscalCode.Omocodie(Plain), FiscalCode.Omocodie("cccfba85d03 lnmve"));

    [Fact]
    public void A_plain_code_is_left_as_it_is() => Assert.Equal(Plain, FiscalCode.WithoutOmocodia(Plain));

    [Theory]
    [InlineData("")]
    [InlineData("CCCFBA85D03L219")]
    [InlineData("CCCFBA85D03L21AP")]
    [InlineData("CCCFBA85D03L219Q")]
    [InlineData("STP0010011234567")]
    public void A_code_that_does_not_hold_is_refused_and_not_put_right(string text)
    {
        var refused = Assert.Throws<ArgumentException>(() => FiscalCode.WithoutOmocodia(text));

        Assert.Throws<ArgumentException>(() => FiscalCode.Omocodie(text));
        Assert.DoesNotContain("CCCFBA", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Plain, Plain, true)]
    [InlineData(Plain, "CCCFBA85D03L21VE", true)]
    [InlineData("CCCFBA85D03L2MVP", "cccfba85d03l21ve", true)]
    [InlineData(Plain, "RSSMRA80A01H501U", false)]
    [InlineData(Plain, "CCCFBA85D03L21VP", false)]
    [InlineData("", "", false)]
    [InlineData(null, null, false)]
    [InlineData("STP0010011234567", "STP0010011234567", false)]
    public void Two_codes_hint_at_one_person_only_when_both_hold(string? a, string? b, bool hint)
    {
        Assert.Equal(hint, FiscalCode.SamePersonHint(a!, b!));
        Assert.Equal(hint, FiscalCode.SamePersonHint(b!, a!));
    }
}
