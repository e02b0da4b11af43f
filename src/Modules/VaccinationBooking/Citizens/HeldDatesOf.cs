using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>When and where two slots are: what one is about to confirm.</summary>
[OpenToAll("Slots are public, and these say nothing of who keeps them.")]
internal sealed record HeldDatesOf(Guid First, Guid? Second) : IQuery<HeldDates>
{
    internal sealed class Handler(VaccinationDb db) : IRequestHandler<HeldDatesOf, HeldDates>
    {
        public async Task<HeldDates> Handle(HeldDatesOf request, CancellationToken cancellationToken)
        {
            var slots = await db.Slots.AsNoTracking().Where(s => s.Id == request.First || s.Id == request.Second)
                .Join(db.Centres, s => s.CentreCode, c => c.Code, (s, c) => new { s.Id, s.StartsAt, s.VaccineCode, c.Name, c.Address, c.PostalCode, c.MunicipalityIstat })
                .ToListAsync(cancellationToken);
            var first = slots.Find(s => s.Id == request.First) ?? throw Refusal.NotFound();
            return new(first.Name, $"{first.Address}, {first.PostalCode}", first.MunicipalityIstat, first.VaccineCode, first.StartsAt, slots.Find(s => s.Id == request.Second)?.StartsAt);
        }
    }
}

/// <param name="First">UTC.</param>
/// <param name="Second">UTC; null for a single dose.</param>
internal sealed record HeldDates(string Centre, string Address, string MunicipalityIstat, string Vaccine, DateTime First, DateTime? Second);
