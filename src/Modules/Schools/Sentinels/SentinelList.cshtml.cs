using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;

namespace Platform.Schools.Sentinels;

[Requires(SchoolsModule.MaySurvey)]
internal sealed class SentinelListPage : ListPage<SentinelRound>
{
    protected override string FileName => "campioni";

    protected override ListQuery<SentinelRound> Query => new SentinelList();

    protected override IReadOnlyList<ListColumn<SentinelRound>> Columns =>
    [
        new(T["Nome del campione"], r => r.Name, "name") { Link = r => $"/schools/sentinels/{r.Id}" },
        new(T["Ordine di scuola"], r => r.Level is { } level ? T[SchoolWords.Of(level)].Value : T["Tutti"].Value),
        new(T["Giorno del test"], r => r.Day, "day"), new(T["Risposte entro"], r => r.Due), new(T["Classi tra cui si è estratto"], r => r.Among), new(T["Seme"], r => r.Seed),
    ];
}
