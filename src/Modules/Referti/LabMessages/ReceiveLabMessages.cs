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
using Platform.Referti.Hl7;

namespace Platform.Referti.LabMessages;

/// <summary>A laboratory's system sends what it found: one message, or a batch. Each message gets its own answer; what is
/// answered AA is kept, whatever became of it.</summary>
[Requires(RefertiModule.Send)]
internal sealed record ReceiveLabMessages(byte[] Content) : ICommand<LabAnswer>
{
    /// <summary>Larger files go by the command line.</summary>
    public const int LargestContent = 20 * 1024 * 1024;

    internal sealed class Handler(Intake intake, ICurrentUser user, TimeProvider clock) : IRequestHandler<ReceiveLabMessages, LabAnswer>
    {
        public async Task<LabAnswer> Handle(ReceiveLabMessages request, CancellationToken cancellationToken)
        {
            var lab = LabOf(user);
            var batch = new Hl7Batch();
            var answers = new List<Acknowledgement>();
            foreach (var entry in batch.Read(request.Content))
            {
                if (answers.Count == 0 && !batch.HasEnvelope && !entry.Bytes.AsSpan().TrimStart(" \t"u8).StartsWith("MSH"u8))
                    throw NotHl7();
                answers.Add((await intake.Take(entry, lab, user.Id, cancellationToken)).Answer);
            }

            if (batch.MessageCount == 0 && !batch.HasEnvelope)
                throw NotHl7();
            if (!batch.HasEnvelope && answers.Count == 1)
                return new(answers[0].ToBytes());
            var header = batch.BatchHeader ?? batch.FileHeader;
            var controlId = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N")[..20];
            return new(Hl7Charset.Utf8.GetBytes(BatchAcknowledgement.Of(header, controlId, clock.GetUtcNow(), answers, batch.Problems)));
        }

        private static Refusal NotHl7() =>
            new("not-hl7", "Il contenuto non è un messaggio HL7 v2: deve cominciare con MSH, FHS o BHS.") { Kind = RefusalKind.Unprocessable };

        private static string LabOf(ICurrentUser user)
        {
            var labs = user.ScopesOf(RefertiModule.Send).Where(s => s.Kind == ScopeKind.Lab).Select(s => s.Code).Distinct().ToList();
            return labs.Count == 1
                ? labs[0]
                : throw new Refusal("no-laboratory", "La chiave non è di un solo laboratorio.") { Kind = RefusalKind.Forbidden };
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        private static readonly string[] Types = ["application/hl7-v2", "x-application/hl7-v2+er7", "text/plain"];

        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/referti/messages", Receive)
                .WithName("sendLabMessages").WithTags("referti").WithSummary("HL7 v2 ORU^R01, one message or a batch; answered with its ACK")
                .Accepts<string>(Types[0], Types[1], Types[2])
                .Produces<string>(StatusCodes.Status200OK, Types[0])
                .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
                .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
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

            return await Body(request, cancellation) is { } content
                ? Results.Bytes((await mediator.Send(new ReceiveLabMessages(content), cancellation)).Content, known)
                : Results.Problem(type: "urn:problem:too-large", statusCode: StatusCodes.Status413PayloadTooLarge,
                    title: texts["Il contenuto supera {0} byte: lo divida, o lo importi da riga di comando.", LargestContent]);
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
