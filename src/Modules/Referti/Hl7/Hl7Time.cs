using System.Globalization;

namespace Platform.Referti.Hl7;

internal enum TimePrecision
{
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Fraction,
}

/// <summary>
/// A TS/DTM value: YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]. What is not said counts from the start of what is.
/// </summary>
/// <param name="Date">The day as it was written, in its own zone.</param>
/// <param name="HasZone">False where Europe/Rome was supposed.</param>
/// <param name="IsAmbiguous">True in the hour that summer time repeats or skips: winter time was taken.</param>
internal sealed record Hl7Time(DateTimeOffset Utc, TimePrecision Precision, DateOnly Date, bool HasZone, bool IsAmbiguous)
{
    private const int EarliestYear = 1850;
    private const int LatestYear = 2200;

    private static readonly TimeZoneInfo Rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");

    /// <summary>Null where the value is not a time.</summary>
    public static Hl7Time? Of(string? value)
    {
        if (value is null)
        {
            return null;
        }

        var text = value.AsSpan().Trim();
        var sign = text.IndexOfAny('+', '-');
        TimeSpan? zone = null;
        if (sign >= 0)
        {
            zone = Zone(text[sign..]);
            if (zone is null)
            {
                return null;
            }

            text = text[..sign];
        }

        var fraction = TimeSpan.Zero;
        var point = text.IndexOf('.');
        if (point >= 0)
        {
            // HL7 allows four digits; a sender with seven is understood all the same.
            var digits = text[(point + 1)..];
            if (point != 14 || digits.Length is 0 or > 7 || digits.ContainsAnyExceptInRange('0', '9'))
            {
                return null;
            }

            fraction = TimeSpan.FromTicks(long.Parse(digits.ToString().PadRight(7, '0'), CultureInfo.InvariantCulture));
            text = text[..point];
        }

        return Local(text) is var (local, precision)
            ? At(local + fraction, point >= 0 ? TimePrecision.Fraction : precision, zone)
            : null;
    }

    private static Hl7Time At(DateTime local, TimePrecision precision, TimeSpan? zone)
    {
        var ambiguous = zone is null && precision >= TimePrecision.Hour && (Rome.IsAmbiguousTime(local) || Rome.IsInvalidTime(local));
        var offset = zone ?? Rome.GetUtcOffset(local);
        var utc = new DateTimeOffset(local.Ticks - offset.Ticks, TimeSpan.Zero);
        return new Hl7Time(utc, precision, DateOnly.FromDateTime(local), zone is not null, ambiguous);
    }

    private static (DateTime Local, TimePrecision Precision)? Local(ReadOnlySpan<char> text)
    {
        TimePrecision? precision = text.Length switch
        {
            4 => TimePrecision.Year,
            6 => TimePrecision.Month,
            8 => TimePrecision.Day,
            10 => TimePrecision.Hour,
            12 => TimePrecision.Minute,
            14 => TimePrecision.Second,
            _ => null,
        };
        if (precision is null || text.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var filled = string.Concat(text, "00000101000000".AsSpan(text.Length));
        return DateTime.TryParseExact(filled, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year is >= EarliestYear and <= LatestYear
            ? (local, precision.Value)
            : null;
    }

    private static TimeSpan? Zone(ReadOnlySpan<char> text)
    {
        if (text.Length != 5 || text[1..].ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var hours = int.Parse(text[1..3], CultureInfo.InvariantCulture);
        var minutes = int.Parse(text[3..], CultureInfo.InvariantCulture);
        if (hours > 14 || minutes > 59)
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return text[0] == '-' ? -offset : offset;
    }
}
