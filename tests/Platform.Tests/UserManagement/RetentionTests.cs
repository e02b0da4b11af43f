using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.Notifications;
using Platform.Notifications.Contracts;
using Platform.Notifications.Mails;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.RetentionRuns;

namespace Platform.Tests.UserManagement;

public sealed class RetentionTests
{
    [Theory, OnEachEngine]
    public async Task What_is_beyond_its_term_is_forgotten_the_rest_stays_and_the_page_says_so(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var officer = await app.SignedIn(As.PrivacyOfficer());
        var gone = Guid.CreateVersion7();
        await app.Send(new PostMail(gone, "a@example.org", "Il suo referto è disponibile", "x", Guid.CreateVersion7()));
        await app.Send(new PostMail(Guid.CreateVersion7(), "b@example.org", "Il suo referto è disponibile", "x", null));
        await app.Drain();
        await app.Db<NotificationsDb, int>(db => db.Mails.Where(m => m.Id == gone)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Sent)));
        Assert.True(await Delivered(app) > 0);

        app.Clock.Advance(TimeSpan.FromDays(89));
        await Run(app);
        Assert.Equal((1, 2, 0), (await SignIns(app), await Mails(app), await Delivered(app)));
        app.Clock.Advance(TimeSpan.FromDays(2));
        await Run(app);
        Assert.Equal((1, 1), (await SignIns(app), await Mails(app)));
        app.Clock.Advance(TimeSpan.FromDays(280));
        await Run(app);
        Assert.Equal((0, 1), (await SignIns(app), await Mails(app)));

        officer = app.Visitor();
        await officer.SignIn(As.PrivacyOfficer().DisplayName.ToLowerInvariant().Replace(' ', '.'), PlatformApp.Password);
        var page = await officer.Open("/privacy/retention");
        Assert.Contains("sign_ins: 1", page.Text, StringComparison.Ordinal);
        Assert.Contains("mails: 1", page.Text, StringComparison.Ordinal);
        Assert.Contains("provv. 27/11/2008", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_term_of_the_region_is_applied_by_somebody()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        await using var scope = app.Scope();
        var applied = scope.ServiceProvider.GetServices<IForgets>().Select(f => f.What).Distinct();
        Assert.Equal(app.Region.Retention.Rules.Where(r => r.Days is not null).Select(r => r.What).Distinct().Order(StringComparer.Ordinal), applied.Order(StringComparer.Ordinal));
    }

    private static Task Run(PlatformApp app) => app.Services.GetRequiredService<JobRunner>().Run(ApplyRetention.Name, default);

    private static Task<int> SignIns(PlatformApp app) => app.Db<UserManagementDb, int>(db => db.SignIns.CountAsync());

    private static Task<int> Mails(PlatformApp app) => app.Db<NotificationsDb, int>(db => db.Mails.CountAsync());

    private static async Task<int> Delivered(PlatformApp app) =>
        await app.Db<UserManagementDb, int>(db => db.Outbox.CountAsync(r => r.SentAt != null)) + await app.Db<NotificationsDb, int>(db => db.Outbox.CountAsync(r => r.SentAt != null));
}
