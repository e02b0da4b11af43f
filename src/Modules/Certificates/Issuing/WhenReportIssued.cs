using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.QuickSwabs.Contracts;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Certificates.Issuing;

/// <summary>A negative gives a test certificate; the first positive of an infection a recovery certificate, on its day. A correction or an annulment
/// revokes what no longer holds.</summary>
internal sealed class WhenReportIssued(CertificatesDb db, Issuer issuer, IMediator mediator, Region region) : IGroupReaction<ReportIssued>
{
    public async Task React(IReadOnlyList<Told<ReportIssued>> told, CancellationToken cancellation)
    {
        var ids = told.Select(t => t.Event.ReportId).Distinct().ToList();
        var known = await db.Occasions.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellation);
        var fresh = new List<Occasion>();
        foreach (var (report, at) in told.Select(t => (t.Event, t.At)).Where(t => t.Event.IsOfVirus))
        {
            if (!known.TryGetValue(report.ReportId, out var occasion))
            {
                occasion = db.Occasions.Add(new() { Id = report.ReportId, Source = OccasionSource.Report, PatientId = report.PatientId, ToldAt = at }).Entity;
                known.Add(occasion.Id, occasion);
                fresh.Add(occasion);
            }

            if (report.Version > occasion.SourceVersion)
                await Say(occasion, report, cancellation);
        }

        if (known.Count == 0)
            return;
        await issuer.Settle([.. known.Values.Select(o => o.PatientId).Distinct()], fresh, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task Say(Occasion occasion, ReportIssued report, CancellationToken cancellation)
    {
        occasion.SourceVersion = report.Version;
        occasion.Annulled = report.Kind == ReportVersionKind.Annulment;
        occasion.Fact = report.TestType switch { TestType.Molecular => "molecular", TestType.Saliva => "saliva", _ => "antigen" };
        occasion.Result = report.Result switch { ReportResult.Detected => "detected", ReportResult.NotDetected => "not_detected", _ => null };
        occasion.At = report.CollectedAt ?? report.IssuedAt;
        occasion.Day = region.DayOf(occasion.At);
        // Regulation (EU) 2021/953, art. 3(1)(b): an antigen test is certified by its device, if the common list had it that day.
        occasion.Product = report is { TestType: TestType.Antigen, Device: { } device } && await mediator.Send(new DeviceIsOfCommonList(device, occasion.Day), cancellation) ? device : null;
        occasion.Place = Placed(region.Facilities.FirstOrDefault(f => f.Code == report.LabCode)?.Name ?? report.LabCode);
    }

    private static string Placed(string name) => name.Length > Occasion.PlaceLength ? name[..Occasion.PlaceLength] : name;
}
