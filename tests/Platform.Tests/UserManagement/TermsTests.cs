using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Operations;
using Platform.BuildingBlocks.Security;
using Platform.Correspondence;
using Platform.Correspondence.Conversations;
using Platform.Tests.Harness;
using Platform.Tests.Patients;
using Platform.Tests.VaccinationBooking;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.RetentionRuns;
using Platform.UserManagement.Sessions;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;

namespace Platform.Tests.UserManagement;

/// <summary>Terms of conversations, accounts and bookings; what has no term says so; what is unusual in who comes in is an alarm.</summary>
public sealed class TermsTests
{
    [Theory, OnEachEngine]
    public async Task A_conversation_goes_ten_years_after_its_last_word(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(new OpenConversation { Id = Guid.CreateVersion7(), To = Registry.Gp, Subject = "Orari", Text = "Quando?" }, Registry.Sisp);
        app.Clock.Advance(TimeSpan.FromDays(3000));
        await app.Send(new Reply { Id = Guid.CreateVersion7(), ConversationId = id, Text = "Domani." }, As.Gp(Registry.Gp));
        app.Clock.Advance(TimeSpan.FromDays(3650));
        await Night(app);
        Assert.Equal((1, 2), await app.Db<CorrespondenceDb, (int, int)>(async db => (await db.Conversations.CountAsync(), await db.Messages.CountAsync())));
        app.Clock.Advance(TimeSpan.FromDays(3));
        await Night(app);
        Assert.Equal((0, 0), await app.Db<CorrespondenceDb, (int, int)>(async db => (await db.Conversations.CountAsync(), await db.Messages.CountAsync())));
    }

    [Theory, OnEachEngine]
    public async Task An_account_goes_five_years_after_it_was_closed_and_the_log_still_names_it(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var anna = await app.Send(new CreateAccount("anna", PlatformApp.Password, "Anna Prova", "anna@example.org", "it", As.Sisp("010301").Assignments));
        await app.Send(new CreateAccount("bruno", PlatformApp.Password, "Bruno Prova", "bruno@example.org", "it", As.Sisp("010301").Assignments));
        await app.Send(new DeactivateAccount(anna), As.Administrator());
        app.Clock.Advance(TimeSpan.FromDays(1800));
        await Night(app);
        Assert.Equal(2, await app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync()));
        app.Clock.Advance(TimeSpan.FromDays(30));
        await Night(app);
        Assert.Equal(["bruno"], await app.Db<UserManagementDb, List<string?>>(db => db.Accounts.Select(a => a.UserName).ToListAsync()));
        Assert.True(await app.Db<UserManagementDb, bool>(db => db.AuditLines.AnyAsync(l => l.SubjectId == anna && l.What == "users.accounts" && l.Action == "delete")));
    }

    [Theory, OnEachEngine]
    public async Task A_booking_of_which_no_dose_came_goes_after_two_years_and_doses_never(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        var codes = new List<string>();
        foreach (var person in people)
            codes.Add((await app.AtOnce([app.Order(person.PatientId, await app.Slot(1, 1, 10), await app.Slot(2, 1, 40)) with { Email = "anna@example.org" }]))[0].Code!);
        await app.Send(new CancelBooking { Id = Guid.CreateVersion7(), Code = codes[0], FiscalCode = people[0].FiscalCode });
        await app.Drain();
        app.Clock.Advance(TimeSpan.FromDays(740));
        await Night(app);
        Assert.Equal([people[1].PatientId], await app.Db<VaccinationDb, List<Guid>>(db => db.Bookings.Select(b => b.PatientId).ToListAsync()));
        Assert.Equal(2, await app.Db<VaccinationDb, int>(db => db.Appointments.CountAsync()));
        var page = await (await app.SignedIn(As.PrivacyOfficer())).Open("/privacy/retention");
        Assert.Contains("mai", page.Page.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("vaccinations", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Many_refused_sign_ins_and_one_who_looks_at_very_many_people_are_alarms(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var officer = As.PrivacyOfficer();
        await app.SignedIn(officer);
        var id = await app.Db<UserManagementDb, Guid>(db => db.Accounts.Select(a => a.Id).SingleAsync());
        Assert.Empty(await Unusual(app));
        await app.Db<UserManagementDb, int>(db =>
        {
            db.SignIns.AddRange(Enumerable.Range(0, 300).Select(_ => SignInRow.Of(Guid.Empty, app.Clock.Now, "203.0.113.9", succeeded: false)));
            return db.SaveChangesAsync();
        });
        await using (var scope = app.Scope(officer with { Id = id }))
        {
            var db = scope.ServiceProvider.GetRequiredService<UserManagementDb>();
            db.Audit("read", "test.Many", Enumerable.Range(0, 3000).Select(_ => Guid.CreateVersion7()));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await app.Drain();
        Assert.Equal(["looks-of-one", "sign-ins-refused"], await Unusual(app));
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Empty(await Unusual(app));
    }

    private static async Task<string[]> Unusual(PlatformApp app)
    {
        await using var scope = app.Scope();
        return [.. (await scope.ServiceProvider.GetRequiredService<Diagnosis>().Look(default)).Where(f => f.Alarm && f.Area == "Accessi insoliti").Select(f => f.Code).Order(StringComparer.Ordinal)];
    }

    private static async Task Night(PlatformApp app)
    {
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyRetention.Name, default);
        Assert.False(await app.Db<UserManagementDb, bool>(db => db.JobRuns.AnyAsync(r => r.Failed)));
        await app.Drain();
    }
}
