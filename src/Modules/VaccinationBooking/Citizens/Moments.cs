using System.Globalization;
using Platform.BuildingBlocks.Regions;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Days and hours as citizens read them.</summary>
internal static class Moments
{
    /// <summary>Weekday, day and hour of a UTC instant.</summary>
    public static string Moment(this Region region, DateTime utc) => Texts(region.LocalOf(utc), "dddd d MMMM yyyy, HH:mm");

    public static string LongDay(DateOnly day) => Texts(day.ToDateTime(TimeOnly.MinValue), "dddd d MMMM yyyy");

    public static string Hour(this Region region, DateTime utc) => Texts(region.LocalOf(utc), "HH:mm");

    public static DateOnly DayOf(this Region region, DateTime utc) => region.DayOf(new DateTimeOffset(utc, TimeSpan.Zero));

    private static string Texts(DateTime local, string format) => local.ToString(format, CultureInfo.CurrentCulture);
}
