using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Referti.Contracts;

namespace Platform.Referti.Collection;

/// <summary>For other modules' pages under /ritiro.</summary>
internal sealed class CitizenAnswers(RefertiDb db, Citizen citizen, TimeProvider clock) :
    IRequestHandler<CitizenOf, SignedInCitizen?>,
    IRequestHandler<CitizenIsIn, bool>
{
    public async Task<SignedInCitizen?> Handle(CitizenOf request, CancellationToken cancellationToken)
    {
        if (!await CitizenSession.Read(request.Http, citizen))
            return null;
        var sight = await citizen.Sight(cancellationToken);
        return new(citizen.Session, sight.Self, sight.Whose, sight.Others);
    }

    public async Task<bool> Handle(CitizenIsIn request, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow().UtcDateTime - CitizenSession.Longest;
        return await db.CitizenSessions.AnyAsync(s => s.Id == request.Session && s.OpenedAt > since, cancellationToken);
    }
}
