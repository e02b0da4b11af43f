using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Api;

/// <summary>Many tests of a pharmacy's software, each by itself: what is wrong with one is said beside it and holds up none of the others. All of it may be
/// sent again.</summary>
[Requires(QuickSwabsModule.MayRecord)]
internal sealed record SendQuickSwabs(IReadOnlyList<RecordQuickSwab> Tests) : ICommand<IReadOnlyList<SentSwab>>
{
    public const int AtMost = 500;

    internal sealed class Handler(QuickSwabsDb db, IMediator mediator, Texts texts) : IRequestHandler<SendQuickSwabs, IReadOnlyList<SentSwab>>
    {
        public async Task<IReadOnlyList<SentSwab>> Handle(SendQuickSwabs request, CancellationToken cancellationToken)
        {
            if (request.Tests.Count is 0 or > AtMost)
                throw new Refusal("too-many-tests", "Invii da 1 a {0} test per volta.", AtMost) { Kind = RefusalKind.Unprocessable };
            var sent = new List<SentSwab>();
            foreach (var (test, index) in request.Tests.Select((t, i) => (t, i)))
            {
                sent.Add(await Send(test, index, cancellationToken));
                db.ChangeTracker.Clear();
            }

            return sent;
        }

        private async Task<SentSwab> Send(RecordQuickSwab test, int index, CancellationToken cancellation)
        {
            try
            {
                return new(index, test.Id, await mediator.Send(test, cancellation), []);
            }
            catch (ValidationException invalid)
            {
                return new(index, test.Id, null, [.. invalid.Errors.Select(e => new SentError("invalid", Camel(e.PropertyName), texts[e.ErrorMessage]))]);
            }
            catch (Refusal refusal)
            {
                return new(index, test.Id, null, [new(refusal.Code, null, texts[refusal.Message, refusal.Arguments!])]);
            }
        }

        private static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api)
        {
            api.MapPost("/quick-swabs", async ([FromBody] RecordQuickSwab body, [FromHeader(Name = "Idempotency-Key")] string? key, [FromServices] IMediator mediator, [FromServices] ICurrentUser user, CancellationToken cancellation) =>
                    Answer.Json(await mediator.Send(body.Id == default && !string.IsNullOrWhiteSpace(key) ? body with { Id = StableId.Of(user.Id ?? Guid.Empty, "quick-swab:" + key) } : body, cancellation)))
                .WithName("recordQuickSwab").WithTags("quick-swabs").WithSummary("An antigen test with its result; with the same id, or the same Idempotency-Key, it is the same test")
                .WithExample(Example, Recorded)
                .Produces<RecordedSwab>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
                .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
            api.MapPost("/quick-swabs/bulk", async ([FromBody] SendQuickSwabs body, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                    Answer.Json(await mediator.Send(body with { Tests = body.Tests ?? [] }, cancellation)))
                .WithName("sendQuickSwabs").WithTags("quick-swabs").WithSummary("Up to 500 antigen tests, each recorded by itself; the answer says of each what became of it, and may be asked for again by sending the same")
                .WithExample(new SendQuickSwabs([Example]), new[] { new SentSwab(0, Example.Id, Recorded, []) })
                .Produces<IReadOnlyList<SentSwab>>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        }

        private static readonly RecordQuickSwab Example = new()
        {
            Id = new("0195b2f4-7a10-7c3e-9d41-3f2a6b1c8e57"), FiscalCode = "RSSMRA85M01L219R", PointCode = "FAR-001", DeviceJrc = "1232", Lot = "41ADG123A", KitExpiry = new(2022, 12, 31),
            CollectedAt = new(2021, 11, 15, 9, 0, 0, TimeSpan.FromHours(1)), ResultAt = new(2021, 11, 15, 9, 16, 0, TimeSpan.FromHours(1)), Result = QuickSwabResult.Negative,
        };

        private static readonly RecordedSwab Recorded = new(Example.Id, QuickSwabResult.Negative, ConfirmsCase: false, Molecular: false, null, Already: false);
    }
}

/// <param name="Index">From 0, as it stood in what was sent.</param>
/// <param name="Recorded">Null when it was not.</param>
/// <param name="Errors">What is wrong with it; none when it was recorded.</param>
internal sealed record SentSwab(int Index, Guid Id, RecordedSwab? Recorded, IReadOnlyList<SentError> Errors);

/// <param name="Code">Stable, for machines.</param>
/// <param name="Field">Null where it is not one field's.</param>
internal sealed record SentError(string Code, string? Field, string Says);
