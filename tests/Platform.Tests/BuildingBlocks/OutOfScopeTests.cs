using System.Net;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Patients.People;
using Platform.Tests.Harness;
using Platform.Tests.Patients;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.BuildingBlocks;

/// <summary>What lies out of somebody's scope is answered like what does not exist, and the log tells them apart (OWASP ASVS 7.2.2).</summary>
public sealed class OutOfScopeTests
{
    [Theory, OnEachEngine]
    public async Task A_row_of_others_leaves_who_asked_and_its_id_in_the_log_and_one_that_is_not_there_leaves_nothing(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var person = await app.Send(Registry.Mario, Registry.Sisp);
        var other = Registry.SispTo5;
        foreach (var id in new[] { person, Guid.CreateVersion7() })
        {
            var refused = await Assert.ThrowsAsync<Refusal>(() => app.Send(new PersonDetails(id), other));
            Assert.Equal(RefusalKind.NotFound, refused.Kind);
        }

        var line = Assert.Single(app.Log, l => l.Contains("out of her scope", StringComparison.Ordinal));
        Assert.Contains($"PersonDetails of {other.Id} named Patient {person}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_of_another_organisation_and_a_page_are_told_as_well()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var anna = await app.Send(new CreateAccount("anna", PlatformApp.Password, "Anna Prova", "anna@example.org", "it", [new(Role.Sisp, new(ScopeKind.Asl, "010301"))]));
        var visitor = await app.SignedIn(As.LocalAdministrator(ScopeKind.Asl, "010203"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Open($"/users/{anna}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Open($"/users/{Guid.CreateVersion7()}")).Status);
        Assert.Contains($"named Account {anna}", Assert.Single(app.Log, l => l.Contains("out of her scope", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
