using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.BuildingBlocks.Web;
using Platform.Certificates.Hcert;

namespace Platform.Certificates.Verification;

/// <summary>Whoever stands at a door reads a certificate. She learns name, birth date and outcome, and nothing of it is kept
/// (DPCM 12/10/2021): no row, no line of the audit, no log.</summary>
[OpenToAll("Whoever is shown a certificate must be able to check it; she sees no more than is needed to compare it with a document.")]
internal sealed record VerifyCertificate : IQuery<VerifiedCertificate>
{
    /// <summary>The text of the QR code.</summary>
    public string? Certificate { get; init; }

    /// <summary>What it is checked for; nothing for the first that today offers.</summary>
    public string? Mode { get; init; }

    internal sealed class Handler(Verifier verifier, Region region, TimeProvider clock) : IRequestHandler<VerifyCertificate, VerifiedCertificate>
    {
        public async Task<VerifiedCertificate> Handle(VerifyCertificate request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var modes = region.Hcert.ModesOn(region.DayOf(now)).ToList();
            var mode = string.IsNullOrWhiteSpace(request.Mode) ? modes.FirstOrDefault() : modes.Find(m => m.Code == request.Mode);
            if (mode is null)
            {
                throw new Refusal("verification-mode-unknown", "Questa modalità di verifica non è prevista oggi: quelle previste sono {0}.", string.Join(", ", modes.Select(m => m.Code)))
                {
                    Kind = RefusalKind.Unprocessable,
                };
            }

            var (outcome, dcc) = await verifier.Verify(request.Certificate, mode.Code, now, cancellationToken);
            return new(outcome == Outcome.Revoked ? Outcome.NotValid : outcome, mode.Code, now)
            {
                FamilyName = dcc?.FamilyName ?? dcc?.FamilyNameInMrz?.Replace('<', ' '),
                GivenName = dcc?.GivenName ?? dcc?.GivenNameInMrz?.Replace('<', ' '),
                BirthDate = dcc?.BirthDate,
            };
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        private static readonly DateTime Instant = new(2022, 2, 10, 9, 30, 0, DateTimeKind.Utc);

        public static void Map(IEndpointRouteBuilder api) =>
            api.MapPost("/certificates/verify", async ([FromBody] VerifyCertificate body, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                {
                    http.Response.Headers.CacheControl = "no-store";
                    return Answer.Json(await mediator.Send(body, cancellation));
                })
                .WithMetadata(new PublicQuota("Certificates:VerificationsPerMinute", 120))
                .WithExample(
                    new VerifyCertificate { Certificate = HcertWriter.Prefix + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE", Mode = "base" },
                    new VerifiedCertificate(Outcome.Valid, "base", Instant) { FamilyName = "Rossi", GivenName = "Maria", BirthDate = "1979-04-14" })
                .WithTags("Certificazioni").WithSummary("Checks the text of a certificate's QR code: outcome, name and birth date. Nothing of it is kept. See docs/certificates.md.")
                .Produces<VerifiedCertificate>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}

/// <param name="CheckedAt">UTC.</param>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "BirthDate")]
[Shows(FieldClass.Work, "Outcome", "Mode", "CheckedAt")]
internal sealed record VerifiedCertificate(Outcome Outcome, string Mode, DateTime CheckedAt)
{
    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }

    /// <summary>As much of it as the certificate says.</summary>
    public string? BirthDate { get; init; }
}
