using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Referti.TurnAround;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>How long reports take and what is still owed.</summary>
public sealed class TurnAroundTests
{
    [Fact]
    public void Median_and_ninetieth_are_times_that_samples_really_took()
    {
        Assert.Equal(new Spread(null, null), Spread.Of([]));
        Assert.Equal(new Spread(5, 9), Spread.Of([.. Enumerable.Range(1, 10).Select(i => (double)i)]));
        Assert.Equal(new Spread(3, 3), Spread.Of([3]));
        Assert.Equal(new Spread(2, 30), Spread.Of([1, 2, 30]));
    }

    [Fact]
    public void A_plot_breaks_where_a_day_has_no_value_and_stays_inside()
    {
        var plot = new LinePlot("x", ["1/11", "2/11", "3/11"], [new("m", "median", [4, null, 12])]);
        Assert.Equal(2, plot.PathOf(plot.Lines[0]).Count(c => c == 'M'));
        Assert.Equal(20, plot.Highest);
        Assert.All(plot.Points(plot.Lines[0]), p => Assert.InRange(double.Parse(p.Y, System.Globalization.CultureInfo.InvariantCulture), 0, LinePlot.Height));
    }

    [Theory, OnEachEngine]
    public async Task Times_follow_the_samples_and_the_backlog_is_what_was_received_and_not_released(Engine engine)
    {
        await using var app = await Start(engine);
        var first = await app.Sample(await app.Person());
        var second = await app.Sample(await app.Person("Bianchi"));
        app.Clock.Advance(TimeSpan.FromHours(5));
        await Release(app, first);
        app.Clock.Advance(TimeSpan.FromHours(25));
        var (lab, day) = (As.Lab(first.Lab), new DateOnly(2021, 11, 15));
        var before = await app.Send(new TurnAroundTimes(day, day.AddDays(1), null, TurnAroundBy.Day), As.Administrator());
        var row = Assert.Single(before.Rows);
        Assert.Equal((1, 5.0, 24, 100), (row.Reports, row.InLab.Median!.Value, row.TargetHours, row.Within!.Value));
        Assert.Equal([0, 0, 0, 1, 0], Assert.Single(before.Backlog).ByAge);

        await Release(app, second);
        var both = await app.Send(new TurnAroundTimes(day, day.AddDays(1), null, TurnAroundBy.Week), As.Administrator());
        Assert.Empty(both.Backlog);
        Assert.Equal(2, both.Rows.Sum(r => r.Reports));
        Assert.All(both.Rows, r => Assert.Equal(new DateOnly(2021, 11, 15), r.Period));
        Assert.Equal(30.0, both.Together.Single().InLab.P90!.Value, 1);

        // An annulled report is owed again.
        var report = (await app.Reports())[0];
        await app.Send(new AnnulReport { Id = Guid.CreateVersion7(), ReportId = report.Id, SeenVersion = report.Version, Reason = "Prova" }, lab);
        await app.Drain();
        Assert.Equal(1, (await app.Send(new TurnAroundTimes(day, day, null, TurnAroundBy.Day), lab)).Backlog.Sum(b => b.ByAge.Sum()));
        Assert.Empty((await app.Send(new TurnAroundTimes(day, day.AddDays(1), null, TurnAroundBy.Day), As.Lab("LAB-020"))).Rows);

        var visitor = await app.SignedIn(As.Administrator());
        var page = await visitor.Open("/referti/turnaround?From=2021-11-15&To=2021-11-16");
        Assert.NotNull(page.Page.QuerySelector("svg[role=img] title"));
        Assert.Contains("Da refertare", page.Text, StringComparison.Ordinal);
        var csv = await visitor.Http.GetStringAsync("/referti/turnaround?From=2021-11-15&To=2021-11-16&format=csv");
        Assert.Contains("Arrivo → rilascio, mediana (ore)", csv, StringComparison.Ordinal);
        Assert.Equal("PK", (await visitor.Http.GetStringAsync("/referti/turnaround?format=xlsx"))[..2]);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, (await visitor.Open("/referti/turnaround?From=2021-11-16&To=2021-11-15")).Status);
    }

    private static async Task Release(PlatformApp app, Sample sample)
    {
        await app.Send(app.Result(sample, ReportResult.NotDetected), As.Lab(sample.Lab));
        await app.Drain();
    }
}
