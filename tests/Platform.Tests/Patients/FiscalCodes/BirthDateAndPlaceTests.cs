using System.Globalization;
using Platform.Patients.Contracts.FiscalCodes;
using Xunit;

namespace Platform.Tests.Patients.FiscalCodes;

public sealed class BirthDateAndPlaceTests
{
    [Theory]
    [InlineData("20H15", "2020-06-15", "1920-06-15")]
    [InlineData("21H14", "2021-06-14", "1921-06-14")]
    [InlineData("21H15", "2021-06-15", "1921-06-15")]
    [InlineData("21H16", "1921-06-16", null)]
    [InlineData("22A01", "1922-01-01", null)]
    [InlineData("99T31", "1999-12-31", null)]
    [InlineData("00A01", "2000-01-01", "1900-01-01")]
    [InlineData("00B29", "2000-02-29", null)]
    [InlineData("04B29", "2004-02-29", "1904-02-29")]
    [InlineData("96B29", "1996-02-29", null)]
    public void The_latest_date_not_after_today_is_taken_and_the_other_is_kept(string coded, string taken, string? other)
    {
        var reading = Places.Read(Places.Closed($"RSSMRA{coded}H501"));

        Assert.True(reading.Valid);
        Assert.Equal(Day(taken), reading.BirthDate);
        Assert.Equal(other is null ? null : Day(other), reading.OtherBirthDate);
    }

    [Fact]
    public void A_newborn_is_read_on_the_day_of_birth_and_not_the_day_before()
    {
        var code = Places.Closed("RSSMRA85H15H501");
        var birth = new DateOnly(1985, 6, 15);

        Assert.Equal(birth, FiscalCode.Read(code, Places.Register, birth).BirthDate);

        var early = FiscalCode.Read(code, Places.Register, birth.AddDays(-1));
        Assert.Equal(FiscalCodeFault.DateInFuture, early.Reason);
        Assert.Equal(7, early.Position);
    }

    [Fact]
    public void The_29_February_2000_is_in_the_future_until_it_comes()
    {
        var code = Places.Closed("RSSMRA00B29H501");

        Assert.Equal(FiscalCodeFault.DateInFuture, FiscalCode.Read(code, Places.Register, new DateOnly(2000, 2, 28)).Reason);
        Assert.True(FiscalCode.Read(code, Places.Register, new DateOnly(2000, 2, 29)).Valid);
    }

    [Theory]
    [InlineData("50C09", false)]
    [InlineData("50C10", true)]
    [InlineData("50C11", true)]
    [InlineData("85P19", true)]
    [InlineData("85P20", true)]
    [InlineData("85P21", false)]
    public void The_first_and_the_last_day_of_a_place_belong_to_it(string coded, bool valid)
    {
        var reading = Places.Read(Places.Closed($"RSSMRA{coded}X000"));

        Assert.Equal(valid ? FiscalCodeFault.None : FiscalCodeFault.PlaceNotAtThatDate, reading.Reason);
        Assert.Equal(valid ? null : 12, reading.Position);
    }

    [Theory]
    [InlineData("27T31", true)]
    [InlineData("28A01", false)]
    [InlineData("46T31", false)]
    [InlineData("47A01", true)]
    public void A_place_that_was_suppressed_and_came_back_has_a_gap(string coded, bool valid) =>
        Assert.Equal(valid, Places.Read(Places.Closed($"RSSMRA{coded}X003")).Valid);

    [Fact]
    public void A_place_that_existed_only_a_century_ago_decides_for_the_older_date()
    {
        var reading = Places.Read(Places.Closed("RSSMRA10A01X001"));

        Assert.Equal(new DateOnly(1910, 1, 1), reading.BirthDate);
        Assert.Null(reading.OtherBirthDate);
    }

    [Fact]
    public void A_place_that_did_not_exist_a_century_ago_leaves_no_other_date()
    {
        var reading = Places.Read(Places.Closed("RSSMRA10A01X002"));

        Assert.Equal(new DateOnly(2010, 1, 1), reading.BirthDate);
        Assert.Null(reading.OtherBirthDate);
    }

    [Fact]
    public void A_place_that_existed_at_neither_date_is_refused() =>
        Assert.Equal(FiscalCodeFault.PlaceNotAtThatDate, Places.Read(Places.Closed("RSSMRA10A01X000")).Reason);

    [Fact]
    public void The_place_is_looked_up_by_its_digits_in_an_omocodia()
    {
        var reading = Places.Read(Places.Closed("RSSMRA80A01HRLM"));

        Assert.Equal("H501", reading.BirthPlace?.Code);
        Assert.True(reading.IsOmocodia);
    }

    [Theory]
    [InlineData(null, null, true, true, true)]
    [InlineData("2000-01-02", null, false, true, true)]
    [InlineData(null, "2000-01-02", true, true, false)]
    [InlineData("2000-01-02", "2000-01-02", false, true, false)]
    public void An_unknown_end_is_open_on_that_side(string? from, string? to, bool before, bool on, bool after)
    {
        var life = new BirthPlaceLife("X009", "BORGO", "", [(from is null ? null : Day(from), to is null ? null : Day(to))]);

        Assert.Equal(before, life.ExistedOn(new DateOnly(2000, 1, 1)));
        Assert.Equal(on, life.ExistedOn(new DateOnly(2000, 1, 2)));
        Assert.Equal(after, life.ExistedOn(new DateOnly(2000, 1, 3)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
