using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Patients.Contracts;
using Platform.Referti.LabMessages;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

/// <summary>All that placing some results of one laboratory asks, asked at once: requests by their numbers, people, their open
/// requests, reports there are. The results must not touch each other's samples or people, or the facts grow old.</summary>
internal sealed class PlacingFacts
{
    private const int MostNumbers = 12;

    private IReadOnlyDictionary<string, SwabRequestSummary> requests = new Dictionary<string, SwabRequestSummary>();
    private ILookup<string, PatientSummary> byCode = Array.Empty<PatientSummary>().ToLookup(_ => "");
    private IReadOnlyDictionary<Guid, PatientSummary> byId = new Dictionary<Guid, PatientSummary>();
    private ILookup<Guid, SwabRequestSummary> open = Array.Empty<SwabRequestSummary>().ToLookup(_ => Guid.Empty);
    private List<Report> reports = [];

    /// <summary>Whether an annulment of this laboratory waits for its report.</summary>
    public bool AnnulmentsWait { get; private set; }

    /// <summary>Whether a preliminary result of this laboratory waits for the final one.</summary>
    public bool PreliminaryWait { get; private set; }

    /// <param name="chosen">The request that a person has named.</param>
    public static async Task<PlacingFacts> Of(
        RefertiDb db, IMediator mediator, string lab, IReadOnlyCollection<ResultReading> readings, SwabRequestSummary? chosen, CancellationToken cancellation)
    {
        var facts = new PlacingFacts();
        var numbers = readings.SelectMany(r => r.Numbers.Take(MostNumbers)).Select(Placing.AsPrinted).Distinct().ToList();
        facts.requests = await mediator.Send(new SwabRequestsByAccession(numbers), cancellation);
        var asked = facts.requests.Values.Select(r => r.Id).Concat(chosen is null ? [] : [chosen.Id]).Distinct().ToList();

        var keys = readings.SelectMany(r => facts.RequestsOf(r).Append(chosen).SelectMany(q => Enum.GetValues<TestType>().SelectMany(t => Placing.KeysOf(r, t, q))))
            .Distinct().ToList();
        var fillers = readings.Select(r => r.FillerOrder).OfType<string>().Select(ResultReading.Number).Distinct().ToList();
        facts.reports = await db.Reports.Include(r => r.Versions)
            .Where(r => (r.LabCode == lab && keys.Contains(r.SampleKey)) || (r.LabCode == lab && r.FillerNumber != null && fillers.Contains(r.FillerNumber))
                || (r.RequestId != null && asked.Contains(r.RequestId.Value)))
            .ToListAsync(cancellation);

        var codes = readings.Select(r => r.Person.Code).OfType<string>().Distinct().ToList();
        facts.byCode = await mediator.Send(new PatientsByFiscalCodes(codes), cancellation);
        var people = facts.requests.Values.Select(r => r.PatientId).Concat(facts.reports.Select(r => r.PatientId)).Distinct().ToList();
        facts.byId = await mediator.Send(new PatientsByIds(people), cancellation);
        facts.open = await mediator.Send(new OpenSwabRequestsOfMany([.. facts.byCode.SelectMany(p => p).Select(p => p.Id).Distinct()]), cancellation);

        var special = await db.Unmatched
            .Where(u => u.LabCode == lab && u.State == UnmatchedState.Open && (u.ReasonCode == WaitingReason.NothingToAnnul || u.ReasonCode == WaitingReason.Preliminary))
            .Select(u => u.ReasonCode).Distinct().ToListAsync(cancellation);
        (facts.AnnulmentsWait, facts.PreliminaryWait) = (special.Contains(WaitingReason.NothingToAnnul), special.Contains(WaitingReason.Preliminary));
        return facts;
    }

    /// <summary>Requests whose tube bears one of the numbers, each once.</summary>
    public List<SwabRequestSummary> RequestsOf(ResultReading reading) =>
        [.. reading.Numbers.Take(MostNumbers).Select(n => requests.GetValueOrDefault(Placing.AsPrinted(n))).OfType<SwabRequestSummary>().DistinctBy(r => r.Id)];

    /// <summary>A message says molecular of saliva too; the request knows what was asked for.</summary>
    public ResultReading Understood(ResultReading reading) =>
        reading.TestType == TestType.Molecular && RequestsOf(reading) is [{ TestType: TestType.Saliva }] ? reading with { TestType = TestType.Saliva } : reading;

    public IReadOnlyList<PatientSummary> PeopleOf(string fiscalCode) => [.. byCode[fiscalCode.ToUpperInvariant()]];

    public PatientSummary? Person(Guid id) => byId.GetValueOrDefault(id);

    public IEnumerable<SwabRequestSummary> OpenRequestsOf(Guid patient) => open[patient];

    /// <summary>What was said of the sample: by its number, by the laboratory's own number, or by the request.</summary>
    public Report? ReportOn(string lab, ResultReading reading, TestType type, SwabRequestSummary? request)
    {
        var keys = Placing.KeysOf(reading, type, request);
        var filler = reading.FillerOrder is { } number ? ResultReading.Number(number) : null;
        var suffix = Report.KeyOf("", type, reading.Test?.Code);
        return reports.Find(r => r.LabCode == lab && keys.Contains(r.SampleKey))
            ?? reports.Where(r => r.TestType == type && r.SampleKey.EndsWith(suffix, StringComparison.Ordinal)
                && ((r.LabCode == lab && filler is not null && r.FillerNumber == filler) || (request is not null && r.RequestId == request.Id)))
                .OrderBy(r => r.FirstIssuedAt).FirstOrDefault();
    }
}
