using Platform.BuildingBlocks.Regions;
using Platform.Tests.Walls;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Doses;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Which dose is due: the ministry's circulars by their dates (DOMAIN 7.5), as the region's data have them.</summary>
public sealed class CourseTests
{
    private static readonly VaccinationRules Rules = RegionPack.Read(Path.Combine(Documents.Root, "regions", "piemonte")).Vaccination;

    [Theory]
    // Nobody has had anything: the first, now.
    [InlineData("2021-02-01", "", "", "First", null)]
    // After the first: 21 days of Comirnaty, 70 of Vaxzevria.
    [InlineData("2021-03-10", "comirnaty First 2021-03-01", "", "Second", "2021-03-22")]
    [InlineData("2021-04-10", "vaxzevria First 2021-03-01", "", "Second", "2021-05-10")]
    // The infection: one dose from three months on, within six (03/03/2021), then within twelve (21/07/2021); before the circular, and later, as anybody.
    [InlineData("2021-05-01", "", "2021-02-01", "AfterInfection", "2021-05-02")]
    [InlineData("2021-02-15", "", "2021-02-01", "First", null)]
    [InlineData("2021-07-20", "", "2020-12-01", "First", null)]
    [InlineData("2021-07-21", "", "2020-12-01", "AfterInfection", "2021-03-01")]
    // The infection more than fourteen days after the first dose ends the course; earlier, the second is due.
    [InlineData("2021-05-01", "comirnaty First 2021-03-01", "2021-03-20", null, null)]
    [InlineData("2021-05-01", "comirnaty First 2021-03-01", "2021-03-10", "Second", "2021-03-22")]
    // A single dose is a course. No booster before 27/09/2021; then after 180, 150, 120 days.
    [InlineData("2021-09-26", "comirnaty First 2021-01-05;comirnaty Second 2021-01-26", "", null, null)]
    [InlineData("2021-09-27", "comirnaty First 2021-01-05;comirnaty Second 2021-01-26", "", "Booster", "2021-07-25")]
    [InlineData("2021-11-24", "comirnaty First 2021-06-01;comirnaty Second 2021-07-06", "", "Booster", "2021-12-03")]
    [InlineData("2022-01-10", "janssen First 2021-06-01", "", "Booster", "2021-09-29")]
    [InlineData("2022-01-10", "comirnaty AfterInfection 2021-06-01", "", "Booster", "2021-09-29")]
    public void The_dose_that_is_due(string day, string doses, string positives, string? kind, string? notBefore)
    {
        var past = doses.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(d => d.Split(' ')).Select(d => new PastDose(d[0], Enum.Parse<DoseKind>(d[1]), Day(d[2]))).ToList();
        var due = Course.Of(past, [.. positives.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Day)], Rules, "covid-19", new(1950, 1, 1), Day(day));
        Assert.Equal(kind, due.Kind?.ToString());
        Assert.Equal(notBefore is null ? null : Day(notBefore), due.NotBefore);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
