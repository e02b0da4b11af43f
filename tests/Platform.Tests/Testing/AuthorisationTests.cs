using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Notifications;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Requests;
using Platform.Tests.Harness;
using static Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.Testing;

public sealed class AuthorisationTests
{
    [Theory, OnEachEngine]
    public async Task A_doctors_screening_is_proposed_sent_back_completed_and_authorised(Engine engine)
    {
        await using var app = await Start(engine);
        var slot = await app.Slot(1);
        var id = await Proposed(app, slot);
        Assert.Equal((SwabRequestState.Proposed, "", slot), await Stand(app, id));
        Assert.Empty((await app.Send(new SwabRequestList(), As.Hotspot(HotspotCode))).Rows);
        Assert.Equal("slot-full", await RefusedWith(async () => await app.Send(app.Swab(await app.Person("Altra"), slot), As.Gp(Gp))));

        await app.Send(new DeclineSwab { Id = id, Version = await Version(app, id), Why = "Quale struttura?", ToComplete = true }, As.Sisp(Asl));
        Assert.Equal((SwabRequestState.MoreInformation, "", null), await Stand(app, id));
        Assert.Equal(0, (await app.SlotOf(slot)).Booked);
        Assert.Equal("Quale struttura?", (await app.Send(new ToDo(), As.Gp(Gp))).Rows.Single().Said);
        await app.Drain();
        Assert.Equal(
            [("Richiesta di tampone da completare: {0}", $"/testing/requests/{id}", $"Account:{As.Gp(Gp).Id}")],
            await app.Db<NotificationsDb, List<(string, string, string)>>(async db => [.. (await db.Messages.ToListAsync()).Select(m => (m.Subject, m.Link, m.Recipient))]));

        await app.Send(new CompleteSwabRequest { Id = id, Version = await Version(app, id), Reason = "screening", Note = "RSA Il Melo" }, As.Gp(Gp));
        await app.Send(new AuthoriseSwab { Id = id, Version = await Version(app, id) }, As.Sisp(Asl));
        Assert.Equal((SwabRequestState.Requested, "", null), await Stand(app, id));

        var late = await app.Slot(1, ahead: TimeSpan.FromDays(1));
        var move = new MoveBooking { Id = id, Version = await Version(app, id), SlotId = late };
        await app.Send(move, As.Gp(Gp));
        await app.Send(move, As.Gp(Gp));
        Assert.Equal((SwabRequestState.Booked, HotspotCode, late), await Stand(app, id));
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task The_place_that_was_kept_is_booked_by_the_authorisation_unless_its_time_has_passed(Engine engine)
    {
        await using var app = await Start(engine);
        var (kept, passed) = (await app.Slot(1), await app.Slot(1));
        var (first, second) = (await Proposed(app, kept), await Proposed(app, passed));
        Assert.Equal(SwabRequestState.Booked, await app.Send(new AuthoriseSwab { Id = first, Version = await Version(app, first) }, As.Sisp(Asl)));
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(SwabRequestState.Requested, await app.Send(new AuthoriseSwab { Id = second, Version = await Version(app, second) }, As.Sisp(Asl)));
        await app.NothingCountedWithoutABooking();
        Assert.Equal("move-not-allowed", await RefusedWith(async () => await app.Send(new AuthoriseSwab { Id = first, Version = await Version(app, first) }, As.Sisp(Asl))));
    }

    [Theory, OnEachEngine]
    public async Task A_refusal_gives_the_place_back_and_lets_another_request_be_made(Engine engine)
    {
        await using var app = await Start(engine);
        var slot = await app.Slot(1);
        var id = await Proposed(app, slot);
        await app.Send(new DeclineSwab { Id = id, Version = await Version(app, id), Why = "Non previsto" }, As.Sisp(Asl));
        Assert.Equal((SwabRequestState.Refused, "", null), await Stand(app, id));
        var person = (await app.Send(new Platform.Patients.Contracts.PatientById((await app.Request(id)).PatientId)))!;
        await app.Send(app.Swab(person, slot), As.Gp(Gp));
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task Who_authorises_need_not_propose_and_nobody_else_decides(Engine engine)
    {
        await using var app = await Start(engine);
        var own = await app.Send(app.Swab(await app.Person(), await app.Slot(1)) with { Reason = "screening" }, As.Sisp(Asl));
        Assert.Equal(SwabRequestState.Booked, (await app.Request(own)).State);
        var id = await Proposed(app, await app.Slot(1));
        var order = new AuthoriseSwab { Id = id, Version = await Version(app, id) };
        Assert.Equal("forbidden", await RefusedWith(() => app.Send(order, As.Gp(Gp))));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(order, As.Sisp("010203"))));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new CompleteSwabRequest { Id = id, Version = order.Version, Reason = "screening", Note = "x" }, As.Gp(OtherGp))));
        Assert.Equal("changed-meanwhile", await RefusedWith(() => app.Send(order with { Version = order.Version + 7 }, As.Sisp(Asl))));
    }

    [Theory, OnEachEngine]
    public async Task The_most_pressing_reasons_stand_on_top(Engine engine)
    {
        await using var app = await Start(engine);
        var screening = await Proposed(app, await app.Slot(1));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var abroad = await app.Send(app.Swab(await app.Person(), await app.Slot(1)) with { Reason = "abroad" }, As.Gp(Gp));
        Assert.Equal([abroad, screening], (await app.Send(new ToDo { Proposals = true }, As.Sisp(Asl))).Rows.Select(r => r.Id));
    }

    [Theory, OnEachEngine]
    public async Task The_screens_of_the_loop(Engine engine)
    {
        await using var app = await Start(engine);
        var id = await Proposed(app, await app.Slot(1));
        var office = await app.SignedIn(As.Sisp(Asl));
        var doctor = await app.SignedIn(As.Gp(Gp));
        var list = await office.Open("/testing/authorisations");
        Assert.Contains("Proposta Anna", list.Text, StringComparison.Ordinal);
        var one = await office.Open($"/testing/requests/{id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.Submit(one, "Chiedi di completare")).Status);
        var asked = await office.Submit(one, "Chiedi di completare", ("Che cosa manca", "Quale struttura?"));
        Assert.Contains("è stato chiesto di completarla", asked.Text, StringComparison.Ordinal);

        var form = await doctor.Open((await doctor.Open("/testing/to-do")).Link("Completa"));
        Assert.Contains("Quale struttura?", form.Text, StringComparison.Ordinal);
        var sent = await doctor.Submit(form, "Invia di nuovo", ("Note per chi autorizza", "RSA Il Melo"));
        Assert.Contains("La richiesta è stata inviata di nuovo", sent.Text, StringComparison.Ordinal);
        Assert.Contains("La richiesta è autorizzata: chi l'ha fatta", (await office.Submit(await office.Open($"/testing/requests/{id}"), "Autorizza")).Text, StringComparison.Ordinal);

        var slot = await app.Slot(3);
        var book = await doctor.Open((await doctor.Open("/testing/to-do")).Link("Prenota"));
        book = await doctor.Submit(book, "Mostra gli orari", ("Hotspot", HotspotCode));
        var booked = await doctor.Submit(book, "Prenota", ("Orario", slot.ToString()));
        Assert.Contains("Appuntamento preso.", booked.Text, StringComparison.Ordinal);
        Assert.Equal(SwabRequestState.Booked, (await app.Request(id)).State);
        using var paper = await doctor.Http.GetAsync(booked.Link("Foglio per la persona"));
        Assert.Equal("application/pdf", paper.Content.Headers.ContentType!.MediaType);
    }

    private static async Task<Guid> Proposed(PlatformApp app, Guid slot) =>
        await app.Send(app.Swab(await app.Person("Proposta"), slot) with { Reason = "screening" }, As.Gp(Gp));

    private static async Task<int> Version(PlatformApp app, Guid id) => (await app.Request(id)).Version;

    private static async Task<(SwabRequestState, string, Guid?)> Stand(PlatformApp app, Guid id)
    {
        var swab = await app.Request(id);
        return (swab.State, swab.HotspotCode, swab.SlotId);
    }
}
