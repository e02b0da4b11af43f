using System.Globalization;
using Platform.BuildingBlocks.Regions;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Days and hours as citizens read them.</summary>
internal static class Moments
{
    private const string Day = "dddd d MMMM yyyy";

    /// <summary>Weekday, day and hour of a UTC instant. It begins with the weekday, so that a sentence says «da» and «fino a» before it, not «dal»:
    /// «dal lunedì» means every week.</summary>
    public static string Moment(this Region region, DateTime utc) => Texts(region.LocalOf(utc), Day + ", HH:mm");

    /// <summary>The same, without the hour where a day begins: who reads «00:00» asks which of the two nights.</summary>
    public static string Beginning(this Region region, DateTime utc) =>
        region.LocalOf(utc) is var local && local.TimeOfDay == TimeSpan.Zero ? Texts(local, Day) : region.Moment(utc);

    public static string LongDay(DateOnly day) => Texts(day.ToDateTime(TimeOnly.MinValue), Day);

    public static string Hour(this Region region, DateTime utc) => Texts(region.LocalOf(utc), "HH:mm");

    public static DateOnly DayOf(this Region region, DateTime utc) => region.DayOf(new DateTimeOffset(utc, TimeSpan.Zero));

    private static string Texts(DateTime local, string format) => local.ToString(format, CultureInfo.CurrentCulture);
}
