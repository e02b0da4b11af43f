namespace Platform.Schools.Register;

/// <summary>School years run from 1 September to 31 August (D.lgs. 297/1994, art. 74), and are named by the year in which they begin.</summary>
internal static class SchoolYear
{
    private const int FirstMonth = 9;

    public static int Of(DateOnly day) => day.Month >= FirstMonth ? day.Year : day.Year - 1;

    public static DateOnly Begin(int year) => new(year, FirstMonth, 1);

    /// <summary>As people write it: 2021/22.</summary>
    public static string Name(int year) => $"{year}/{(year + 1) % 100:00}";
}
