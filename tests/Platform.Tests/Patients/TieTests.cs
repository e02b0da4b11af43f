using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Facts;
using Platform.Patients.People;
using Platform.Patients.Ties;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class TieTests
{
    private static readonly DateOnly Today = new(2021, 11, 15);

    [Theory]
    [InlineData("2015-05-05", "1980-03-12", ProxyKind.Parent, null)]
    [InlineData("2003-11-15", "1980-03-12", ProxyKind.Parent, "not-a-minor")]
    [InlineData("2003-11-16", "1980-03-12", ProxyKind.Parent, null)]
    [InlineData("2015-05-05", "2003-11-16", ProxyKind.Parent, "proxy-minor")]
    [InlineData("2015-05-05", "1980-03-12", ProxyKind.Delegate, "minor-delegates")]
    [InlineData("1938-12-01", "1980-03-12", ProxyKind.Delegate, null)]
    [InlineData("1938-12-01", "1980-03-12", ProxyKind.Guardian, null)]
    [InlineData("2015-05-05", "1980-03-12", ProxyKind.Guardian, null)]
    public void Who_may_act_for_whom(string born, string proxyBorn, ProxyKind kind, string? refusal)
    {
        var act = () => Tie.Note(Guid.CreateVersion7(), Person(born), Person(proxyBorn), kind, Today, null, "CI AB123", default, "sisp");
        Assert.Equal(refusal, (Record.Exception(act) as Refusal)?.Code);
    }

    [Fact]
    public void A_parent_acts_until_the_day_before_the_child_comes_of_age() =>
        Assert.Equal(new DateOnly(2033, 5, 4), Tie.Note(Guid.CreateVersion7(), Person("2015-05-05"), Person("1980-03-12"), ProxyKind.Parent, Today, new(2050, 1, 1), "CI", default, "sisp").ValidTo);

    [Theory, OnEachEngine]
    public async Task A_parent_may_act_for_her_child_until_the_tie_ends(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var child = await app.Send(Registry.Person("Rossi", "Giulia", new(2013, 6, 21), Sex.Female), Registry.Sisp);
        var parent = await app.Send(Registry.Mario with { Residence = "Moncalieri" }, Registry.SispTo5);
        var note = new NoteTie
        {
            Id = Guid.CreateVersion7(), PatientId = child, ProxyCode = Registry.Mario.FiscalCode, ProxyFamilyName = "rossi", Kind = ProxyKind.Parent,
            From = Today, Document = "Carta d'identità CA12345AB",
        };
        Assert.Equal("proxy-unknown", (await Refused(note with { ProxyFamilyName = "Verdi" })).Code);
        await app.Send(note, Registry.Sisp);
        await app.Send(note, Registry.Sisp);
        Assert.Equal("tie-known", (await Refused(note with { Id = Guid.CreateVersion7() })).Code);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(note with { Id = Guid.CreateVersion7() }, Registry.SispTo5))).Kind);

        Assert.True(await app.Send(new MayActFor(parent, child)));
        Assert.False(await app.Send(new MayActFor(child, parent)));
        Assert.True(await app.Send(new MayActFor(child, child)));
        Assert.Equal((parent, ProxyKind.Parent, new DateOnly(2031, 6, 20)), Assert.Single(await app.Send(new ProxiesOf(child))) is var p ? (p.PatientId, p.Kind, p.Until!.Value) : default);
        Assert.Equal(child, Assert.Single(await app.Send(new PeopleActedForBy(parent))).Id);

        await app.Send(new EndTie(child, note.Id), Registry.Sisp);
        Assert.True(await app.Send(new MayActFor(parent, child)));
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await app.Send(new MayActFor(parent, child)));
        Assert.Equal([FactKind.TieNoted, FactKind.TieEnded], await app.Facts(child));

        async Task<Refusal> Refused(NoteTie what) => await Assert.ThrowsAsync<Refusal>(() => app.Send(what, Registry.Sisp));
    }

    [Fact]
    public async Task The_screens_note_and_end_it_and_link_only_to_whom_one_may_see()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var child = await app.Send(Registry.Person("Rossi", "Giulia", new(2013, 6, 21), Sex.Female), Registry.Sisp);
        await app.Send(Registry.Mario with { Residence = "Moncalieri" }, Registry.SispTo5);
        var sisp = await app.SignedIn(Registry.Sisp);
        var form = await sisp.Open($"/patients/{child}/ties/new");
        var wrong = await sisp.Submit(form, "Annota", ("Legame", "Genitore"));
        Assert.NotEmpty(wrong.ErrorOf("Documento visto"));
        var page = await sisp.Submit(wrong, "Annota", ("Codice fiscale di chi la rappresenta", Registry.Mario.FiscalCode!), ("Cognome di chi la rappresenta", "Rossi"), ("Documento visto", "CI CA12345AB"));
        Assert.Contains("La rappresenta Rossi Mario Genitore, dal 15/11/2021 al 20/06/2031; CI CA12345AB", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Page.QuerySelectorAll("a"), a => a.TextContent.Contains("Rossi Mario", StringComparison.Ordinal));
        Assert.Contains("Il legame è finito", (await sisp.Submit(page, "Termina")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    private static Patient Person(string born) => Platform.Patients.People.Patient.Register(Guid.CreateVersion7(),
        new(null, "Rossi", "Mario", Sex.Male, DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture), null), new("001272", "010301", null, null, null), default);
}
