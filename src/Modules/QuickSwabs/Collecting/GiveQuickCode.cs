using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Collecting;

/// <summary>The desk hands the person the code with which she fetches her result. Each sheet has a code of its own.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record GiveQuickCode(Guid Id) : ICommand<GivenCode>
{
    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<GiveQuickCode, GivenCode>
    {
        public async Task<GivenCode> Handle(GiveQuickCode request, CancellationToken cancellationToken)
        {
            var swab = await db.Swabs.AsNoTracking().Include(s => s.Versions).Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest)
                .SingleOrDefaultAsync(s => s.Id == request.Id && s.PatientId != null, cancellationToken) ?? throw Refusal.NotFound();
            var (code, now) = (CollectionCode.Make(), clock.GetUtcNow());
            db.Codes.Add(new()
            {
                Hash = CollectionCode.HashOf(code), SwabId = swab.Id, PatientId = swab.PatientId, MadeAt = now.UtcDateTime,
                ExpiresAt = now.UtcDateTime.AddDays(region.QuickSwabs.Limit(QuickSwabRules.OnLineDays, region.DayOf(now))),
            });
            await db.SaveChangesAsync(cancellationToken);
            return new(code, swab);
        }
    }
}

internal sealed record GivenCode(string Code, QuickSwab Swab);

/// <summary>Under which name people reach the platform: behind a proxy the host may not know.</summary>
internal static class PlatformAddress
{
    public static string Of(IConfiguration configuration, HttpRequest request) =>
        configuration["Platform:Address"] is { Length: > 0 } known ? known.TrimEnd('/') : $"{request.Scheme}://{request.Host}";
}
