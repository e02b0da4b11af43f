using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Referti.Contracts;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

/// <summary>Places one result of a message: a report, a version of one, a repetition, or a reason to wait. By the
/// sample's number first, then by the codice fiscale; never by name. Prepares the rows; the save is the caller's.</summary>
internal sealed class Placing(RefertiDb db, IMediator mediator, IBirthPlaces places, Region region, TimeProvider clock)
{
    private const int MostNumbers = 12;
    private const int LongestPrinted = 18;

    /// <summary>Clocks of laboratories go a little fast.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan SameCollection = TimeSpan.FromHours(24);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <param name="waiting">The row of the queue, when it is tried again.</param>
    public async Task<Outcome> Place(LabMessage message, ResultReading reading, UnmatchedReport? waiting, CancellationToken cancellation) =>
        await Place(message, reading, waiting, await FactsOf(message.LabCode, [reading], cancellation), cancellation);

    /// <summary>For many results of one laboratory, none of which touches another's sample or person.</summary>
    public Task<PlacingFacts> FactsOf(string lab, IReadOnlyCollection<ResultReading> readings, CancellationToken cancellation) =>
        PlacingFacts.Of(db, mediator, lab, readings, null, cancellation);

    public async Task<Outcome> Place(LabMessage message, ResultReading reading, UnmatchedReport? waiting, PlacingFacts facts, CancellationToken cancellation)
    {
        reading = facts.Understood(reading);
        var decision = await Decide(message.LabCode, reading, facts, cancellation);
        if (decision.Reason is { } reason)
        {
            if (waiting is null)
                db.Unmatched.Add(UnmatchedReport.Of(Guid.CreateVersion7(clock.GetUtcNow()), message, reading, message.LabAsl, reason));
            else
                waiting.WaitFor(reason);
            return Settled(message, new(reading.Index, OutcomeState.Waiting, null, null, null, reason));
        }

        var outcome = Apply(message, reading, decision, new(message.SenderId, LabName(message.LabCode)), FindingOf(message, reading));
        waiting?.Match(outcome.PatientId!.Value, outcome.ReportId!.Value, new(null, "platform"), Now);
        if (facts.PreliminaryWait)
            await CloseSuperseded(message, reading, cancellation);
        return outcome;
    }

    /// <summary>It waits whatever it says.</summary>
    public Outcome Hold(LabMessage message, ResultReading reading, string reason)
    {
        db.Unmatched.Add(UnmatchedReport.Of(Guid.CreateVersion7(clock.GetUtcNow()), message, reading, message.LabAsl, reason));
        return Settled(message, new(reading.Index, OutcomeState.Waiting, null, null, null, reason));
    }

    /// <summary>A person has said whose it is.</summary>
    public async Task<Outcome> PlaceWith(
        LabMessage message, ResultReading reading, PatientSummary patient, SwabRequestSummary? request, Finding finding, Author author,
        CancellationToken cancellation)
    {
        var facts = await PlacingFacts.Of(db, mediator, message.LabCode, [reading], request, cancellation);
        var report = facts.ReportOn(message.LabCode, reading, finding.TestType, request);
        if (report is not null && report.LabCode != message.LabCode)
            throw new Refusal("reported-elsewhere", WaitingReason.Of(WaitingReason.ReportedElsewhere).Text);
        var taken = report is not null && report.PatientId != patient.Id; // The laboratory used the number twice.
        report = taken ? null : report;
        var act = report is null ? Act.Issue : report.IsAnnulled ? Act.IssueAgain : Says(report, finding) ? Act.Repeat : Act.Correct;
        return Apply(message, reading, new(act, report, patient, request, null), author, finding, taken);
    }

    public static Finding FindingOf(LabMessage message, ResultReading reading, ReportResult? result = null, TestType? type = null) =>
        new(Guid.CreateVersion7(new DateTimeOffset(message.ReceivedAt, TimeSpan.Zero)),
            result ?? reading.Result ?? ReportResult.Inconclusive, type ?? reading.TestType ?? TestType.Molecular,
            reading.Test?.Code, reading.Value?.Code, reading.Value?.Text, reading.Specimen?.Code, reading.Specimen?.Text,
            reading.CollectedAt, reading.ReceivedAt, reading.ReportedAt, reading.DetailsText, null, message.Id, reading.Index, reading.Device);

    public string LabName(string code) => region.Facilities.FirstOrDefault(f => f.Code == code)?.Name ?? code;

    private async Task<Decision> Decide(string lab, ResultReading reading, PlacingFacts facts, CancellationToken cancellation)
    {
        if (Unfit(reading) is { } unfit)
            return Decision.Wait(unfit);

        var requests = facts.RequestsOf(reading);
        if (requests.Count > 1)
            return Decision.Wait(WaitingReason.SeveralSamples);
        var request = requests.Count == 1 ? requests[0] : null;
        if (facts.ReportOn(lab, reading, reading.TestType!.Value, request) is { } report)
            return OnReport(lab, report, request, reading, facts);
        if (reading.IsAnnulment)
            return Decision.Wait(WaitingReason.NothingToAnnul);
        if (facts.AnnulmentsWait && await AnnulmentWaits(lab, reading, cancellation))
            return Decision.Wait(WaitingReason.AnnulledBefore);
        return request is not null ? ByNumber(lab, request, reading, facts) : ByFiscalCode(lab, reading, facts);
    }

    /// <summary>What no matching can mend.</summary>
    private string? Unfit(ResultReading reading)
    {
        if (reading.Doubt is { } doubt)
            return doubt;
        if (reading.TestType is null)
            return ProblemCodes.UnknownTestCode;
        var latest = Now + ClockTolerance;
        if (reading.CollectedAt > latest || reading.ReceivedAt > latest || reading.ReportedAt > latest)
            return WaitingReason.FutureTime;
        return reading.Status switch
        {
            ObservationStatus.Preliminary => WaitingReason.Preliminary,
            ObservationStatus.CannotBeDone => WaitingReason.CannotBeDone,
            ObservationStatus.Annulled => null,
            ObservationStatus.Final or ObservationStatus.Corrected => reading.Result is null ? ProblemCodes.UnknownValue : null,
            _ => ProblemCodes.UnknownStatus,
        };
    }

    private static Decision OnReport(string lab, Report report, SwabRequestSummary? request, ResultReading reading, PlacingFacts facts)
    {
        if (request is not null && report.RequestId is { } asked && asked != request.Id)
            return Decision.Wait(WaitingReason.SeveralSamples);
        // What another laboratory released is not ours to repeat, correct or annul.
        if (report.LabCode != lab)
            return Decision.Wait(WaitingReason.ReportedElsewhere);
        var patient = facts.Person(report.PatientId);
        if (patient is null || Doubtful(reading, patient))
            return Decision.Wait(WaitingReason.IdentityContradicts);
        if (report.IsAnnulled)
            return reading.IsAnnulment ? new(Act.Repeat, report, patient, request, null) : Decision.Wait(WaitingReason.AnnulledBefore);
        if (reading.IsAnnulment)
            return new(Act.Annul, report, patient, request, null);
        var finding = new Finding(default, reading.Result!.Value, reading.TestType!.Value, null, null, null, null, null,
            reading.CollectedAt, null, null, null, null, null, null);
        if (reading.IsCorrection && !(report.CurrentKind == ReportVersionKind.Correction && Says(report, finding)))
            return new(Act.Correct, report, patient, request, null);
        return Says(report, finding)
            ? new(Act.Repeat, report, patient, request, null)
            : Decision.Wait(WaitingReason.ContradictsIssued);
    }

    private static bool Doubtful(ResultReading reading, PatientSummary patient)
    {
        var compared = PersonComparison.Of(reading.Person, patient);
        return compared.Contradicts || (compared.SaysNothing && !reading.ByNumberAlone);
    }

    // Messages overtake each other: an annulment that came before its report must not leave that report standing.
    private async Task<bool> AnnulmentWaits(string lab, ResultReading reading, CancellationToken cancellation)
    {
        foreach (var number in SampleNumbers(reading).Take(MostNumbers))
        {
            var bar = UnmatchedReport.Bar(number);
            if (await db.Unmatched.AnyAsync(
                u => u.LabCode == lab && u.State == UnmatchedState.Open && u.ReasonCode == WaitingReason.NothingToAnnul
                    && u.TestType == reading.TestType && u.Numbers.Contains(bar), cancellation))
            {
                return true;
            }
        }

        return false;
    }

    // A number that a laboratory uses again, months later, is another sample: it is not taken for a repetition.
    private static bool Says(Report report, Finding finding) =>
        report.Says(finding)
        && (report.CollectedAt is not { } before || finding.CollectedAt is not { } now || (now - before).Duration() < SameCollection);

    private static Decision ByNumber(string lab, SwabRequestSummary request, ResultReading reading, PlacingFacts facts)
    {
        var patient = facts.Person(request.PatientId);
        if (patient is null || Doubtful(reading, patient))
            return Decision.Wait(WaitingReason.IdentityContradicts);
        if (request.LabCode is { } expected && expected != lab)
            return Decision.Wait(WaitingReason.OtherLab);
        if (request.TestType != reading.TestType)
            return Decision.Wait(WaitingReason.OtherTest);
        return request.State switch
        {
            SwabRequestState.Collected or SwabRequestState.Sent or SwabRequestState.Received => new(Act.Issue, null, patient, request, null),
            // Antibodies of one sample come as several results; a swab has one.
            SwabRequestState.Reported => reading.TestType == TestType.Serology
                ? new(Act.Issue, null, patient, request, null) : Decision.Wait(WaitingReason.ReportedElsewhere),
            _ => Decision.Wait(WaitingReason.NotCollected),
        };
    }

    private Decision ByFiscalCode(string lab, ResultReading reading, PlacingFacts facts)
    {
        if (reading.Person.Code is not { } code)
            return Decision.Wait(WaitingReason.NoFiscalCode);
        if (reading.Person.FiscalCode is not null && !FiscalCode.Read(code, places, region.DayOf(clock.GetUtcNow())).Valid)
            return Decision.Wait(WaitingReason.FiscalCodeInvalid);
        var people = facts.PeopleOf(code);
        if (people.Count != 1)
            return Decision.Wait(people.Count == 0 ? WaitingReason.PersonUnknown : WaitingReason.SeveralPersons);
        var patient = people[0];
        if (PersonComparison.Of(reading.Person, patient).Contradicts)
            return Decision.Wait(WaitingReason.IdentityContradicts);
        var open = facts.OpenRequestsOf(patient.Id)
            .Where(r => r.State is SwabRequestState.Collected or SwabRequestState.Sent or SwabRequestState.Received
                && (r.TestType == reading.TestType || (r.TestType == TestType.Saliva && reading.TestType == TestType.Molecular)) && (r.LabCode is null || r.LabCode == lab))
            .ToList();
        return open.Count > 1
            ? Decision.Wait(WaitingReason.SeveralRequests)
            : new(Act.Issue, null, patient, open.Count == 1 ? open[0] : null, null);
    }

    internal static IReadOnlyCollection<string> KeysOf(ResultReading reading, TestType? type, SwabRequestSummary? request) => type is null ? []
        : [.. SampleNumbers(reading).Concat(request?.AccessionNumber is { } own ? [own] : []).Select(n => Report.KeyOf(n, type.Value, reading.Test?.Code))];

    // The placer's number names an order, which may be of several samples.
    private static List<string> SampleNumbers(ResultReading reading)
    {
        var placer = reading.PlacerOrder is { } number ? MessageNumber(number) : null;
        var filler = reading.FillerOrder is { } own ? MessageNumber(own) : null;
        var others = reading.Numbers.Where(n => n != placer || n == filler).ToList();
        return others.Count > 0 ? others : [.. reading.Numbers];
    }

    // Our numbers are short and have no hyphens; people who copy them put some in.
    internal static string AsPrinted(string number) =>
        number.Length <= LongestPrinted ? number.Replace("-", "", StringComparison.Ordinal) : number;

    private static string MessageNumber(string number) => ResultReading.Number(number);

    private Outcome Apply(LabMessage message, ResultReading reading, Decision decision, Author author, Finding finding, bool taken = false)
    {
        var (report, patient) = (decision.Report!, decision.Patient!);
        switch (decision.Act)
        {
            case Act.Issue:
                var numbers = SampleNumbers(reading);
                var number = numbers.Count > 0 ? numbers[0] : null;
                (report, var issued) = Report.Issue(Guid.CreateVersion7(clock.GetUtcNow()), finding, patient, decision.Request, message.LabCode,
                    number, reading.FillerOrder is null ? null : MessageNumber(reading.FillerOrder), taken, author, Now);
                db.Reports.Add(report);
                db.Tell(issued);
                break;
            case Act.Correct:
                db.Tell(report.Correct(finding, patient, author, null, Now));
                break;
            case Act.IssueAgain:
                db.Tell(report.IssueAgain(finding, patient, author, Now));
                break;
            case Act.Annul:
                db.Tell(report.Annul(finding.VersionId, patient, author, null, Now));
                break;
        }

        return Settled(message, new(
            reading.Index, decision.Act == Act.Repeat ? OutcomeState.Repeated : OutcomeState.Issued, report.Id, report.CurrentVersion, patient.Id, null));
    }

    /// <summary>What waited for its final result has it now.</summary>
    private async Task CloseSuperseded(LabMessage message, ResultReading reading, CancellationToken cancellation)
    {
        foreach (var number in SampleNumbers(reading).Take(3))
        {
            var bar = UnmatchedReport.Bar(number);
            var waiting = await db.Unmatched
                .Where(u => u.LabCode == message.LabCode && u.State == UnmatchedState.Open && u.MessageId != message.Id
                    && u.ReasonCode == WaitingReason.Preliminary && u.TestType == reading.TestType && u.Numbers.Contains(bar))
                .Take(5).ToListAsync(cancellation);
            foreach (var one in waiting.Where(u => u.State == UnmatchedState.Open))
            {
                one.Discard(Superseded, new(null, "platform"), Now);
                var before = await db.Messages.SingleAsync(m => m.Id == one.MessageId, cancellation);
                Settled(before, new(one.ResultIndex, OutcomeState.Discarded, null, null, null, one.ReasonCode));
            }
        }
    }

    public const string Superseded = "Sostituito dal risultato definitivo.";

    private static Outcome Settled(LabMessage message, Outcome outcome)
    {
        message.Settle(outcome, Math.Max(1, message.ReadingOf().Results.Count));
        return outcome;
    }

    private enum Act
    {
        Wait,
        Issue,
        Correct,
        IssueAgain,
        Annul,
        Repeat,
    }

    private sealed record Decision(Act Act, Report? Report, PatientSummary? Patient, SwabRequestSummary? Request, string? Reason)
    {
        public static Decision Wait(string reason) => new(Act.Wait, null, null, null, reason);
    }
}
