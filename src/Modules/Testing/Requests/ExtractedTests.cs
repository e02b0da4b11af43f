using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.Testing.Requests;

/// <summary>Requests of the period for analysts: kinds, codes and weeks.</summary>
internal sealed class ExtractedTests(TestingDb db, Region region) : IExtracted
{
    public string Name => "tests";

    public string Title => "Tamponi richiesti";

    public IReadOnlyList<ExtractedColumn> Columns { get; } =
    [
        new("test", "Pseudonimo della richiesta"),
        new("requested_week", "Lunedì della settimana della richiesta"),
        new("test_type", "Tipo di esame"),
        new("reason", "Codice del motivo, dall'elenco della Regione"),
        new("symptoms", "Aveva sintomi alla richiesta: yes o no"),
        new("collected_week", "Lunedì della settimana del prelievo"),
        new("lab", "Codice del laboratorio"),
        new("state", "Stato della richiesta"),
        new("failure", "Perché il campione non c'è stato o non si è potuto esaminare"),
    ];

    public async IAsyncEnumerable<ExtractedRow> Rows(DateTime from, DateTime until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        DateOnly? Week(DateTime? at) => at is { } utc ? Weeks.Of(region.DayOf(new(utc, TimeSpan.Zero))) : null;
        await foreach (var r in db.Requests.AsNoTracking().Where(r => r.RequestedAt >= from && r.RequestedAt < until).OrderBy(r => r.RequestedAt).ThenBy(r => r.Id)
            .Select(r => new { r.Id, r.PatientId, r.RequestedAt, r.TestType, r.Reason, r.Symptoms, r.CollectedAt, r.LabCode, r.State, r.Failure })
            .AsAsyncEnumerable().WithCancellation(cancellation))
        {
            yield return new(r.PatientId,
                [r.Id, Week(r.RequestedAt), r.TestType.ToString(), r.Reason, r.Symptoms.Length > 0 ? "yes" : "no", Week(r.CollectedAt), r.LabCode, r.State.ToString(), r.Failure?.ToString()]);
        }
    }
}
