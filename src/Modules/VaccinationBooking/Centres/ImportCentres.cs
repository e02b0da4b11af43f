using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Centres;

/// <summary>Takes the vaccination centres over from the region pack: new ones are added; known ones are the region's own matter by then.</summary>
/// <returns>How many were added.</returns>
[BetweenModules]
internal sealed record ImportCentres : ICommand<int>
{
    internal sealed class Handler(VaccinationDb db, Region region) : IRequestHandler<ImportCentres, int>
    {
        public async Task<int> Handle(ImportCentres request, CancellationToken cancellationToken)
        {
            var known = await db.Centres.Select(c => c.Code).ToHashSetAsync(cancellationToken);
            var added = region.Vaccination.Places.Where(p => !known.Contains(p.Code)).Select(p => new Centre
            {
                Code = p.Code, Name = p.Name, Kind = KindOf(p.Kind), AslCode = p.Asl, MunicipalityIstat = p.MunicipalityIstat, PostalCode = p.PostalCode, Address = p.Address,
                Latitude = p.Latitude, Longitude = p.Longitude, Public = p.Kind is not ("mobile_team" or "home_visits"),
            }).ToList();
            db.AddRange(added);
            await db.SaveChangesAsync(cancellationToken);
            return added.Count;
        }

        private static CentreKind KindOf(string word) => Enum.Parse<CentreKind>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
    }
}
