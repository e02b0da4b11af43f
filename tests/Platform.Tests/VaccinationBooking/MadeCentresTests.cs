using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement.Accounts;
using Platform.VaccinationBooking.Centres;

namespace Platform.Tests.VaccinationBooking;

/// <summary>A centre that was added on a screen has its people like one of the region pack.</summary>
public sealed class MadeCentresTests
{
    [Theory, OnEachEngine]
    public async Task An_operator_gets_an_account_at_a_centre_that_was_made_by_hand_and_sees_it_by_name(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var torino = As.LocalAdministrator(ScopeKind.Asl, "010301");
        Assert.Contains((await Assert.ThrowsAsync<ValidationException>(() => app.Send(Account("anna"), torino))).Errors, e => e.PropertyName == "Scope");
        await app.Send(
            new SaveCentre { Code = "PAL-01", Name = "Palestra Gobetti", Kind = CentreKind.Hub, Municipality = "001272", PostalCode = "10121", Address = "Via Po 1" }, As.VaccinationManager());

        var shown = await app.Send(Account("anna"), torino);
        var visitor = app.Visitor();
        await visitor.ChooseFirstPassword("anna", shown.Password!, "una password solo mia");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.Open("/vaccination/day")).Status);
        Assert.Contains("Palestra Gobetti", (await visitor.Open("/account")).Text, StringComparison.Ordinal);
        var form = await (await app.SignedIn(torino)).Open("/users/new");
        Assert.Contains("Palestra Gobetti", form.Page.DocumentElement.TextContent, StringComparison.Ordinal);

        // Another ASL's administrator has nothing to do with it.
        Assert.Equal("not-yours-to-give", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Account("bruno"), As.LocalAdministrator(ScopeKind.Asl, "010203")))).Code);
    }

    private static AddAccount Account(string name) => new()
    {
        Id = Guid.CreateVersion7(), UserName = name, DisplayName = name, Email = name + "@example.org", Role = Role.VaccinationOperator, Scope = "VaccinationCentre:PAL-01",
    };
}
