using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Messaging;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Doses;

namespace Platform.VaccinationBooking.People;

/// <summary>A person whom her code and her card have told.</summary>
internal sealed record Recognised(Guid PatientId, DateOnly? BirthDate, string GivenName, string? MunicipalityIstat, IReadOnlyList<string> Categories,
    IReadOnlyList<(string Disease, PastDose Dose)> Doses, IReadOnlyList<(string Disease, DateOnly Day)> Positives)
{
    /// <summary>What counts for a campaign against that disease.</summary>
    public PersonsFacts FactsFor(string disease, IEnumerable<string>? declared = null) =>
        new(BirthDate, [.. Categories, .. declared ?? []], [.. Doses.Where(d => d.Disease == disease).Select(d => d.Dose)], [.. Positives.Where(p => p.Disease == disease).Select(p => p.Day)]);
}

/// <summary>Who is that with this fiscal code and this health card? A crowd's questions go to the database together.</summary>
internal sealed class RecognitionDesk : IAsyncDisposable
{
    private const int AtMost = 200;
    private const int Lanes = 1;

    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20);

    private readonly IServiceScopeFactory scopes;
    private readonly Gathering<(string Code, string? Digest), Recognised?> gathering;
    private int next;

    public RecognitionDesk(IServiceScopeFactory scopes)
    {
        this.scopes = scopes;
        gathering = new(Lanes, AtMost, Linger, Ask);
    }

    /// <param name="lastDigits">Of her card.</param>
    /// <returns>Null for an unknown code as for a wrong card: the work is the same.</returns>
    public Task<Recognised?> Of(string fiscalCode, string lastDigits) =>
        gathering.Do((fiscalCode, HealthCard.DigestOf(fiscalCode, lastDigits)), Interlocked.Increment(ref next));

    public ValueTask DisposeAsync() => gathering.DisposeAsync();

    private async Task<IReadOnlyList<Recognised?>> Ask(IReadOnlyList<(string Code, string? Digest)> asked)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VaccinationDb>();
        var codes = asked.Select(a => a.Code).Distinct().ToArray();
        var found = await db.Vaccinees.AsNoTracking().Where(v => codes.Contains(v.FiscalCode!))
            .Select(v => new { v.PatientId, v.FiscalCode, v.CardDigest, v.BirthDate, v.GivenName, v.MunicipalityIstat, v.Deceased }).ToDictionaryAsync(v => v.FiscalCode!);
        var ids = found.Values.Select(v => v.PatientId).ToArray();
        var categories = (await db.Categories.AsNoTracking().Where(c => ids.Contains(c.PatientId)).Select(c => new { c.PatientId, c.Category }).ToListAsync()).ToLookup(c => c.PatientId, c => c.Category);
        var doses = (await db.Doses.Where(d => ids.Contains(d.PatientId) && d.Stands != null).Select(d => new { d.PatientId, d.Disease, d.VaccineCode, d.Kind, d.Day }).ToListAsync())
            .ToLookup(d => d.PatientId, d => (d.Disease, new PastDose(d.VaccineCode, d.Kind, d.Day)));
        var positives = (await db.Recoveries.Where(r => ids.Contains(r.PatientId)).Select(r => new { r.PatientId, r.Disease, r.PositiveOn }).ToListAsync())
            .ToLookup(r => r.PatientId, r => (r.Disease, r.PositiveOn));
        return
        [
            .. asked.Select(a => found.GetValueOrDefault(a.Code) is { Deceased: false } v && v.CardDigest is not null && v.CardDigest == a.Digest
                ? new Recognised(v.PatientId, v.BirthDate, v.GivenName, v.MunicipalityIstat, [.. categories[v.PatientId]], [.. doses[v.PatientId]], [.. positives[v.PatientId]]) : null),
        ];
    }
}
