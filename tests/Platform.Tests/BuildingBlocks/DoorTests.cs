using System.Net;
using FluentValidation;
using Platform.BuildingBlocks.Security;
using Platform.Patients.GpLists;
using Platform.Referti.Reports;
using Platform.Tests.Harness;

namespace Platform.Tests.BuildingBlocks;

/// <summary>What comes in at the door in a form nobody's browser sends.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task A_page_without_a_handler_for_what_was_asked_is_not_drawn()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var gp = await app.SignedIn(As.Gp("990007"));
        var token = (await gp.Open("/account")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var path in new[] { "/account", "/patients", "/inbox", "/referti", "/verify/x" })
        {
            using var trace = new HttpRequestMessage(HttpMethod.Trace, path);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await gp.Http.SendAsync(trace)).StatusCode);
            foreach (var handler in new[] { "", "?handler=Nonsense" })
            {
                using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
                Assert.Equal(HttpStatusCode.MethodNotAllowed, (await gp.Http.PostAsync(path + handler, form)).StatusCode);
            }
        }

        // The page that says so is a page too, whatever the verb.
        Assert.Equal(HttpStatusCode.NotFound, (await gp.Open("/nothing-here")).Status);
        Assert.Equal(HttpStatusCode.OK, (await gp.Open("/privacy")).Status);
        Assert.DoesNotContain(app.Log, line => line.Contains("Unforeseen", StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    public async Task A_text_with_a_nul_is_refused_wherever_it_stands(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        foreach (var (who, paths) in new (Identity, string[])[]
        {
            (As.Gp("990007"), ["/inbox?group=%00", "/referti?text=1%00", "/testing/requests?text=a%00b1"]),
            (As.Lab("LAB-001"), ["/referti/enter?text=1%00", "/referti/unmatched?reason=%00", "/referti/unmatched?text=1%00"]),
            (As.Administrator(), ["/audit?actor=%00"]),
        })
        {
            var visitor = await app.SignedIn(who);
            foreach (var path in paths)
                Assert.Equal((path, HttpStatusCode.UnprocessableEntity), (path, (await visitor.Open(path)).Status));
        }

        var wrong = await Assert.ThrowsAsync<ValidationException>(() => app.Send(
            new TakeIntoList { FiscalCode = "A\0", FamilyName = "Prova", BirthDate = new(2000, 1, 1) }, As.Gp("990007")));
        Assert.Equal(nameof(TakeIntoList.FiscalCode), Assert.Single(wrong.Errors).PropertyName);
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(new VerifiedReport(new string('\0', 40))));
        Assert.DoesNotContain(app.Log, line => line.Contains("Unforeseen", StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    public async Task The_last_day_of_the_calendar_can_be_asked_for(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var administrator = await app.SignedIn(As.Administrator());
        foreach (var day in new[] { "9999-12-31", "9999-12-30", "0001-01-01" })
            Assert.Equal(HttpStatusCode.OK, (await administrator.Open("/audit?day=" + day)).Status);
    }
}
