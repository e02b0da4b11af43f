using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;

namespace Platform.Patients.People;

/// <summary>What extractions say of people, before it is made coarser.</summary>
internal sealed class PersonTraitsOf(PatientsDb db) : IPersonTraits
{
    public async Task<IReadOnlyList<PersonTraits>> Of(IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        await db.Patients.AsNoTracking().IgnoreAutoIncludes().Where(p => ids.Contains(p.Id))
            .Select(p => new PersonTraits(p.Id, p.BirthDate, p.Sex.ToString(), p.ResidenceIstat, p.AslCode)).ToListAsync(cancellation);
}
