using MediatR;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.LabMessages;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

/// <param name="ByCode">Found by the codice fiscale or by the sample's number, not by name.</param>
internal sealed record Candidate(PatientSummary Patient, PersonComparison Comparison, IReadOnlyList<SwabRequestSummary> Requests, bool ByCode);

/// <summary>Who a waiting result may be about: by number, by codice fiscale, by names and birth date, and by what the
/// operator looks for within her own sight.</summary>
internal sealed class Candidates(IMediator mediator, ICurrentUser user)
{
    private const int Most = 20;

    public async Task<IReadOnlyList<Candidate>> Of(ResultReading reading, string lab, string? text, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, (PatientSummary Patient, bool ByCode)>();
        var byNumber = new List<SwabRequestSummary>();
        foreach (var number in reading.Numbers.Take(Most))
        {
            if (await mediator.Send(new SwabRequestByAccession(Placing.AsPrinted(number)), cancellation) is { } request
                && await mediator.Send(new PatientById(request.PatientId), cancellation) is { } patient)
            {
                byNumber.Add(request);
                found.TryAdd(patient.Id, (patient, true));
            }
        }

        var person = reading.Person;
        if (person.FiscalCode is { } code)
            await Add(new PatientsByIdentity(code, null, null, null), true);
        if (person is { FamilyName: not null, GivenName: not null, BirthDate: not null })
            await Add(new PatientsByIdentity(null, person.FamilyName, person.GivenName, person.BirthDate), false);
        if (!string.IsNullOrWhiteSpace(text))
            await Search(text, found, cancellation);

        var candidates = new List<Candidate>();
        foreach (var (patient, byCode) in found.Values.Take(Most))
        {
            var open = await mediator.Send(new OpenSwabRequestsOf(patient.Id), cancellation);
            var requests = open.Where(r => r.CollectedAt is not null && (r.LabCode is null || r.LabCode == lab))
                .Concat(byNumber.Where(r => r.PatientId == patient.Id)).DistinctBy(r => r.Id).ToList();
            candidates.Add(new(patient, PersonComparison.Of(person, patient), requests, byCode));
        }

        return [.. candidates.OrderByDescending(c => c.ByCode).ThenBy(c => c.Comparison.Contradicts)];

        async Task Add(PatientsByIdentity question, bool byCode)
        {
            foreach (var patient in await mediator.Send(question, cancellation))
                found.TryAdd(patient.Id, (patient, byCode));
        }
    }

    private async Task Search(string text, Dictionary<Guid, (PatientSummary, bool)> found, CancellationToken cancellation)
    {
        if (user.May("patients.read"))
        {
            foreach (var patient in (await mediator.Send(new PatientsLike(text), cancellation)).Patients)
                found.TryAdd(patient.Id, (patient, false));
        }

        if (user.May("testing.lab"))
        {
            foreach (var sample in (await mediator.Send(new SamplesAwaitingResult(text), cancellation)).Rows)
            {
                if (await mediator.Send(new PatientById(sample.PatientId), cancellation) is { } patient)
                    found.TryAdd(patient.Id, (patient, false));
            }
        }
    }
}
