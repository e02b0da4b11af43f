using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.Openings;

/// <summary>Whom somebody has opened and still may see; nothing is asked of the database for those who never may.</summary>
internal sealed class OpenedPeople(PatientsDb db, PermissionCatalogue permissions, Region region, TimeProvider clock) : IOpenedPeople
{
    public async Task<IReadOnlyList<OpenedPerson>> Of(Identity who, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var roles = who.Assignments.Select(a => a.Role).Where(r => permissions.Grants(PatientsModule.OpenOutside, r));
        if (region.Glass.TimeOf(roles, region.DayOf(now)) is null)
            return [];
        var at = now.UtcDateTime;
        var open = await db.Openings.AsNoTracking().Where(o => o.ById == who.Id && o.Until > at && o.RevokedAt == null)
            .OrderBy(o => o.Until).ToListAsync(cancellation);
        return [.. open.Select(o => new OpenedPerson(o.PatientId, o.Reason, o.Until, $"/patients/{o.PatientId}"))];
    }
}

/// <summary>A whole codice fiscale can be computed from a name and a birth: nobody tries them by the hundred.</summary>
internal sealed class OpeningPace(IConfiguration configuration, TimeProvider clock)
{
    private readonly CountedWindow byAccount = new(configuration.GetValue("Patients:OutsidePerMinute", 10), clock);

    /// <exception cref="Refusal"><c>too-many-attempts</c></exception>
    public void Take(Guid? account)
    {
        if (!byAccount.Take(account?.ToString() ?? "").Allowed)
            throw new Refusal("too-many-attempts", "Troppe richieste: attenda un minuto e riprovi.") { Kind = RefusalKind.Unprocessable };
    }
}
