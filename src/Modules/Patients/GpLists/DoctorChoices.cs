using MediatR;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.GpLists;

/// <summary>The doctors of the asker's ASL, with the places that are left on their lists.</summary>
[Requires(PatientsModule.AssignDoctors)]
internal sealed record DoctorChoices : IQuery<IReadOnlyList<DoctorChoice>>
{
    internal sealed class Handler(PatientsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<DoctorChoices, IReadOnlyList<DoctorChoice>>
    {
        public async Task<IReadOnlyList<DoctorChoice>> Handle(DoctorChoices request, CancellationToken cancellationToken)
        {
            var asls = user.ScopesOf(PatientsModule.AssignDoctors).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code).ToList();
            var today = region.DayOf(clock.GetUtcNow());
            return await db.Doctors.Where(d => asls.Contains(d.AslCode) && (d.EndsOn == null || d.EndsOn >= today)).OrderBy(d => d.FamilyName).ThenBy(d => d.GivenName)
                .Select(d => new DoctorChoice(d.Code, d.FamilyName + " " + d.GivenName, d.Paediatrician,
                    d.ListLimit - db.Patients.Count(p => p.GpCode == d.Code)))
                .ToListAsync(cancellationToken);
        }
    }
}

internal sealed record DoctorChoice(string Code, string Name, bool Paediatrician, int PlacesLeft)
{
    public SelectListItem Choice(Texts texts) => new(
        Paediatrician ? texts["{0} ({1}), pediatra, {2} posti liberi", Name, Code, Math.Max(0, PlacesLeft)] : texts["{0} ({1}), {2} posti liberi", Name, Code, Math.Max(0, PlacesLeft)],
        Code, false, PlacesLeft <= 0);
}
