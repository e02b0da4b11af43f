using Platform.Referti.Hl7;
using Xunit;

namespace Platform.Tests.Referti.Hl7;

public sealed class TimeTests
{
    [Theory]
    [InlineData("2021", "2020-12-31T23:00:00", "Year", false)]
    [InlineData("202107", "2021-06-30T22:00:00", "Month", false)]
    [InlineData("20210803", "2021-08-02T22:00:00", "Day", false)]
    [InlineData("2021080313", "2021-08-03T11:00:00", "Hour", false)]
    [InlineData("202101031315", "2021-01-03T12:15:00", "Minute", false)]
    [InlineData("20210803131511", "2021-08-03T11:15:11", "Second", false)]
    [InlineData("20210803131511.0147+0000", "2021-08-03T13:15:11.0147", "Fraction", true)]
    [InlineData("202108020000-0500", "2021-08-02T05:00:00", "Minute", true)]
    [InlineData("20210802+0530", "2021-08-01T18:30:00", "Day", true)]
    [InlineData(" 20210802 ", "2021-08-01T22:00:00", "Day", false)]
    public void Any_precision_and_zone_is_read(string value, string utc, string precision, bool zone)
    {
        var time = Hl7Time.Of(value);
        Assert.NotNull(time);
        Assert.Equal(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), time.Utc.DateTime);
        Assert.Equal((precision, zone, TimeSpan.Zero), (time.Precision.ToString(), time.HasZone, time.Utc.Offset));
        Assert.False(time.IsAmbiguous);
    }

    [Theory]
    [InlineData("202110310230", "2021-10-31T01:30:00")]
    [InlineData("202103280230", "2021-03-28T01:30:00")]
    public void The_hours_of_the_change_count_as_winter_time_and_say_so(string value, string utc)
    {
        var time = Hl7Time.Of(value)!;
        Assert.True(time.IsAmbiguous);
        Assert.Equal(DateTime.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), time.Utc.DateTime);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00000000")]
    [InlineData("20211301")]
    [InlineData("20210229")]
    [InlineData("2021080325")]
    [InlineData("202108031360")]
    [InlineData("20210803131560")]
    [InlineData("2021-08-03")]
    [InlineData("20210803T1315")]
    [InlineData("03082021")]
    [InlineData("20210803131511.")]
    [InlineData("202108031315.5")]
    [InlineData("20210803+1")]
    [InlineData("20210803+9900")]
    [InlineData("2021080a")]
    [InlineData("٢٠٢١٠٨٠٣")]
    public void What_is_no_time_is_null(string value) => Assert.Null(Hl7Time.Of(value));

    [Fact]
    public void The_day_is_kept_as_it_was_written()
        => Assert.Equal(new DateOnly(1985, 8, 1), Hl7Time.Of("19850801")!.Date);
}
