using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.QuickSwabs.Contracts;
using Platform.Referti.Contracts;
using Platform.Schools.Standings;

namespace Platform.Schools.ClassTests;

/// <summary>A result that a class waited for: what is missing becomes less, who waited for it gets the next place, and whoever has all that
/// was wanted may come back. One that is corrected or annulled is put right.</summary>
internal sealed class WhenTestReported(ClassResults results, Region region) : IReaction<ReportIssued>
{
    public Task React(Told<ReportIssued> told, CancellationToken cancellation)
    {
        var report = told.Event;
        bool? clear = report.Kind == ReportVersionKind.Annulment || report.Result is ReportResult.Inconclusive or ReportResult.Unsuitable ? null : report.Result == ReportResult.NotDetected;
        return !report.IsOfVirus ? Task.CompletedTask
            : results.Take(report.PatientId, report.ReportId, report.RequestId, region.DayOf(report.CollectedAt ?? report.IssuedAt), clear, report.IssuedAt, cancellation);
    }
}

/// <inheritdoc cref="WhenTestReported"/>
internal sealed class WhenQuickTestRecorded(ClassResults results, Region region) : IReaction<QuickSwabRecorded>, IReaction<QuickSwabCorrected>, IReaction<QuickSwabAnnulled>
{
    public Task React(Told<QuickSwabRecorded> told, CancellationToken cancellation) => Take(told.Event.Swab, cancellation);

    public Task React(Told<QuickSwabCorrected> told, CancellationToken cancellation) => Take(told.Event.Swab, cancellation);

    public Task React(Told<QuickSwabAnnulled> told, CancellationToken cancellation) =>
        results.Take(told.Event.PatientId, told.Event.SwabId, null, DateOnly.MinValue, null, told.Event.At, cancellation);

    private Task Take(QuickSwabFacts swab, CancellationToken cancellation) => results.Take(
        swab.PatientId, swab.SwabId, null, region.DayOf(swab.CollectedAt), swab.Result == QuickSwabResult.Invalid ? null : swab.Result == QuickSwabResult.Negative, swab.ResultAt, cancellation);
}

internal sealed class ClassResults(SchoolsDb db, Placing placing, Returning returning, Region region)
{
    /// <param name="source">The report or the quick swab.</param>
    /// <param name="sampled">On which day.</param>
    /// <param name="clear">Null for one that says nothing, or does not hold any more.</param>
    public async Task Take(Guid patient, Guid source, Guid? request, DateOnly sampled, bool? clear, DateTime at, CancellationToken cancellation)
    {
        if (await Awaiting(patient, source, request, sampled, cancellation) is not { } person)
            return;
        if (clear is { } holds)
            person.Found(source, holds, at);
        else
            person.Lost();
        await db.SaveChangesAsync(cancellation);
        await placing.PlaceWaiting(at, person.StandingId, cancellation);
        await returning.People(person.StandingId, cancellation);
    }

    // Told before, of that request, or the first test that she has still to do and whose day has come.
    private async Task<TestedPerson?> Awaiting(Guid patient, Guid source, Guid? request, DateOnly sampled, CancellationToken cancellation)
    {
        var known = await db.TestedPeople.FirstOrDefaultAsync(p => p.FoundBy == source, cancellation);
        if (known is null && request is { } id)
            known = await db.TestedPeople.FirstOrDefaultAsync(p => p.RequestId == id, cancellation);
        if (known is not null || sampled == DateOnly.MinValue)
            return known;
        var end = region.UtcOf(sampled.AddDays(1), TimeOnly.MinValue);
        return await db.TestedPeople
            .Where(p => p.PatientId == patient && p.ResultAt == null
                && db.ClassTests.Any(t => t.Id == p.TestId && t.From < end) && db.Standings.Any(s => s.Id == p.StandingId && (s.End == null || s.End == StandingEnd.Returned)))
            .OrderBy(p => p.Test).FirstOrDefaultAsync(cancellation);
    }
}
