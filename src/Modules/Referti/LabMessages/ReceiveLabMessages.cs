using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Fhir;
using Platform.Referti.Hl7;

namespace Platform.Referti.LabMessages;

/// <summary>A laboratory's system sends what it found: one message, or a batch. Each message gets its own answer; what is
/// answered AA is kept, whatever became of it.</summary>
[Requires(RefertiModule.Send)]
internal sealed record ReceiveLabMessages(byte[] Content) : ICommand<LabAnswer>
{
    /// <summary>Larger files go by the command line.</summary>
    public const int LargestContent = 20 * 1024 * 1024;

    /// <summary>Messages in memory at once.</summary>
    private const int Armful = 250;

    internal sealed class Handler(Intake intake, ICurrentUser user, TimeProvider clock) : IRequestHandler<ReceiveLabMessages, LabAnswer>
    {
        public async Task<LabAnswer> Handle(ReceiveLabMessages request, CancellationToken cancellationToken)
        {
            var lab = SendingLab.Of(user);
            var batch = new Hl7Batch();
            var (answers, read) = (new List<Acknowledgement>(), new List<Hl7Reader>());
            foreach (var entry in batch.Read(request.Content))
            {
                if (answers.Count + read.Count == 0 && !batch.HasEnvelope && !entry.Bytes.AsSpan().TrimStart(" \t"u8).StartsWith("MSH"u8))
                    throw NotHl7();
                read.Add(Hl7Reader.Read(entry));
                if (read.Count == Armful)
                    await Answer();
            }

            await Answer();

            if (batch.MessageCount == 0 && !batch.HasEnvelope)
                throw NotHl7();
            if (!batch.HasEnvelope && answers.Count == 1)
                return new(answers[0].ToBytes());
            var header = batch.BatchHeader ?? batch.FileHeader;
            return new(Hl7Charset.Utf8.GetBytes(BatchAcknowledgement.Of(header, NewControlId(), clock.GetUtcNow(), answers, batch.Problems)));

            async Task Answer()
            {
                var taken = await intake.TakeAll([.. read.Select(r => r.Incoming)], lab, user.Id, cancellationToken);
                answers.AddRange(read.Zip(taken, (r, t) => r.Answer(t, NewControlId(), clock.GetUtcNow())));
                read.Clear();
            }
        }

        private string NewControlId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N")[..20];

        private static Refusal NotHl7() =>
            new("not-hl7", "Il contenuto non è un messaggio HL7 v2: deve cominciare con MSH, FHS o BHS.") { Kind = RefusalKind.Unprocessable };
    }

    internal sealed class Endpoint : IEndpoint
    {
        private static readonly string[] Types = ["application/hl7-v2", "x-application/hl7-v2+er7", "text/plain", OperationOutcome.ContentType];

        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/referti/messages", Receive)
                .WithName("sendLabMessages").WithTags("referti").WithSummary("HL7 v2 ORU^R01, one message or a batch, answered with its ACK; or a FHIR R4 Bundle, answered with an OperationOutcome")
                .Accepts<string>(Types[0], Types[1..])
                .Produces<string>(StatusCodes.Status200OK, Types[0], Types[3])
                .Produces<string>(StatusCodes.Status400BadRequest, Types[3]).Produces<string>(StatusCodes.Status409Conflict, Types[3])
                .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
                .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
                // A little more than is taken: the answer says what to do.
                .WithMetadata(new RequestSizeLimitAttribute(LargestContent + (64 * 1024)))
                .DisableAntiforgery();

        private static async Task<IResult> Receive(
            HttpRequest request, [FromServices] IMediator mediator, [FromServices] ICurrentUser user, [FromServices] Texts texts, CancellationToken cancellation)
        {
            if (!user.May(RefertiModule.Send))
                throw Refusal.Forbidden(); // Before the body is read.
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
                || Array.Find(Types, t => type.MediaType.Equals(t, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                return Results.Problem(type: "urn:problem:content-type", statusCode: StatusCodes.Status415UnsupportedMediaType,
                    title: texts["Il tipo di contenuto non è tra quelli accettati: {0}.", string.Join(", ", Types)]);
            }

            if (await Body(request, cancellation) is not { } content)
            {
                return Results.Problem(type: "urn:problem:too-large", statusCode: StatusCodes.Status413PayloadTooLarge,
                    title: texts["Il contenuto supera {0} byte: lo divida, o lo importi da riga di comando.", LargestContent]);
            }

            if (known != OperationOutcome.ContentType)
                return Results.Bytes((await mediator.Send(new ReceiveLabMessages(content), cancellation)).Content, known);
            var answer = await mediator.Send(new ReceiveFhirBundle(content), cancellation);
            return Results.Text(answer.Content, known, answer.Status);
        }

        private static async Task<byte[]?> Body(HttpRequest request, CancellationToken cancellation)
        {
            if (request.ContentLength > LargestContent)
                return null;
            using var content = new MemoryStream();
            var chunk = new byte[64 * 1024];
            int read;
            while ((read = await request.Body.ReadAsync(chunk, cancellation)) > 0)
            {
                if (content.Length + read > LargestContent)
                    return null;
                content.Write(chunk, 0, read);
            }

            return content.ToArray();
        }
    }
}

internal sealed record LabAnswer(byte[] Content);
