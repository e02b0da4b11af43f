using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.Unmatched;

namespace Platform.Referti.LabMessages;

/// <summary>The sender asks what was read from a message of hers, and what became of it.</summary>
[Requires(RefertiModule.Send)]
internal sealed record LabMessageByControlId(string ControlId) : IQuery<LabMessageAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user, Texts texts) : IRequestHandler<LabMessageByControlId, LabMessageAnswer>
    {
        public async Task<LabMessageAnswer> Handle(LabMessageByControlId request, CancellationToken cancellationToken)
        {
            var own = db.Messages.AsNoTracking().Within(LabMessage.Scope, user, RefertiModule.Send).Where(m => m.ControlId == request.ControlId);
            var newest = await own.OrderByDescending(m => m.ReceivedAt).ThenByDescending(m => m.Id).FirstOrDefaultAsync(cancellationToken)
                ?? throw Refusal.NotFound();
            var reading = newest.ReadingOf();
            var outcomes = newest.OutcomesOf();
            return new(newest.ControlId, newest.LabCode, newest.ReceivedAt, newest.Answer.ToString(), newest.State, newest.ContentHash,
                reading.MessageType, reading.Version, reading.SendingApplication, reading.SendingFacility, reading.Time,
                [.. reading.Results.Select(r => Said(r, outcomes.FirstOrDefault(o => o.Index == r.Index)))],
                reading.Ignored, reading.Problems, await own.CountAsync(cancellationToken) - 1)
            {
                PatientsShown = [.. outcomes.Select(o => o.PatientId).OfType<Guid>()],
                RecordsShown = reading.Results.All(r => outcomes.Any(o => o.Index == r.Index && o.PatientId is not null)) ? [] : [newest.Id],
            };
        }

        private LabResultAnswer Said(ResultReading r, Outcome? outcome) =>
            new(r.Index, r.Person, r.Test, r.TestType, r.Value, r.Result, r.StatusCode, r.IsCorrection, r.IsAnnulment, r.Numbers, r.PlacerOrder, r.FillerOrder,
                r.Specimen, r.CollectedAt, r.ReceivedAt, r.ReportedAt, r.PerformingLaboratory, r.Details, r.Problems,
                outcome is null
                    ? new("accepted", null, null, null, null)
                    : new(JsonNamingPolicy.CamelCase.ConvertName(outcome.State.ToString()), outcome.ReportId, outcome.Version, outcome.Reason,
                        outcome.Reason is null ? null : texts[WaitingReason.Of(outcome.Reason).Text].Value));
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/referti/messages/{controlId}", (string controlId, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                    // The only character that routing leaves encoded.
                    mediator.Send(new LabMessageByControlId(controlId.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)), cancellation))
                .WithName("getLabMessage").WithTags("referti").WithSummary("What was read from one's own message, and what became of it")
                .Produces<LabMessageAnswer>()
                .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }
}

/// <param name="Acknowledgement">AA, AE or AR, as it was answered.</param>
/// <param name="Earlier">How many other messages came under the same control id.</param>
[Shows(FieldClass.Work)]
internal sealed record LabMessageAnswer(
    string ControlId, string LabCode, DateTime ReceivedAt, string Acknowledgement, LabMessageState State, string ContentHash,
    string? MessageType, string? Version, string? SendingApplication, string? SendingFacility, DateTime? MessageTime,
    IReadOnlyList<LabResultAnswer> Results, IReadOnlyList<IgnoredReading> Ignored, IReadOnlyList<ProblemReading> Problems, int Earlier)
    : IAboutPatients
{
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<Guid> PatientsShown { get; init; } = [];

    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<Guid> RecordsShown { get; init; } = [];
}

/// <param name="Result">Null where the value is not understood.</param>
[Shows(FieldClass.Result, "Value", "Result", "Details")]
[Shows(FieldClass.Work, "Index", "TestType", "Status", "IsCorrection", "IsAnnulment", "AccessionNumbers", "PlacerOrder", "FillerOrder", "CollectedAt", "ReceivedAt", "ReportedAt", "PerformingLaboratory")]
internal sealed record LabResultAnswer(
    int Index, PersonReading Patient, CodeReading? Test, Testing.Contracts.TestType? TestType, CodeReading? Value, Contracts.ReportResult? Result,
    string? Status, bool IsCorrection, bool IsAnnulment, IReadOnlyList<string> AccessionNumbers, string? PlacerOrder, string? FillerOrder,
    CodeReading? Specimen, DateTime? CollectedAt, DateTime? ReceivedAt, DateTime? ReportedAt, string? PerformingLaboratory,
    IReadOnlyList<DetailReading> Details, IReadOnlyList<ProblemReading> Problems, LabOutcomeAnswer Outcome);

/// <param name="State">accepted, issued, repeated, waiting or discarded.</param>
/// <param name="ReasonCode">Why it waits or was discarded.</param>
[Shows(FieldClass.Work)]
internal sealed record LabOutcomeAnswer(string State, Guid? ReportId, int? ReportVersion, string? ReasonCode, string? Reason);
