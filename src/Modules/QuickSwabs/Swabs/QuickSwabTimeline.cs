using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.QuickSwabs.Archive;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Kits;

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
        List<HomeCard> cards = [];
        if (user.May(QuickSwabsModule.MaySupply))
        {
            var asked = await db.SupplyRequests.Within(SupplyRequest.Scope, user, QuickSwabsModule.MaySupply).CountAsync(r => r.State == SupplyState.Asked, cancellation);
            cards.Add(new("Richieste di kit da decidere", "Dai punti di test rapido della sua ASL.", asked, "/quick-swabs/kits", Urgent: false, 206));
        }

        if (user.May(QuickSwabsModule.MayAllowArchive))
        {
            var asked = await db.Readings.CountAsync(r => r.State == ReadingState.Asked, cancellation);
            cards.Add(new("Letture dell’archivio da decidere", "Chieste dalle ASL, dei test rapidi negativi.", asked, "/quick-swabs/archive/readings", Urgent: false, 207));
        }

        if (!user.May(QuickSwabsModule.MayTest))
            return cards;
        var now = clock.GetUtcNow().UtcDateTime;
        var ready = await db.Swabs.Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest).CountAsync(s => s.State == QuickSwabState.Running && s.ReadableAt <= now, cancellation);
        return [new("Test rapidi da leggere", "Il tempo del dispositivo è passato.", ready, "/quick-swabs", Urgent: false, 205), .. cards];
    }
}
