using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.QuickSwabs.Contracts;
using Platform.Referti.Contracts;
using Platform.Schools.Contracts;

namespace Platform.Schools.Cases;

/// <summary>A laboratory's positive opens the case of the class; corrected or annulled, it is one no longer.</summary>
internal sealed class WhenReportIssued(SchoolsDb db, OpenCase open, Region region) : IReaction<ReportIssued>
{
    public async Task React(Told<ReportIssued> told, CancellationToken cancellation)
    {
        var report = told.Event;
        if (!report.IsOfVirus)
            return;
        if (report.Kind != ReportVersionKind.Annulment && report.Result == ReportResult.Detected)
            await open.Open(new(report.PatientId, region.DayOf(report.CollectedAt ?? report.IssuedAt), PositiveSource.Report, report.ReportId, report.Version), cancellation);
        else if (report.Version > 1)
            await open.Lose(report.ReportId, report.Kind == ReportVersionKind.Annulment ? LostGround.Annulled : LostGround.Corrected, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>A positive that is to be confirmed by another test is no case yet: the laboratory's report will be.</summary>
internal sealed class WhenQuickSwabRecorded(SchoolsDb db, OpenCase open, Region region) : IReaction<QuickSwabRecorded>
{
    public async Task React(Told<QuickSwabRecorded> told, CancellationToken cancellation)
    {
        if (told.Event.Swab is { Result: QuickSwabResult.Positive, ConfirmsCase: true } swab)
            await open.Open(new(swab.PatientId, region.DayOf(swab.CollectedAt), PositiveSource.QuickSwab, swab.SwabId, swab.Version), cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class WhenQuickSwabCorrected(SchoolsDb db, OpenCase open, Region region) : IReaction<QuickSwabCorrected>
{
    public async Task React(Told<QuickSwabCorrected> told, CancellationToken cancellation)
    {
        if (told.Event.Swab is { Result: QuickSwabResult.Positive, ConfirmsCase: true } swab)
            await open.Open(new(swab.PatientId, region.DayOf(swab.CollectedAt), PositiveSource.QuickSwab, swab.SwabId, swab.Version), cancellation);
        else
            await open.Lose(told.Event.Swab.SwabId, LostGround.Corrected, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class WhenQuickSwabAnnulled(SchoolsDb db, OpenCase open) : IReaction<QuickSwabAnnulled>
{
    public async Task React(Told<QuickSwabAnnulled> told, CancellationToken cancellation)
    {
        await open.Lose(told.Event.SwabId, LostGround.Annulled, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>What a referent reported, and the ASL took for a case.</summary>
internal sealed class WhenSchoolReportTaken(SchoolsDb db, OpenCase open) : IReaction<SchoolReportTaken>
{
    public async Task React(Told<SchoolReportTaken> told, CancellationToken cancellation)
    {
        var report = told.Event;
        await open.Open(new(report.PatientId, report.LastDay, PositiveSource.Referent, report.ReportId, 1, report.LastDay, report.InClass, report.Classes), cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>The public-health office finds it in its inbox.</summary>
internal sealed class WhenSchoolCaseOpened(SchoolsDb db, IMediator mediator) : IReaction<SchoolCaseOpened>
{
    public async Task React(Told<SchoolCaseOpened> told, CancellationToken cancellation)
    {
        var of = await db.Cases.FindAsync([told.Event.CaseId], cancellation);
        if (of is not null)
            await mediator.Send(CaseNews.Of(told.Id, of, "schools.case", "Caso nella classe {0} di {1}: da decidere"), cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class WhenDecisionReopenedTheAslIsTold(SchoolsDb db, IMediator mediator) : IReaction<DecisionReopened>
{
    public async Task React(Told<DecisionReopened> told, CancellationToken cancellation)
    {
        var of = await db.Cases.FindAsync([told.Event.CaseId], cancellation);
        if (of is not null)
            await mediator.Send(CaseNews.Of(told.Id, of, "schools.reopened", "La decisione sulla classe {0} di {1} ha perso il suo fondamento"), cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

internal static class CaseNews
{
    public static PostMessage Of(Guid cause, SchoolCase of, string template, string sentence) => new(
        StableId.Of(cause, of.AslCode), Recipient.Of(ScopeKind.Asl, of.AslCode), template, MessagePriority.High, sentence, [of.ClassName, of.SchoolName], $"/schools/cases/{of.Id}", null, "task");
}
