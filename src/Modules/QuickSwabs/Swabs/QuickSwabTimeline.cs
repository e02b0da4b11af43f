using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>The person's quick swabs, on her page.</summary>
internal sealed class QuickSwabTimeline(QuickSwabsDb db, ICurrentUser user, Texts texts) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(Guid patientId, CancellationToken cancellation)
    {
        if (!user.May(QuickSwabsModule.MayRead))
            return [];
        var swabs = await db.Swabs.AsNoTracking().Within(QuickSwab.Scope, user, QuickSwabsModule.MayRead).Where(s => s.PatientId == patientId).ToListAsync(cancellation);
        return [.. swabs.Select(s => new TimelineEntry(
            s.ResultAt ?? s.CollectedAt, $"{texts["Test rapido"]}: {texts[Words.Of(s)]}", s.DeviceName, $"/quick-swabs/{s.Id}", s is { State: QuickSwabState.Reported, Result: QuickSwabResult.Positive }))];
    }
}

internal sealed class QuickSwabCards(QuickSwabsDb db, ICurrentUser user, TimeProvider clock) : IHomeCards
{
    public async Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation)
    {
        if (!user.May(QuickSwabsModule.MayTest))
            return [];
        var now = clock.GetUtcNow().UtcDateTime;
        var ready = await db.Swabs.Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest).CountAsync(s => s.State == QuickSwabState.Running && s.ReadableAt <= now, cancellation);
        return [new("Test rapidi da leggere", "Il tempo del dispositivo è passato.", ready, "/quick-swabs", Urgent: false, 205)];
    }
}
