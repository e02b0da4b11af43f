using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.Referti.Contracts;

namespace Platform.Referti.Reports;

/// <summary>Reports released in the period for analysts: kinds, results and weeks.</summary>
internal sealed class ExtractedReports(RefertiDb db, Region region) : IExtracted
{
    public string Name => "reports";

    public string Title => "Referti rilasciati";

    public IReadOnlyList<ExtractedColumn> Columns { get; } =
    [
        new("report", "Pseudonimo del referto"),
        new("test", "Pseudonimo della richiesta, lo stesso del file tests; vuoto se nessuno l'aveva richiesto qui"),
        new("issued_week", "Lunedì della settimana del primo rilascio"),
        new("test_type", "Tipo di esame"),
        new("result", "Esito della versione in vigore"),
        new("corrected", "Corretto o annullato dopo il primo rilascio: yes o no"),
        new("annulled", "Annullato: yes o no"),
        new("lab", "Codice del laboratorio"),
        new("hours", "Ore intere dal prelievo al primo rilascio"),
    ];

    public async IAsyncEnumerable<ExtractedRow> Rows(DateTime from, DateTime until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var r in db.Reports.AsNoTracking().Where(r => r.FirstIssuedAt >= from && r.FirstIssuedAt < until).OrderBy(r => r.FirstIssuedAt).ThenBy(r => r.Id)
            .Select(r => new { r.Id, r.PatientId, r.RequestId, r.FirstIssuedAt, r.TestType, r.Result, r.CurrentKind, r.LabCode, r.CollectedAt })
            .AsAsyncEnumerable().WithCancellation(cancellation))
        {
            yield return new(r.PatientId,
            [
                r.Id, r.RequestId, Weeks.Of(region.DayOf(new(r.FirstIssuedAt, TimeSpan.Zero))), r.TestType.ToString(), r.Result.ToString(),
                r.CurrentKind == ReportVersionKind.Original ? "no" : "yes", r.CurrentKind == ReportVersionKind.Annulment ? "yes" : "no", r.LabCode,
                r.CollectedAt is { } taken ? (int)(r.FirstIssuedAt - taken).TotalHours : null,
            ]);
        }
    }
}
