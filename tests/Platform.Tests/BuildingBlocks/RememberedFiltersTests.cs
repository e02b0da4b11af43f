using Platform.Tests.Harness;
using Platform.Tests.Patients;

namespace Platform.Tests.BuildingBlocks;

public sealed class RememberedFiltersTests
{
    private const string Field = "Codice fiscale, nome o data di nascita";

    [Fact]
    public async Task A_list_remembers_its_filters_until_they_are_cleared_or_somebody_else_signs_in()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        await app.Send(Registry.Mario, Registry.Sisp);
        await app.Send(Registry.Person("Verdi", "Anna", new(1970, 1, 2)), Registry.Sisp);
        var sisp = await app.SignedIn(Registry.Sisp);
        await sisp.Submit(await sisp.Open("/patients"), "Cerca", (Field, "rossi"));
        await sisp.Open((await sisp.Open("/patients")).Link("Data di nascita"));
        await sisp.Open("/testing/requests");

        var again = await sisp.Open("/patients");
        Assert.Equal("rossi", again.ValueOf(Field));
        Assert.DoesNotContain("Verdi", again.Text, StringComparison.Ordinal);
        Assert.Contains("sort=birth", again.Address, StringComparison.Ordinal);
        Assert.DoesNotContain("rossi", again.Address, StringComparison.OrdinalIgnoreCase);

        var cleared = await sisp.Open(again.Link("Azzera"));
        Assert.Equal("/patients", cleared.Address);
        Assert.Contains("Verdi", cleared.Text, StringComparison.Ordinal);
        Assert.Contains("Verdi", (await sisp.Open("/patients")).Text, StringComparison.Ordinal);

        await sisp.Submit(await sisp.Open("/patients"), "Cerca", (Field, "rossi"));
        Assert.Contains("Verdi", (await sisp.Submit(await sisp.Open("/patients"), "Cerca", (Field, ""))).Text, StringComparison.Ordinal);
        Assert.Contains("Verdi", (await sisp.Open("/patients")).Text, StringComparison.Ordinal);

        await sisp.Submit(await sisp.Open("/patients"), "Cerca", (Field, "rossi"));
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        await sisp.Submit(await sisp.Open("/"), "Esci");
        var other = As.Sisp("010301") with { Id = Guid.CreateVersion7(), DisplayName = "Altra" };
        await app.SignedIn(other);
        await sisp.SignIn("altra", "Prova-di-sistema-1");
        Assert.Contains("Verdi", (await sisp.Open("/patients")).Text, StringComparison.Ordinal);
    }
}
