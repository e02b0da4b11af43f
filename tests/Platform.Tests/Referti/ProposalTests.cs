using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Notifications;
using Platform.Referti;
using Platform.Referti.Contracts;
using Platform.Referti.Proposals;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>Where the laboratory wants two people, one writes and another releases.</summary>
public sealed class ProposalTests
{
    [Theory, OnEachEngine]
    public async Task Nothing_leaves_before_another_person_has_released_it(Engine engine)
    {
        await using var app = await Start(engine, TwoPeople.Region());
        var sample = await app.Sample();
        var (writer, reader) = (await app.SignedIn(As.Lab(sample.Lab)), await app.SignedIn(TwoPeople.Other(sample.Lab)));

        var review = await writer.Submit(await writer.Open($"/referti/enter/{sample.RequestId}"), "Continua", ("Positivo", "true"), ("Dettagli", "CT 21"));
        Assert.False(review.HasButton("Rilascia il referto"));
        var sent = await writer.Submit(review, "Manda alla convalida");
        Assert.Equal("/referti/enter", sent.Address);
        await writer.Submit(review, "Manda alla convalida");
        await app.Drain();
        Assert.Empty(await app.Reports());
        Assert.Equal(SwabRequestState.Received, await app.StateOf(sample.RequestId));
        Assert.Equal(0, await app.Db<NotificationsDb, int>(db => db.Messages.CountAsync()));
        Assert.DoesNotContain(sample.Person.FamilyName, (await (await app.SignedIn(As.Gp(Gp))).Open("/referti")).Text, StringComparison.Ordinal);

        var mine = await writer.Open((await writer.Open("/referti/validate")).Link(sample.Person.FamilyName));
        Assert.False(mine.HasButton("Convalida e rilascia"));
        var proposal = Assert.Single(await Proposals(app));
        Assert.Equal("same-person", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ReleaseProposal(proposal.Id), As.Lab(sample.Lab) with { Id = proposal.ProposedBy!.Value }))).Code);

        var read = await reader.Open($"/referti/validate/{proposal.Id}");
        Assert.Contains("CT 21", read.Text, StringComparison.Ordinal);
        var done = await reader.Submit(read, "Convalida e rilascia");
        var report = Assert.Single(await app.Reports());
        Assert.Equal($"/referti/{report.Id}", done.Address);
        await reader.Submit(read, "Convalida e rilascia");
        var version = Assert.Single(Assert.Single(await app.Reports()).Versions);
        Assert.Equal(("Seconda " + sample.Lab, proposal.ProposedByName), (version.AuthorName, version.EnteredByName));
        await app.Drain();
        Assert.Equal(SwabRequestState.Reported, await app.StateOf(sample.RequestId));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await reader.Http.GetAsync($"/referti/{report.Id}/report.pdf")).StatusCode);
    }

    [Theory, OnEachEngine]
    public async Task What_is_sent_back_is_written_again_and_what_is_withdrawn_is_gone(Engine engine)
    {
        await using var app = await Start(engine, TwoPeople.Region());
        var sample = await app.Sample();
        var (first, second) = (As.Lab(sample.Lab), TwoPeople.Other(sample.Lab));
        var written = await app.Send(app.Result(sample, ReportResult.Detected), first);
        Assert.True(written.Awaits);
        Assert.Equal("already-proposed", (await Assert.ThrowsAsync<Refusal>(() => app.Send(app.Result(sample, ReportResult.NotDetected), second))).Code);
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(new SendBackProposal { Id = written.Id }, second));
        Assert.Equal("not-the-writer", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new WithdrawProposal(written.Id), second))).Code);
        Assert.Equal("same-person", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new SendBackProposal { Id = written.Id, Why = "?" }, first))).Code);
        await app.Send(new SendBackProposal { Id = written.Id, Why = "Rivedere la curva" }, second);
        Assert.Equal("already-decided", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ReleaseProposal(written.Id), second))).Code);

        var writer = await app.SignedIn(first);
        var again = await writer.Open($"/referti/enter/{sample.RequestId}");
        Assert.Contains("Rivedere la curva", again.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await app.Send(app.Result(sample, ReportResult.NotDetected), first);
        await app.Send(new WithdrawProposal(next.Id), first);
        Assert.Empty(await app.Reports());
        Assert.Empty((await app.Send(new ProposalList(ProposalState.Proposed, null), second)).Rows);
    }

    [Theory, OnEachEngine]
    public async Task Corrections_and_annulments_follow_the_same_rule(Engine engine)
    {
        await using var app = await Start(engine, TwoPeople.Region());
        var sample = await app.Sample();
        var (first, second) = (As.Lab(sample.Lab), TwoPeople.Other(sample.Lab));
        await app.Send(new ReleaseProposal((await app.Send(app.Result(sample, ReportResult.Detected), first)).Id), second);
        var report = Assert.Single(await app.Reports());
        var result = app.Result(sample, ReportResult.NotDetected);
        var correction = new CorrectReport
        {
            Id = Guid.CreateVersion7(), ReportId = report.Id, SeenVersion = report.Version, Result = result.Result, CollectedAt = result.CollectedAt,
            ReportedAt = result.ReportedAt, Reason = "Scambio",
        };
        var proposed = await app.Send(correction, first);
        Assert.Equal(ReportResult.Detected, Assert.Single(await app.Reports()).Result);
        Assert.Equal("already-proposed", (await Assert.ThrowsAsync<Refusal>(() =>
            app.Send(new AnnulReport { Id = Guid.CreateVersion7(), ReportId = report.Id, SeenVersion = report.Version, Reason = "No" }, second))).Code);
        await app.Send(new ReleaseProposal(proposed.Id), second);
        Assert.Equal((ReportResult.NotDetected, 2), Assert.Single(await app.Reports()) is var r ? (r.Result, r.CurrentVersion) : default);

        var annulment = await app.Send(new AnnulReport { Id = Guid.CreateVersion7(), ReportId = report.Id, SeenVersion = report.Version + 1, Reason = "Altro campione" }, second);
        Assert.False(Assert.Single(await app.Reports()).IsAnnulled);
        await app.Send(new ReleaseProposal(annulment.Id), first);
        Assert.True(Assert.Single(await app.Reports()).IsAnnulled);
    }

    [Theory, OnEachEngine]
    public async Task Negatives_go_together_after_a_confirmation_and_others_stay(Engine engine)
    {
        await using var app = await Start(engine, TwoPeople.Region());
        var samples = new List<Sample>();
        foreach (var name in new[] { "Rossi", "Bianchi", "Verdi" })
            samples.Add(await app.Sample(await app.Person(name)));
        var lab = samples[0].Lab;
        var ours = samples.Where(s => s.Lab == lab).ToList();
        var (first, second) = (As.Lab(lab), TwoPeople.Other(lab));
        var ids = new List<Guid>();
        foreach (var (sample, i) in ours.Select((s, i) => (s, i)))
            ids.Add((await app.Send(app.Result(sample, i == 0 ? ReportResult.Detected : ReportResult.NotDetected), first)).Id);

        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(new ReleaseNegatives { Ids = ids }, second));
        var done = await app.Send(new ReleaseNegatives { Ids = ids, Confirmed = true }, second);
        Assert.Equal(new ReleasedNegatives(ours.Count - 1, 1), done);
        Assert.All(await app.Reports(), r => Assert.Equal(ReportResult.NotDetected, r.Result));
        // Neither its writer's nor another laboratory's.
        Assert.Equal(new ReleasedNegatives(0, 1), await app.Send(new ReleaseNegatives { Ids = [ids[0]], Confirmed = true }, As.Lab("LAB-020")));
        var page = await (await app.SignedIn(second)).Open("/referti/validate");
        Assert.Contains("Rossi", page.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Only_the_laboratorys_own_people_see_what_waits(Engine engine)
    {
        await using var app = await Start(engine, TwoPeople.Region());
        var sample = await app.Sample();
        var written = await app.Send(app.Result(sample, ReportResult.Detected), As.Lab(sample.Lab));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new OneProposal(written.Id), As.Lab("LAB-020")))).Kind);
        foreach (var other in new[] { As.Gp(Gp), As.Sisp(Asl), As.Administrator() })
            Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new OneProposal(written.Id), other))).Kind);
    }

    private static Task<List<ProposedResult>> Proposals(PlatformApp app) =>
        app.Db<RefertiDb, List<ProposedResult>>(db => db.Proposals.OrderBy(p => p.ProposedAt).ToListAsync());
}
