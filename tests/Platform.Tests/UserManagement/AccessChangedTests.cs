using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Notifications.Mails;
using Platform.Tests.Harness;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.UserManagement;

/// <summary>Whoever has an account is told when the way into it changes, so that she learns of what she has not done.</summary>
public sealed class AccessChangedTests
{
    private const string Password = "una-frase-lunga-7";

    [Theory, OnEachEngine]
    public async Task Each_change_of_the_way_in_is_told_by_mail_in_her_language_with_no_secret_in_it(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var anna = await app.Send(new CreateAccount("anna", Password, "Anna Prova", "anna@example.org", "en", As.Sisp("010301").Assignments));
        var herself = new Identity(anna, "Anna Prova", As.Sisp("010301").Assignments);
        await app.Send(new ChangePassword { Current = Password, New = "altra-frase-lunga-8", Again = "altra-frase-lunga-8" }, herself);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.Send(new ResetSecondFactor(anna), As.Administrator());
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var shown = await app.Send(new ResetPassword(anna), As.Administrator());
        await app.Drain();
        await app.Drain();

        var mails = await app.Db<NotificationsDb, List<Mail>>(db => db.Mails.AsNoTracking().OrderBy(m => m.CreatedAt).ToListAsync());
        Assert.Equal(3, mails.Count);
        Assert.All(mails, m => Assert.Equal(("anna@example.org", "Your access to the platform has changed"), (m.ToAddress, m.Subject)));
        Assert.Equal(2, mails.Count(m => m.Body.Contains("password of your access has changed", StringComparison.Ordinal)));
        Assert.Single(mails, m => m.Body.Contains("second factor of your access was reset", StringComparison.Ordinal));
        Assert.All(mails, m => Assert.DoesNotContain(shown.Password!, m.Body, StringComparison.Ordinal));
    }
}
