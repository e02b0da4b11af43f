using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.OpenData;

namespace Platform.Tests.VaccinationBooking.Replay;

/// <summary>A campaign replayed through the use cases, and its doses exported in the columns of the national open data: what comes out is what
/// went in, row by row. An invented one always; Piedmont's own (27 December 2020 to 3 May 2021, one person in a hundred) where the published
/// files lie beside the checkout, in <c>shared/data/vaccination</c>.</summary>
public sealed class CampaignReplayTests(ITestOutputHelper said)
{
    private const int OneIn = 100;
    private const string Doses = "somministrazioni.2020-12-27_2021-05-03.PIE.csv";
    private const string Deliveries = "consegne.PIE.csv";

    [Theory, OnEachEngine]
    public async Task An_invented_campaign_comes_out_of_the_export_as_it_went_in(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var file = OpenDataCsv.Read(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "VaccinationBooking", "Replay", "invented-campaign.csv"), TestContext.Current.CancellationToken));
        var courses = CampaignPlan.Of(file, Least(app));
        Assert.Equal(2, courses.Count(c => c.First is null));
        var replay = new CampaignReplay(app, courses, []);
        await replay.Run();
        await Equal(app, file.Header, file.Lines);
        await AddsUp(app);

        // Small numbers only where it is asked; nothing of a person either way.
        var whole = await app.Send(new DosesInOpenData { Layout = "2022-05" }, As.VaccinationManager());
        Assert.Equal(file.Rows.Sum(r => r["prima_dose"] + r["seconda_dose"]), whole.Doses);
        var few = await app.Send(new DosesInOpenData { Layout = "2021-05", Suppress = true }, As.VaccinationManager());
        Assert.All(few.Rows.SelectMany(r => r.Counts), c => Assert.False(c is > 0 and < 5));
        Assert.True(few.Suppressed > 0);
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DosesInOpenData(), As.VaccinationCentre("CV-001")))).Code);
    }

    [Fact]
    public async Task Piedmonts_people_counted_again_are_the_published_file()
    {
        var file = OpenDataCsv.Read(await File.ReadAllTextAsync(Find(Doses), TestContext.Current.CancellationToken));
        var courses = CampaignPlan.Of(file, p => p switch { "Moderna" => 28, "Vaxzevria (AstraZeneca)" => 70, _ => 21 });
        Assert.Equal(file.Lines.Order(StringComparer.Ordinal), OpenDataCsv.Count(courses, file.Header, "PIE", ["ITC", "ITC1", "1", "Piemonte"]).Order(StringComparer.Ordinal));
        said.WriteLine($"{file.Lines.Count} rows, {courses.Sum(c => c.Doses.Count())} doses, {courses.Count} people, {courses.Count(c => c.First is null)} with a first dose elsewhere");
        Assert.InRange(courses.Count(c => c.First is null), 0, courses.Count / 100);
    }

    [Theory, OnEachEngine]
    public async Task Piedmonts_campaign_one_to_a_hundred_comes_out_of_the_export_as_it_went_in(Engine engine)
    {
        var file = OpenDataCsv.Read(await File.ReadAllTextAsync(Find(Doses), TestContext.Current.CancellationToken));
        await using var app = await PlatformApp.Start(engine);
        var oneIn = int.Parse(Environment.GetEnvironmentVariable("PLATFORM_REPLAY_ONE_IN") ?? $"{OneIn}", CultureInfo.InvariantCulture);
        List<PlannedCourse> sample = [.. CampaignPlan.Of(file, Least(app)).Where((_, i) => i % oneIn == 0)];
        var replay = new CampaignReplay(app, sample, ReadDeliveries(oneIn));
        var from = TimeProvider.System.GetTimestamp();
        await replay.Run();
        var expected = OpenDataCsv.Count(sample, file.Header, "PIE", ["ITC", "ITC1", "1", "Piemonte"]);
        await Equal(app, file.Header, expected);
        await AddsUp(app);
        said.WriteLine($"{engine}: {sample.Count} people, {sample.Sum(c => c.Doses.Count())} doses, {expected.Count} rows, {replay.Booked} booked, {replay.WalkedIn} without appointment, "
            + $"{sample.Count(c => c.First is null)} first doses elsewhere, {replay.Corrected} doses by correction, {TimeProvider.System.GetElapsedTime(from).TotalSeconds:0} s");
    }

    private static async Task Equal(PlatformApp app, string header, IReadOnlyList<string> expected)
    {
        var table = await app.Send(new DosesInOpenData { Layout = "2021-05" }, As.VaccinationManager());
        Assert.Equal(0, table.Left);
        var lines = Encoding.UTF8.GetString(table.Text(app.Region)).TrimEnd('\n').Split('\n');
        Assert.Equal(header, lines[0]);
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines[1..].Order(StringComparer.Ordinal));
    }

    private static async Task AddsUp(PlatformApp app)
    {
        await app.EveryPlaceIsAccountedFor();
        await app.StockAddsUp();
        Assert.Empty(await app.Db<VaccinationDb, List<Guid>>(db => db.Doses.Where(d => d.Stands != null).GroupBy(d => new { d.PatientId, d.Disease, d.Kind }).Where(g => g.Count() > 1).Select(g => g.Key.PatientId).ToListAsync()));
    }

    private static Func<string, int> Least(PlatformApp app) => producer =>
    {
        var vaccine = app.Region.Vaccination.Vaccines.First(v => v.Producer == producer);
        return app.Region.Vaccination.Intervals.FirstOrDefault(i => i.Vaccine == vaccine.Code)?.Least ?? 0;
    };

    // Rounded on the sum, so that none is lost.
    private static List<PlannedDelivery> ReadDeliveries(int oneIn)
    {
        var (read, sums) = (new List<PlannedDelivery>(), new Dictionary<string, (int All, int Told)>());
        foreach (var cells in File.ReadLines(Find(Deliveries)).Skip(1).Select(l => l.Split(',')).OrderBy(c => c[3], StringComparer.Ordinal))
        {
            var (all, told) = sums.GetValueOrDefault(cells[1]);
            all += int.Parse(cells[2], CultureInfo.InvariantCulture);
            read.Add(new(cells[1], DateOnly.ParseExact(cells[3], "yyyy-MM-dd", CultureInfo.InvariantCulture), Math.Max(0, (all / oneIn) - told)));
            sums[cells[1]] = (all, told + read[^1].Doses);
        }

        return read;
    }

    private static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "vaccination", name);
            if (File.Exists(path))
                return path;
        }

        Assert.Skip($"{name} of italia/covid19-opendata-vaccini is not beside the checkout, in shared/data/vaccination");
        throw new InvalidOperationException();
    }
}
