using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.Patients.Deaths;
using Platform.Patients.Grants;
using Platform.Referti.Reports;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.Tests.Testing;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Journeys;

/// <summary>What happens to a person in the registry reaches her swabs and her reports.</summary>
public sealed class PeopleOnTheMoveTests
{
    private const string Neighbour = "010205";

    [Theory, OnEachEngine]
    public async Task Whom_a_grant_shows_to_another_ASL_is_seen_there_with_her_swabs_and_reports_and_only_for_its_days(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await RefertiApp.Sample(app);
        await app.Take(Message("G1", sample.Person, sample.Number), sample.Lab);
        Assert.Equal((0, 0), await Seen());

        await app.Send(
            new GrantVisibility
            {
                Id = Guid.CreateVersion7(), PatientId = sample.Person.Id, AslCode = Neighbour, From = new(2021, 11, 15), Until = new(2021, 11, 30), Reason = "Dai nonni",
            }, As.Sisp(RefertiApp.Asl));
        await app.Drain();
        Assert.Equal((1, 1), await Seen());
        var later = await RefertiApp.Sample(app, sample.Person);
        await app.Take(Message("G2", sample.Person, later.Number), later.Lab);
        Assert.Equal((2, 2), await Seen());

        app.Clock.Advance(TimeSpan.FromDays(16));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGrants.Name, default);
        await app.Drain();
        Assert.Equal((0, 0), await Seen());

        async Task<(int Swabs, int Reports)> Seen()
        {
            var who = As.Sisp(Neighbour);
            return ((await app.Send(new SwabRequestList(), who)).Rows.Count, (await app.Send(new ReportList(null, null, null, null, false), who)).Rows.Count);
        }
    }

    [Theory, OnEachEngine]
    public async Task Whom_two_grants_show_is_seen_by_both_ASLs_and_by_the_one_that_is_left(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await RefertiApp.Sample(app);
        await app.Take(Message("G1", sample.Person, sample.Number), sample.Lab);
        foreach (var (asl, until) in new[] { ("010203", new DateOnly(2021, 11, 20)), (Neighbour, new DateOnly(2021, 12, 20)), ("010208", new DateOnly(2021, 12, 20)) })
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.Send(
                new GrantVisibility { Id = Guid.CreateVersion7(), PatientId = sample.Person.Id, AslCode = asl, From = new(2021, 11, 15), Until = until, Reason = "Dai nonni" },
                As.Sisp(RefertiApp.Asl));
        }

        await app.Drain();
        Assert.Equal([(1, 1), (1, 1), (1, 1)], [await Seen("010203"), await Seen(Neighbour), await Seen("010208")]);

        app.Clock.Advance(TimeSpan.FromDays(7));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGrants.Name, default);
        await app.Drain();
        Assert.Equal([(0, 0), (1, 1), (1, 1)], [await Seen("010203"), await Seen(Neighbour), await Seen("010208")]);

        async Task<(int Swabs, int Reports)> Seen(string asl) =>
            ((await app.Send(new SwabRequestList(), As.Sisp(asl))).Rows.Count, (await app.Send(new ReportList(null, null, null, null, false), As.Sisp(asl))).Rows.Count);
    }

    [Theory, OnEachEngine]
    public async Task A_death_calls_off_what_was_booked_and_frees_the_place(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var person = await RefertiApp.Person(app);
        var slot = await app.Slot(1);
        var request = await app.Send(
            new RequestSwab { Id = Guid.CreateVersion7(), PatientId = person.Id, TestType = TestType.Molecular, Reason = "contact", SlotId = slot }, As.Gp(RefertiApp.Gp));
        var taken = await RefertiApp.Sample(app, person, TestType.Antigen);
        await app.Send(new RecordDeath { Id = person.Id, On = new(2021, 11, 15) }, As.Gp(RefertiApp.Gp));
        await app.Drain();
        Assert.Equal(SwabRequestState.Cancelled, await app.StateOf(request));
        Assert.Equal(0, await app.Db<TestingDb, int>(db => db.Slots.Where(s => s.Id == slot).Select(s => s.Booked).SingleAsync()));
        Assert.Equal(SwabRequestState.Received, await app.StateOf(taken.RequestId));
    }
}
