using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.LabMessages;

namespace Platform.Referti.LabFiles;

/// <summary>A laboratory, or its system, sends a file of results, and asks later what became of its rows.</summary>
[Requires(RefertiModule.Files)]
internal sealed record SendLabFile(Guid Id, Stream File, string FileName, string? Format) : ICommand<Guid>
{
    internal sealed class Handler(ImportDesk<RefertiDb> desk, LabFileImport import, ICurrentUser user) : IRequestHandler<SendLabFile, Guid>
    {
        public Task<Guid> Handle(SendLabFile request, CancellationToken cancellationToken) =>
            desk.Receive(import, request.Id, request.File, request.FileName, request.Format, SendingLab.Of(user, RefertiModule.Files), cancellationToken);
    }

    internal sealed class Endpoint : IEndpoint
    {
        private static readonly string[] Types = ["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"];

        public static void Map(IEndpointRouteBuilder api)
        {
            api.MapPost("/referti/files", Receive)
                .WithName("sendLabFile").WithTags("referti").WithSummary("A file of results, CSV, xlsx or a zip of one; its rows are worked through after the answer")
                .Accepts<string>(Types[0], Types[1..])
                .Produces(StatusCodes.Status202Accepted)
                .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
                .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
                .WithMetadata(new RequestSizeLimitAttribute(StartLabFile.LargestFile))
                .DisableAntiforgery();
            api.MapGet("/referti/files/{id:guid}", async (Guid id, [FromQuery] int? page, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                    LabFileProgressAnswer.Of(await mediator.Send(new LabFileProgress(id, page ?? 1), cancellation)))
                .WithName("getLabFile").WithTags("referti").WithSummary("How far one's own file is, and which rows and columns are wrong")
                .Produces<LabFileProgressAnswer>()
                .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        }

        private static async Task<IResult> Receive(
            HttpRequest request, [FromQuery] string? format, [FromHeader(Name = "Idempotency-Key")] string? key, [FromServices] IMediator mediator,
            [FromServices] ICurrentUser user, [FromServices] TimeProvider clock, [FromServices] Texts texts, CancellationToken cancellation)
        {
            if (!user.May(RefertiModule.Files))
                throw Refusal.Forbidden(); // Before the body is read.
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !Types.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            {
                return Results.Problem(type: "urn:problem:content-type", statusCode: StatusCodes.Status415UnsupportedMediaType,
                    title: texts["Il tipo di contenuto non è tra quelli accettati: {0}.", string.Join(", ", Types)]);
            }

            // On disk, not in memory, and gone when it is closed.
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
            await request.Body.CopyToAsync(file, cancellation);
            file.Position = 0;
            var id = string.IsNullOrWhiteSpace(key) ? Guid.CreateVersion7(clock.GetUtcNow()) : StableId.Of(user.Id ?? Guid.Empty, "lab-file:" + key);
            await mediator.Send(new SendLabFile(id, file, "api", string.IsNullOrWhiteSpace(format) ? null : format), cancellation);
            return Results.Accepted($"/api/v1/referti/files/{id}", new { id });
        }
    }
}
