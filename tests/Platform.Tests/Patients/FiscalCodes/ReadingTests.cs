using System.Globalization;
using Platform.Patients.Contracts.FiscalCodes;
using Xunit;

namespace Platform.Tests.Patients.FiscalCodes;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("RSSMRA80A01H501U", Sex.Male, "1980-01-01", "H501")]
    [InlineData("RSSMRA85T10A562S", Sex.Male, "1985-12-10", "A562")]
    [InlineData("CCCFBA85D03L219P", Sex.Male, "1985-04-03", "L219")]
    [InlineData("RCCMNL83S18D969H", Sex.Male, "1983-11-18", "D969")]
    [InlineData("VRDLCU93H46F205X", Sex.Female, "1993-06-06", "F205")]
    [InlineData("STRFNC55P61Z112U", Sex.Female, "1955-09-21", "Z112")]
    [InlineData("BNCVEA99T71Z330F", Sex.Female, "1999-12-31", "Z330")]
    public void A_known_code_tells_its_person(string code, Sex sex, string birthDate, string place)
    {
        var reading = Places.Read(code);

        Assert.True(reading.Valid);
        Assert.Equal(FiscalCodeFault.None, reading.Reason);
        Assert.Null(reading.Position);
        Assert.Equal(code, reading.Code);
        Assert.Equal(sex, reading.Sex);
        Assert.Equal(Day(birthDate), reading.BirthDate);
        Assert.Null(reading.OtherBirthDate);
        Assert.Equal(place, reading.BirthPlace?.Code);
        Assert.False(reading.IsOmocodia);
    }

    [Fact]
    public void The_place_comes_with_its_name_and_province() =>
        Assert.Equal(new BirthPlace("H501", "ROMA", "RM"), Places.Read("RSSMRA80A01H501U").BirthPlace);

    [Theory]
    [InlineData("  rssmra80a01h501u ")]
    [InlineData("RSS MRA 80A01 H501 U")]
    [InlineData("RSSMRA80A01\tH501U\r\n")]
    [InlineData("RSSMRA\u00A080A01H501U")]
    [InlineData("\u200ERSSMRA80A01H501U\u200B")]
    [InlineData("\uFEFFRSSMRA80A01H501U")]
    public void Spaces_case_and_invisible_marks_are_put_right(string text)
    {
        var reading = Places.Read(text);

        Assert.True(reading.Valid);
        Assert.Equal("RSSMRA80A01H501U", reading.Code);
    }

    [Theory]
    [InlineData(null, FiscalCodeFault.Empty, null)]
    [InlineData("", FiscalCodeFault.Empty, null)]
    [InlineData(" \t\u200B", FiscalCodeFault.Empty, null)]
    [InlineData("RSSMRA80A01H501", FiscalCodeFault.Length, null)]
    [InlineData("RSSMRA80A01H501UU", FiscalCodeFault.Length, null)]
    [InlineData("1234567890", FiscalCodeFault.Length, null)]
    [InlineData("00743110157", FiscalCodeFault.NumericCode, null)]
    [InlineData("007 4311 0157", FiscalCodeFault.NumericCode, null)]
    [InlineData("00743110158", FiscalCodeFault.NumericCodeMistyped, null)]
    [InlineData("STP0010011234567", FiscalCodeFault.StpCode, null)]
    [InlineData("eni 001 001 1234567", FiscalCodeFault.EniCode, null)]
    [InlineData("STP001001123456X", FiscalCodeFault.CharacterNotAllowed, 4)]
    [InlineData("XYZ0010011234567", FiscalCodeFault.CharacterNotAllowed, 4)]
    [InlineData("RSSMR480A01H501U", FiscalCodeFault.CharacterNotAllowed, 6)]
    [InlineData("RSSMRA8OA01H501U", FiscalCodeFault.CharacterNotAllowed, 8)]
    [InlineData("RSSMRA80101H501U", FiscalCodeFault.CharacterNotAllowed, 9)]
    [InlineData("RSSMRA80AI1H501U", FiscalCodeFault.CharacterNotAllowed, 10)]
    [InlineData("RSSMRA80A01H50IU", FiscalCodeFault.CharacterNotAllowed, 15)]
    [InlineData("RSSMRA80A01H5011", FiscalCodeFault.CharacterNotAllowed, 16)]
    [InlineData("RÒSMRA80A01H501U", FiscalCodeFault.CharacterNotAllowed, 2)]
    [InlineData("RSSMRA８0A01H501U", FiscalCodeFault.CharacterNotAllowed, 7)]
    [InlineData("RSſMRA80A01H501U", FiscalCodeFault.CharacterNotAllowed, 3)]
    [InlineData("RSSMRA80F01H501U", FiscalCodeFault.MonthLetter, 9)]
    [InlineData("RSSMRA80A00H501U", FiscalCodeFault.Day, 10)]
    [InlineData("RSSMRA80A32H501U", FiscalCodeFault.Day, 10)]
    [InlineData("RSSMRA80A40H501U", FiscalCodeFault.Day, 10)]
    [InlineData("RSSMRA80A72H501U", FiscalCodeFault.Day, 10)]
    [InlineData("RSSMRA80D31H501U", FiscalCodeFault.DateDoesNotExist, 10)]
    [InlineData("RSSMRA80D71H501U", FiscalCodeFault.DateDoesNotExist, 10)]
    [InlineData("RSSMRA81B29H501U", FiscalCodeFault.DateDoesNotExist, 10)]
    [InlineData("RSSMRA80B30H501U", FiscalCodeFault.DateDoesNotExist, 10)]
    [InlineData("RSSMRA80A01H999U", FiscalCodeFault.PlaceUnknown, 12)]
    [InlineData("RSSMRA99A01X000U", FiscalCodeFault.PlaceNotAtThatDate, 12)]
    [InlineData("RSSMRA80A01H501A", FiscalCodeFault.CheckCharacter, 16)]
    [InlineData("RSSMRB80A01H501U", FiscalCodeFault.CheckCharacter, 16)]
    public void What_is_wrong_is_told_with_its_place(string? text, FiscalCodeFault reason, int? position)
    {
        var reading = Places.Read(text);

        Assert.False(reading.Valid);
        Assert.Equal(reason, reading.Reason);
        Assert.Equal(position, reading.Position);
        Assert.Null(reading.Sex);
        Assert.Null(reading.BirthDate);
        Assert.Null(reading.OtherBirthDate);
        Assert.Null(reading.BirthPlace);
        Assert.False(reading.IsOmocodia);
    }

    [Fact]
    public void A_person_whose_letters_are_those_of_an_STP_is_still_a_person()
    {
        var reading = Places.Read(Places.Closed("STPMRA80A01H501"));

        Assert.True(reading.Valid);
    }

    [Fact]
    public void A_reading_written_to_a_log_shows_neither_code_nor_person()
    {
        foreach (var text in (string[])["RSSMRA80A01H501U", "RSSMRA80A01H501A", "RSSMRA99A01X000U"])
        {
            var written = Places.Read(text).ToString();

            Assert.DoesNotContain("RSSMRA", written, StringComparison.Ordinal);
            Assert.DoesNotContain("19", written, StringComparison.Ordinal);
            Assert.DoesNotContain("ROMA", written, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_register_is_needed_to_read() =>
        Assert.Throws<ArgumentNullException>(() => FiscalCode.Read("RSSMRA80A01H501U", null!, Places.Today));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
