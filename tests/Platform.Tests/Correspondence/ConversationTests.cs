using System.Net;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Security;
using Platform.Correspondence;
using Platform.Correspondence.Conversations;
using Platform.Notifications;
using Platform.Patients.GpLists;
using Platform.Tests.Harness;
using Platform.Tests.Patients;
using Platform.UserManagement;

namespace Platform.Tests.Correspondence;

public sealed class ConversationTests
{
    private static readonly Identity Doctor = As.Gp(Registry.Gp), OtherDoctor = As.Gp(Registry.OtherGp);

    [Theory, OnEachEngine]
    public async Task The_office_writes_to_the_doctor_of_a_list_who_reads_and_answers(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Form(Registry.Gp), Registry.Sisp);
        var (mine, hers) = (await Row(app, Registry.Sisp), await Row(app, Doctor));
        Assert.Equal((false, true, true), (mine!.Unread, mine.Unseen, hers!.Unread));

        var shown = await app.Send(new ConversationDetails(id), Doctor);
        await app.Send(new ReadConversation(id, shown.Messages[^1].At), Doctor);
        Assert.Equal(Doctor.DisplayName, (await app.Send(new ConversationDetails(id), Registry.Sisp)).Messages[0].ReadBy);
        Assert.False((await Row(app, Registry.Sisp))!.Unseen);

        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var reply = new Reply { Id = Guid.CreateVersion7(), ConversationId = id, Text = "Va bene.", Urgent = true };
        await app.Send(reply, Doctor);
        await app.Send(reply, Doctor);
        var row = await Row(app, Registry.Sisp);
        Assert.Equal((true, true), (row!.Unread, row.Urgent));
        Assert.Equal([Side.Office, Side.Doctor], (await app.Send(new ConversationDetails(id), Registry.Sisp)).Messages.Select(m => m.From));
    }

    [Theory, OnEachEngine]
    public async Task A_colleague_of_the_office_and_the_doctors_substitute_read_it_and_nobody_else(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Form(Registry.Gp), Registry.Sisp);
        var colleague = Registry.Sisp with { Id = Guid.CreateVersion7() };
        var substitute = OtherDoctor with { Assignments = [.. OtherDoctor.Assignments, .. Doctor.Assignments] };
        Assert.Single((await app.Send(new ConversationDetails(id), colleague)).Messages);
        Assert.Single((await app.Send(new ConversationDetails(id), substitute)).Messages);
        foreach (var other in new[] { Registry.SispTo5, OtherDoctor, As.Paediatrician(Registry.Paediatrician) })
        {
            Assert.Null(await Row(app, other));
            Assert.Equal("not-found", await Refused(app, new ConversationDetails(id), other));
            Assert.Equal("not-found", await Refused(app, new ReadConversation(id, app.Clock.Now.UtcDateTime), other));
            Assert.Equal("not-found", await Refused(app, new Reply { Id = Guid.CreateVersion7(), ConversationId = id, Text = "x" }, other));
            Assert.Equal("not-found", await Refused(app, new CloseConversation(id, true), other));
        }

        foreach (var other in new[] { As.Lab("LAB-001"), As.Hotspot("HOT-001"), As.Administrator(), As.PrivacyOfficer(), As.LocalAdministrator(ScopeKind.Asl, "010301") })
        {
            Assert.Equal("forbidden", await Refused(app, new ConversationList(ConversationShow.All), other));
            Assert.Equal("forbidden", await Refused(app, new ConversationDetails(id), other));
            Assert.Equal("forbidden", await Refused(app, Form(Registry.Gp), other));
        }
    }

    [Theory, OnEachEngine]
    public async Task About_a_person_it_goes_to_the_one_who_has_her_too_and_stands_on_her_page_and_in_the_audit(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var person = await app.Send(Registry.Mario, Doctor);
        Assert.Equal("not-found", await Refused(app, Form(null, person), OtherDoctor));
        Assert.Equal("not-found", await Refused(app, Form(null, person), Registry.SispTo5));
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(Form("010205", person), Doctor));

        var id = await app.Send(Form(null, person), Doctor);
        var row = await Row(app, Registry.Sisp);
        Assert.Equal(("010301", Registry.Gp, "Rossi Mario"), (row!.AslCode, row.ListCode, row.PersonName));
        var page = await (await app.SignedIn(Registry.Sisp)).Open($"/patients/{person}");
        Assert.Equal($"/conversations/{id}", page.Link("Conversazione: Esito da chiarire"));
        Assert.Equal($"/conversations/new?person={person}", page.Link("Scrivi su questa persona"));

        await app.Send(new ConversationDetails(id), Registry.Sisp);
        await app.Send(new CloseConversation(id, true), Registry.Sisp);
        await app.Drain();
        var acts = await app.Db<UserManagementDb, List<string>>(db => db.AuditLines.Where(l => l.SubjectId == person).Select(l => l.Action + " " + l.What).Distinct().ToListAsync());
        Assert.Superset(new HashSet<string>
        {
            "write correspondence.Conversation", "write correspondence.Message", "read correspondence.ConversationList",
            "read correspondence.ConversationDetails", "write correspondence.CloseConversation",
        }, acts.ToHashSet());
    }

    [Theory, OnEachEngine]
    public async Task Who_loses_the_person_loses_sight_of_what_was_written_about_her(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var person = await app.Send(Registry.Mario, Doctor);
        var id = await app.Send(Form(null, person), Doctor);
        await app.Send(new AssignDoctor { PatientId = person, Id = Guid.CreateVersion7(), DoctorCode = Registry.OtherGp, From = new(2021, 11, 16) }, Registry.Sisp);
        app.Clock.Advance(TimeSpan.FromHours(15));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGpLists.Name, default);
        await app.Drain();
        Assert.Null(await Row(app, Doctor));
        Assert.Equal("not-found", await Refused(app, new ConversationDetails(id), Doctor));
        // It was written to the list she was on then: the new doctor's is another.
        Assert.Null(await Row(app, OtherDoctor));
        Assert.NotNull(await Row(app, Registry.Sisp));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignedIn(Doctor)).Open($"/conversations/{id}")).Status);
    }

    [Theory, OnEachEngine]
    public async Task The_subject_says_of_nobody(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var person = await app.Send(Registry.Mario, Doctor);
        foreach (var subject in new[] { "Il signor rossi", "RSSMRA80C12L219W", "Chiamare 3331234567", "scriva a anna@example.org" })
            Assert.Contains((await Assert.ThrowsAsync<ValidationException>(() => app.Send(Form(null, person) with { Subject = subject }, Doctor))).Errors, e => e.PropertyName == "Subject");
        Assert.Equal(0, await app.Db<CorrespondenceDb, int>(db => db.Conversations.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task Closed_it_takes_no_answer_until_somebody_reopens_it_and_a_form_sent_twice_is_one(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var form = Form("010301");
        Assert.Equal(await app.Send(form, Doctor), await app.Send(form, Doctor));
        Assert.Equal("not-found", await Refused(app, form, OtherDoctor));
        await app.Send(new CloseConversation(form.Id, true), Registry.Sisp);
        await app.Send(new CloseConversation(form.Id, true), Registry.Sisp);
        var reply = new Reply { Id = Guid.CreateVersion7(), ConversationId = form.Id, Text = "Ancora una cosa." };
        Assert.Equal("conversation-closed", await Refused(app, reply, Doctor));
        Assert.Empty((await app.Send(new ConversationList(ConversationShow.Open), Doctor)).Rows);
        await app.Send(new CloseConversation(form.Id, false), Doctor);
        await app.Send(reply, Doctor);
        Assert.Equal(2, await app.Db<CorrespondenceDb, int>(db => db.Messages.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task The_list_is_filtered_searched_and_exported_with_the_urgent_unread_on_top(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var person = await app.Send(Registry.Mario, Doctor);
        foreach (var (subject, about, urgent) in new[] { ("Tampone urgente", (Guid?)null, true), ("Esito da chiarire", person, false), ("Orari dell’ufficio", null, false) })
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.Send(Form(about is null ? "010301" : null, about) with { Subject = subject, Urgent = urgent }, Doctor);
        }

        async Task<string[]> Subjects(ConversationShow show, string? text = null) =>
            [.. (await app.Send(new ConversationList(show, text), Registry.Sisp)).Rows.Select(r => r.Subject)];
        Assert.Equal(["Tampone urgente", "Orari dell’ufficio", "Esito da chiarire"], await Subjects(ConversationShow.Open));
        Assert.Equal(["Tampone urgente"], await Subjects(ConversationShow.Urgent));
        Assert.Equal(["Esito da chiarire"], await Subjects(ConversationShow.All, "rossi"));
        Assert.Equal(["Orari dell’ufficio"], await Subjects(ConversationShow.Unread, "orari"));
        Assert.Empty(await Subjects(ConversationShow.Closed));

        var sisp = await app.SignedIn(Registry.Sisp);
        var csv = await (await sisp.Http.GetAsync("/conversations?show=All&format=csv")).Content.ReadAsStringAsync();
        Assert.Equal(4, csv.Trim().Split('\n').Length);
        Assert.Contains("Rossi Mario", csv, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task On_the_screens_it_is_written_counted_read_and_answered_in_the_readers_language(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var sisp = await app.SignedIn(Registry.Sisp);
        var blank = await sisp.Submit(await sisp.Open("/conversations/new"), "Invia", ("Oggetto", "Turni"));
        Assert.Equal("Scriva il messaggio.", blank.ErrorOf("Messaggio"));
        var nobody = await sisp.Submit(blank, "Invia", ("Messaggio", "Il mercoledì?"));
        Assert.Equal("Scelga il medico.", nobody.ErrorOf("Medico"));
        var written = await sisp.Submit(nobody, "Invia", ("Medico", Registry.Gp), ("Urgente", "true"));
        Assert.Contains("Il messaggio è inviato.", written.Text, StringComparison.Ordinal);
        Assert.Contains("Non ancora letto", written.Text, StringComparison.Ordinal);

        var doctor = await app.SignedIn(Doctor, "en");
        var home = await doctor.Open("/");
        Assert.Contains("Urgent conversations to be read", home.Text, StringComparison.Ordinal);
        Assert.Equal("1", home.Page.QuerySelector(".slim-inbox[href='/conversations'] .count [aria-hidden]")!.TextContent);
        var list = await doctor.Open(home.Link("Urgent conversations to be read"));
        Assert.Contains("Urgent, to be read", list.Text, StringComparison.Ordinal);
        var open = await doctor.Open(list.Link("Turni"));
        Assert.Contains("Il mercoledì?", open.Text, StringComparison.Ordinal);
        Assert.Null((await doctor.Open("/")).Page.QuerySelector(".slim-inbox[href='/conversations'] .count"));
        var replied = await doctor.Submit(open, "Send", ("Message", "Sì."));
        Assert.Contains("The message is sent.", replied.Text, StringComparison.Ordinal);
        var closed = await doctor.Submit(replied, "Close the conversation");
        Assert.False(closed.HasButton("Send"));
        Assert.True(closed.HasButton("Reopen the conversation"));
        Assert.Contains("Letto da " + Doctor.DisplayName, (await sisp.Open(written.Address)).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task The_mail_says_only_that_there_is_a_message_and_the_same_message_is_told_once(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        await app.SignedIn(Doctor);
        var form = Form(Registry.Gp) with { Subject = "Segreto", Text = "Molto segreto" };
        await app.Send(form, Registry.Sisp);
        await app.Send(form, Registry.Sisp);
        await app.Drain();
        var mail = await app.Db<NotificationsDb, Platform.Notifications.Mails.Mail>(db => db.Mails.SingleAsync());
        Assert.Equal("Nuovo messaggio nella piattaforma", mail.Subject);
        Assert.Contains($"/conversations/{form.Id}", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("egreto", mail.Subject + mail.Body, StringComparison.Ordinal);
    }

    private static OpenConversation Form(string? to, Guid? person = null) =>
        new() { Id = Guid.CreateVersion7(), PatientId = person, To = to, Subject = "Esito da chiarire", Text = "Può guardarci?" };

    private static async Task<ConversationRow?> Row(PlatformApp app, Identity who) =>
        (await app.Send(new ConversationList(ConversationShow.All), who)).Rows.SingleOrDefault();

    private static async Task<string> Refused<T>(PlatformApp app, MediatR.IRequest<T> request, Identity who) =>
        (await Assert.ThrowsAsync<Refusal>(() => app.Send(request, who))).Code;
}
