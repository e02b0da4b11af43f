using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;

namespace Platform.Patients.People;

internal sealed class PostalAddresses(PatientsDb db, Region region) : IRequestHandler<PostalAddressOf, PostalAddress?>
{
    public async Task<PostalAddress?> Handle(PostalAddressOf request, CancellationToken cancellationToken)
    {
        var where = await db.Patients.AsNoTracking().Where(p => p.Id == request.PatientId).Select(p => new { p.Address, p.ResidenceIstat }).FirstOrDefaultAsync(cancellationToken);
        return where is { Address.Length: > 0 } && region.FindMunicipality(where.ResidenceIstat) is { } place
            ? new(where.Address, place.PostalCode, place.Name, place.Province)
            : null;
    }
}
