using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Certificates.Verification;

/// <summary>The hashes of revoked certificates: all of them, or those that a verifier does not have yet; a part at a time.</summary>
/// <param name="Since">Version that the asker has; 0 for the whole list.</param>
/// <param name="Part">From 1.</param>
[OpenToAll("Verifiers everywhere need it; a hash tells nothing of whose certificate it was.")]
internal sealed record RevocationList(int Since, int Part) : IQuery<RevocationListAnswer>
{
    public const int PartSize = 5000;

    internal sealed class Handler(CertificatesDb db) : IRequestHandler<RevocationList, RevocationListAnswer>
    {
        public async Task<RevocationListAnswer> Handle(RevocationList request, CancellationToken cancellationToken)
        {
            var published = db.Revoked.AsNoTracking().Where(r => r.ListVersion != null);
            var version = await published.MaxAsync(r => r.ListVersion, cancellationToken) ?? 0;
            var (since, part) = (Math.Max(0, request.Since), Math.Max(1, request.Part));
            // A verifier ahead of us had its list from an installation that was restored: it begins again.
            if (since > version)
                since = 0;
            var wanted = published.Where(r => r.ListVersion > since && r.ListVersion <= version);
            var count = await wanted.CountAsync(cancellationToken);
            var hashes = await wanted.OrderBy(r => r.ListVersion).ThenBy(r => r.Hash).Skip((int)Math.Min(int.MaxValue, (part - 1L) * PartSize)).Take(PartSize).Select(r => r.Hash).ToListAsync(cancellationToken);
            return new(since, version, part, Math.Max(1, (count + PartSize - 1) / PartSize), hashes);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/certificates/revocations", async (HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation, int since = 0, int part = 1) =>
                {
                    var answer = await mediator.Send(new RevocationList(since, part), cancellation);
                    // The same for all: a list has its version, and the next one comes in minutes.
                    http.Response.Headers.CacheControl = "public, max-age=60";
                    return Answer.Json(answer);
                })
                .WithExample(null, new RevocationListAnswer(3, 4, 1, 1, [RevokedCertificate.HashOf("01IT0123456789ABCDEF0123456789ABCDEF#1")]))
                .WithTags("Certificazioni").WithSummary("Hashes (base 64 of SHA-256 of the UVCI) of revoked certificates: all of them, or with ?since= those added after that version; ?part= from 1 to `parts`. See docs/certificates.md.")
                .Produces<RevocationListAnswer>();
    }
}

/// <param name="Since">The version these come after: 0 means that the list is whole and takes the place of what the asker has.</param>
/// <param name="Version">The version that the asker has once she has all parts.</param>
internal sealed record RevocationListAnswer(int Since, int Version, int Part, int Parts, IReadOnlyList<string> Hashes);
