using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;

namespace Platform.Tests.BuildingBlocks;

public sealed class VisibilityTests
{
    [Theory, OnEachEngine]
    public async Task One_sees_the_rows_of_ones_own_scope_and_those_one_made(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        var torino = As.Sisp("010301");
        await host.Write("mine", asl: "010301");
        await host.Write("theirs", asl: "010203");
        await host.Write("by my hand", torino, asl: "010203");
        Assert.Equal(["by my hand", "mine"], (await host.Send(new NotesOf(null), torino)).Notes.Select(n => n.Text));
        Assert.Empty((await host.Send(new NotesOf(null), As.Sisp("010204"))).Notes);
    }

    [Theory, OnEachEngine]
    public async Task Without_the_permission_the_request_is_refused(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        var refusal = await Assert.ThrowsAsync<Refusal>(() => host.Send(new NotesOf(null), As.Gp("990007")));
        Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
    }

    [Theory, OnEachEngine]
    public async Task A_role_that_grants_the_permission_lends_only_its_own_scope(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        await host.Write("list of the other role", asl: "990007");
        var both = new Identity(Guid.CreateVersion7(), "both",
            [new(Role.Sisp, new(ScopeKind.Asl, "010301")), new(Role.Gp, new(ScopeKind.Asl, "990007"))]);
        Assert.Empty((await host.Send(new NotesOf(null), both)).Notes);
    }

    [Theory, OnEachEngine]
    public async Task Each_write_and_each_reading_of_a_person_leaves_its_line(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        var patient = Guid.CreateVersion7();
        var sisp = As.Sisp("010301");
        await host.Write("seen", sisp, patient, "010301");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Send(new NotesOf(null), sisp);
        var lines = (await host.Do(db => db.Outbox.AsNoTracking().Where(r => r.Type.EndsWith("PersonDataTouched")).OrderBy(r => r.At).ToListAsync()))
            .Select(r => (Line: JsonSerializer.Deserialize<PersonDataTouched>(r.Payload, EventCatalogue.Json)!, r.ActorId)).ToList();
        Assert.Equal([("write", "room.Note"), ("read", "room.NotesOf")], lines.Select(l => (l.Line.Action, l.Line.What)));
        Assert.All(lines, l =>
        {
            Assert.Equal([patient], l.Line.Patients);
            Assert.Equal(sisp.Id, l.ActorId);
            Assert.Equal("203.0.113.7", l.Line.Address);
        });
    }

    [Theory, OnEachEngine]
    public async Task Who_saves_second_is_told(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        await host.Write("draft");
        var refusal = await Assert.ThrowsAsync<Refusal>(() => host.Do(async mine =>
        {
            var row = await mine.Notes.SingleAsync();
            await host.Do(async other =>
            {
                (await other.Notes.SingleAsync()).Text = "first";
                return await other.SaveChangesAsync();
            });
            row.Text = "second";
            return await mine.SaveChangesAsync();
        }));
        Assert.Equal("changed-meanwhile", refusal.Code);
    }
}
