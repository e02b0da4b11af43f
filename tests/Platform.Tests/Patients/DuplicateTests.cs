using System.Net;
using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Duplicates;
using Platform.Patients.People;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class DuplicateTests
{
    [Theory]
    [InlineData("ROSSI", "MARIO", "ROSSI", "MARIO", nameof(Likeness.SameNames))]
    [InlineData("D ANGELO", "NICOLO", "DANGELO", "NICOLO", nameof(Likeness.SameNames))]
    [InlineData("ROSSI", "MARIO", "MARIO", "ROSSI", nameof(Likeness.Swapped))]
    [InlineData("ROSSI", "MARIO", "ROSI", "MARIO", nameof(Likeness.OneLetter))]
    [InlineData("ROSSI", "MARIO", "ROSSI", "MARIA", nameof(Likeness.OneLetter))]
    [InlineData("ROSSI", "MARIO", "ROSIS", "MARIO", nameof(Likeness.OneLetter))]
    [InlineData("ROSSI", "MARIA ANNA", "ROSSI", "ANNA", nameof(Likeness.PartOfName))]
    [InlineData("ROSSI", "MARIO", "ROSI", "MARIA", null)]
    [InlineData("ROSSI", "MARIO", "BIANCHI", "MARIO", null)]
    public void Names_are_alike(string family, string given, string otherFamily, string otherGiven, string? how) =>
        Assert.Equal(how, Likely.Names(family, given, otherFamily, otherGiven)?.ToString());

    [Theory, OnEachEngine]
    public async Task Who_she_may_already_be_is_found_the_surest_first(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var born = new DateOnly(1980, 3, 12);
        await app.Send(Registry.Mario, Registry.Sisp);
        await app.Send(Registry.Person("Rosi", "Mario", born), Registry.Sisp);
        await app.Send(Registry.Person("Mario", "Rossi", born), Registry.Sisp);
        await app.Send(Registry.Person("Rossi", "Mario", new(1981, 3, 12)), Registry.Sisp);

        async Task<IEnumerable<Likeness>> Like(LikelyDuplicates typed) => (await app.Send(typed, Registry.Sisp)).People.Select(p => p.Likeness);
        Assert.Equal([Likeness.SameNames, Likeness.Swapped, Likeness.OneLetter], await Like(new() { FamilyName = "rossi", GivenName = "Màrio", BirthDate = born }));
        Assert.Equal(Likeness.SameCode, (await Like(new() { FiscalCode = Registry.Mario.FiscalCode })).First());
        Assert.Equal(Likeness.Omocodia, (await Like(new() { FiscalCode = FiscalCode.Omocodie(Registry.Mario.FiscalCode!)[0] })).First());
        Assert.Empty(await Like(new() { FamilyName = "Rossi", GivenName = "Mario" }));
        Assert.Empty(await Like(new() { FamilyName = "Rossi", BirthDate = born }));
    }

    [Theory, OnEachEngine]
    public async Task Of_people_out_of_scope_only_what_was_typed_whole_is_told_to_be_there(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        await app.Send(Registry.Mario, Registry.Sisp);
        async Task<(int, bool)> Told(LikelyDuplicates typed) => await app.Send(typed, Registry.SispTo5) is var a ? (a.People.Count, a.Elsewhere) : default;
        Assert.Equal((0, true), await Told(new() { FiscalCode = Registry.Mario.FiscalCode }));
        Assert.Equal((0, true), await Told(new() { FamilyName = "Rossi", GivenName = "Mario", BirthDate = new(1980, 3, 12) }));
        Assert.Equal((0, false), await Told(new() { FamilyName = "Rosi", GivenName = "Mario", BirthDate = new(1980, 3, 12) }));
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new LikelyDuplicates(), As.Lab("LAB-001")))).Kind);
    }

    [Theory, OnEachEngine]
    public async Task Whom_a_codice_fiscale_proves_another_is_not_asked_about(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var born = new DateOnly(2015, 5, 5);
        await app.Send(Registry.Person("Verdi", "Luca", born), Registry.Sisp);
        await app.Send(Registry.Person("Verdi", "Luna", born), Registry.Sisp);
        var newborn = new RegisterPerson { Id = Guid.CreateVersion7(), FamilyName = "Verdi", GivenName = "Luka", Sex = Sex.Male, BirthDate = born, Residence = "Torino" };
        Assert.Equal("same-name", (await Assert.ThrowsAsync<Refusal>(() => app.Send(newborn, Registry.Sisp))).Code);
        await app.Send(newborn with { SomebodyElse = true }, Registry.Sisp);
        // Her code arrives and she is registered with it as if she were new: she may be the one who had none.
        Assert.Equal("same-name", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Registry.Person("Verdi", "Luka", born), Registry.Sisp))).Code);
    }

    [Fact]
    public async Task They_are_shown_while_typing_and_without_scripts_when_the_form_is_sent()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var sisp = await app.SignedIn(Registry.Sisp);
        var form = await sisp.Open("/patients/new");
        Assert.Equal("/patients/duplicates", form.Page.QuerySelector("#alike")!.GetAttribute("hx-post"));
        var sent = await sisp.Submit(form, "Registra",
            ("Cognome", "Rosi"), ("Nome", "Mario"), ("Sesso", "Maschio"), ("Data di nascita", "1980-03-12"), ("Comune di residenza", "Torino (TO)"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Equal($"/patients/{id}", sent.Link("Rossi Mario"));
        Assert.Contains("una lettera di differenza", sent.Text, StringComparison.Ordinal);

        using var typed = new FormUrlEncodedContent(sent.Page.QuerySelectorAll("form[data-submit-once] input, form[data-submit-once] select")
            .OfType<AngleSharp.Html.Dom.IHtmlElement>().Where(e => e.GetAttribute("name") is not null)
            .Select(e => KeyValuePair.Create(e.GetAttribute("name")!, e is AngleSharp.Html.Dom.IHtmlSelectElement s ? s.Value ?? "" : e.GetAttribute("value") ?? "")));
        var part = await (await sisp.Http.PostAsync("/patients/duplicates", typed)).Content.ReadAsStringAsync();
        Assert.Contains("Rossi Mario", part, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", part, StringComparison.Ordinal);

        var registered = await sisp.Submit(sent, "Registra", ("Confermo che è un'altra persona", "true"));
        Assert.Contains("Codice provvisorio della piattaforma", registered.Text, StringComparison.Ordinal);
    }
}
