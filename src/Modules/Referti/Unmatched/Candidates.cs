using MediatR;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Referti.LabMessages;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

/// <param name="Asked">The operator looked for her; the message did not lead to her.</param>
[Shows(FieldClass.Work)]
internal sealed record Candidate(PatientSummary Patient, PersonComparison Comparison, IReadOnlyList<SwabRequestSummary> Requests, Likeness Likeness, bool Asked);

/// <summary>Who a waiting result may be about, the most alike first: by number or one near it, by codice fiscale, by names and
/// birth date as people mistype them, and by what the operator looks for within her own sight.</summary>
internal sealed class Candidates(IMediator mediator, ICurrentUser user, IBirthPlaces places, Region region, TimeProvider clock)
{
    private const int Most = 20;

    public async Task<IReadOnlyList<Candidate>> Of(ResultReading reading, string lab, string? text, CancellationToken cancellation)
    {
        var people = new Dictionary<Guid, PatientSummary>();
        var (exact, near, asked) = (new List<SwabRequestSummary>(), new List<SwabRequestSummary>(), new HashSet<Guid>());
        foreach (var number in reading.Numbers.Take(Most))
        {
            if (await mediator.Send(new SwabRequestByAccession(Placing.AsPrinted(number)), cancellation) is { } request)
                exact.Add(request);
            else
                near.AddRange(await mediator.Send(new SwabRequestsNear(number), cancellation));
        }

        foreach (var request in exact.Concat(near))
        {
            if (!people.ContainsKey(request.PatientId) && await mediator.Send(new PatientById(request.PatientId), cancellation) is { } patient)
                people.TryAdd(patient.Id, patient);
        }

        var person = reading.Person;
        if (person.Code is { } code)
            Add(await mediator.Send(new PatientsByIdentity(code, null, null, null), cancellation));
        if (DaysOf(person) is { Count: > 0 } days)
            Add((await mediator.Send(new PatientsBornOn(days), cancellation)).Where(p => Likeness.Of(person, p, false).Plausible));
        if (!string.IsNullOrWhiteSpace(text))
        {
            foreach (var patient in await Search(text, cancellation))
            {
                if (people.TryAdd(patient.Id, patient))
                    asked.Add(patient.Id);
            }
        }

        var candidates = people.Values.Select(p => (Patient: p, Likeness: Likeness.Of(person, p, NumberOf(p.Id))))
            .OrderByDescending(c => asked.Contains(c.Patient.Id)).ThenByDescending(c => c.Likeness.Score).ThenBy(c => c.Patient.Id).Take(Most);
        var answer = new List<Candidate>();
        foreach (var (patient, likeness) in candidates)
        {
            var open = await mediator.Send(new OpenSwabRequestsOf(patient.Id), cancellation);
            var requests = open.Where(r => r.CollectedAt is not null && (r.LabCode is null || r.LabCode == lab))
                .Concat(exact.Concat(near).Where(r => r.PatientId == patient.Id)).DistinctBy(r => r.Id).ToList();
            answer.Add(new(patient, PersonComparison.Of(person, patient), requests, likeness, asked.Contains(patient.Id)));
        }

        return answer;

        void Add(IEnumerable<PatientSummary> found)
        {
            foreach (var patient in found)
                people.TryAdd(patient.Id, patient);
        }

        bool? NumberOf(Guid patient) =>
            exact.Exists(r => r.PatientId == patient) ? true : near.Exists(r => r.PatientId == patient) ? null : false;
    }

    /// <summary>The birth dates that may be meant: as written, day and month exchanged, and as the codice fiscale says.</summary>
    private List<DateOnly> DaysOf(PersonReading person)
    {
        var days = new List<DateOnly>();
        if (person.BirthDate is { } day)
        {
            days.Add(day);
            if (day.Day <= 12 && day.Day != day.Month)
                days.Add(new(day.Year, day.Day, day.Month));
        }

        if (person.FiscalCode is { Length: 16 } code && FiscalCode.Read(code, places, region.DayOf(clock.GetUtcNow())).BirthDate is { } told)
            days.Add(told);
        return [.. days.Distinct()];
    }

    private async Task<IReadOnlyList<PatientSummary>> Search(string text, CancellationToken cancellation)
    {
        var found = new List<PatientSummary>();
        if (user.May("patients.read"))
            found.AddRange((await mediator.Send(new PatientsLike(text), cancellation)).Patients);
        if (user.May("testing.lab"))
        {
            foreach (var sample in (await mediator.Send(new SamplesAwaitingResult(text), cancellation)).Rows)
            {
                if (await mediator.Send(new PatientById(sample.PatientId), cancellation) is { } patient)
                    found.Add(patient);
            }
        }

        return found;
    }
}
