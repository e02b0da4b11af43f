using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Issuing;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Tests.Walls;

namespace Platform.Tests.Certificates;

/// <summary>What is said of a dose, by the region's data: the numbers of Regolamento delegato (UE) 2022/256 and those before it.</summary>
public sealed class WordingTests
{
    private static readonly Region Region = RegionPack.Read(Path.Combine(Documents.Root, "regions", "piemonte"));

    private static readonly PatientSummary Person = new(Guid.CreateVersion7(), null, "Prova", "Anna", Sex.Female, new(1938, 5, 1), "010301", "001272", null, null, null);

    [Theory]
    [InlineData("2021-11-15", "comirnaty first", "1/2")]
    [InlineData("2021-11-15", "comirnaty first, comirnaty second", "2/2")]
    [InlineData("2021-11-15", "comirnaty first, comirnaty second, spikevax booster", "3/3")]
    [InlineData("2021-11-15", "janssen first", "1/1")]
    [InlineData("2021-11-15", "comirnaty after-infection", "1/1")]
    [InlineData("2022-01-31", "janssen first, comirnaty booster", "2/2")]
    [InlineData("2022-02-01", "janssen first, comirnaty booster", "2/1")]
    [InlineData("2022-02-01", "comirnaty after-infection, comirnaty booster", "2/1")]
    [InlineData("2022-02-01", "comirnaty first, comirnaty second, comirnaty booster, comirnaty second-booster", "4/4")]
    [InlineData("2022-02-01", "janssen first, comirnaty booster, comirnaty second-booster", "3/1")]
    [InlineData("2021-11-15", "flu-quadrivalent first", "")]
    [InlineData("2021-06-16", "comirnaty first", "")]
    public void Doses_are_numbered_as_on_the_day_of_the_issue(string day, string doses, string last)
    {
        var on = new DateOnly(2021, 6, 1);
        var all = doses.Split(", ").Select((d, i) => new Occasion
        {
            Id = Guid.CreateVersion7(), Source = OccasionSource.Dose, PatientId = Person.Id, Fact = "dose", Result = "given", Product = d.Split(' ')[0], Dose = d.Split(' ')[1],
            Day = on.AddDays(i), At = on.AddDays(i).ToDateTime(new(12, 0), DateTimeKind.Utc), ToldAt = default,
        }).ToList();
        var said = new Wording(Region, all, Person).Of(all[^1], DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(last, said is null ? "" : $"{said.Number}/{said.Total}");
    }

    [Fact]
    public void Identifiers_are_the_guidelines_and_each_another()
    {
        // A sample of Austria's in the European guidelines' way of computing the last character.
        Assert.Equal('B', Uvci.CheckOf("URN:UVCI:01:AT:10807843F94AEE0EE5093FBC254BD813"));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Uvci.New()).Distinct().Count());
    }
}
