using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Referti.Proposals;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <param name="Id">Of the report; of the proposal where a second person has to read it first.</param>
internal sealed record Written(Guid Id, bool Awaits);

/// <summary>The release by hand, the same whether one person is enough or a second one had to agree. Prepares the rows and
/// tells; <see cref="Save"/> is the end of every use case that writes a result.</summary>
internal sealed class Releasing(RefertiDb db, IMediator mediator, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Author Me => new(user.Id, user.DisplayName);

    public bool WantsTwo(string lab) => region.Referti.Of(lab, region.DayOf(clock.GetUtcNow())).TwoPeople;

    /// <summary>What the form with that id has become already, if it came twice.</summary>
    public async Task<Written?> Before(Guid id, CancellationToken cancellation)
    {
        if (await db.Versions.AsNoTracking().Where(v => v.Id == id && v.AuthorId == user.Id).Select(v => v.ReportId).ToListAsync(cancellation) is [var report])
            return new(report, false);
        return await db.Proposals.AnyAsync(p => p.Id == id && p.ProposedBy == user.Id, cancellation) ? new(id, true) : null;
    }

    /// <summary>The sample's first result, or its next one after an annulment.</summary>
    public async Task<Guid> Enter(SampleOfLabAnswer held, PatientSummary patient, Finding finding, Author author, CancellationToken cancellation)
    {
        var swab = await mediator.Send(new SwabRequestById(held.Sample.RequestId), cancellation) ?? throw Refusal.NotFound();
        var lab = held.Sample.LabCode;
        if (await OnSample(held, cancellation) is { } before)
        {
            if (before.LabCode != lab)
                throw AlreadyReported();
            db.Tell(before.IssueAgain(finding, patient, author, Now));
            return before.Id;
        }

        Awaited(held);
        var (report, told) = Report.Issue(Guid.CreateVersion7(clock.GetUtcNow()), finding, patient, swab, lab, held.Sample.AccessionNumber, null, false, author, Now);
        db.Reports.Add(report);
        db.Tell(told);
        return report.Id;
    }

    /// <summary>Whether the sample may have a result, asked before it waits for its second reader.</summary>
    public async Task CheckAwaited(SampleOfLabAnswer held, CancellationToken cancellation)
    {
        if (await OnSample(held, cancellation) is not { } before)
            Awaited(held);
        else if (!before.IsAnnulled || before.LabCode != held.Sample.LabCode)
            throw AlreadyReported();
    }

    /// <summary>The laboratory's own report, as it was shown.</summary>
    public async Task<Report> Seen(Guid id, int version, CancellationToken cancellation)
    {
        var report = await db.Reports.Include(r => r.Versions).Within(Report.ScopeOfLab, user, RefertiModule.Correct)
            .SingleOrDefaultAsync(r => r.Id == id, cancellation) ?? throw Refusal.NotFound();
        return report.Version == version ? report : throw Refusal.ChangedMeanwhile();
    }

    /// <summary>A correction says nothing new of what was examined and how.</summary>
    public static Finding Continue(Report report, Finding finding)
    {
        var current = report.Versions.MaxBy(v => v.Number)!;
        return finding with { TestCode = current.TestCode, SpecimenCode = current.SpecimenCode, SpecimenText = current.SpecimenText, Device = finding.Device ?? current.Device };
    }

    public async Task<PatientSummary> PatientOf(Guid id, CancellationToken cancellation) =>
        await mediator.Send(new PatientById(id), cancellation) ?? throw Refusal.NotFound();

    /// <param name="duplicate">What to say when somebody else was faster with the same sample or report.</param>
    public async Task<Written> Save(Guid formId, Written done, Refusal duplicate, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return done;
        }
        catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
        {
            db.ChangeTracker.Clear();
            return await Before(formId, cancellation) ?? throw duplicate;
        }
    }

    public static Refusal AlreadyReported() => new("already-reported", "Per questo campione c'è già un referto: lo corregga dalla sua pagina.");

    public static Refusal AlreadyProposed() => new("already-proposed", "Per questo campione c'è già un esito che attende la convalida.");

    private async Task<Report?> OnSample(SampleOfLabAnswer held, CancellationToken cancellation)
    {
        var (request, type, lab) = (held.Sample.RequestId, held.Sample.TestType, held.Sample.LabCode);
        var key = Report.KeyOf(held.Sample.AccessionNumber, type, null);
        return await db.Reports.Include(r => r.Versions)
            .Where(r => (r.RequestId == request && r.TestType == type) || (r.LabCode == lab && r.SampleKey == key))
            .OrderBy(r => r.FirstIssuedAt).FirstOrDefaultAsync(cancellation);
    }

    private static void Awaited(SampleOfLabAnswer held)
    {
        if (held.State is not (SwabRequestState.Collected or SwabRequestState.Sent or SwabRequestState.Received))
            throw new Refusal("not-awaited", "Questo campione non attende un esito.");
    }
}
