using System.Globalization;

namespace Platform.BuildingBlocks.Localisation;

/// <summary>What is said to somebody who is not the one asking: in her language.</summary>
public static class Spoken
{
    public static T In<T>(string language, Func<T> speak)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return speak();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
