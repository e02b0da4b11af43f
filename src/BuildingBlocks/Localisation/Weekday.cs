using System.Globalization;

namespace Platform.BuildingBlocks.Localisation;

public static class Weekday
{
    /// <summary>In the reader's language: lunedì, Monday.</summary>
    public static string Of(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day);
}
