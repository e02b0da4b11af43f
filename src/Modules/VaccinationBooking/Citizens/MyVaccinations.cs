using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Operations;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>A citizen who has signed in sees what she has booked and what she may book, for herself and for whom she represents today. That she
/// looked is a line in the audit of each of them.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record MyVaccinations(SignedInCitizen Citizen, string Address) : ICommand<IReadOnlyList<MyPerson>>
{
    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, Declarations declarations, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<MyVaccinations, IReadOnlyList<MyPerson>>
    {
        public async Task<IReadOnlyList<MyPerson>> Handle(MyVaccinations request, CancellationToken cancellationToken)
        {
            if (request.Citizen.Self is not { } self)
                return [];
            var pages = await campaigns.All();
            var people = new List<MyPerson>();
            foreach (var one in request.Citizen.Others.Prepend(self))
            {
                // The registry's word may be on its way.
                var person = await db.Vaccinees.AsNoTracking().SingleOrDefaultAsync(v => v.PatientId == one.Id && !v.Deceased, cancellationToken);
                var hers = person is null ? [] : await db.CampaignsOf(campaigns, person, region, clock.GetUtcNow().UtcDateTime, cancellationToken);
                people.Add(new(one.Id, one.Id == self.Id ? null : $"{one.GivenName} {one.FamilyName}", [.. hers.Select(c => new MyCampaign(c, declarations.QuestionsOf(pages[c.Code]).Any()))]));
                db.Touched(user, "read", "vaccination.MyVaccinations", one.Id, request.Address, self.Id);
            }

            await db.SaveChangesAsync(cancellationToken);
            return people;
        }
    }
}

/// <param name="Name">Null for herself.</param>
internal sealed record MyPerson(Guid Id, string? Name, IReadOnlyList<MyCampaign> Campaigns);

/// <param name="Asks">Answers to its questions may open it to her.</param>
internal sealed record MyCampaign(CampaignAtDesk At, bool Asks);

/// <summary>She begins to book for one of them.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record ActFor(SignedInCitizen Citizen, Guid Patient, string? Campaign) : ICommand<Acting>
{
    internal sealed class Handler(CampaignBook campaigns) : IRequestHandler<ActFor, Acting>
    {
        public async Task<Acting> Handle(ActFor request, CancellationToken cancellationToken)
        {
            var (self, person) = request.Citizen.Choose(request.Patient);
            var page = await campaigns.Find(request.Campaign ?? "");
            return page is null or { Campaign.State: CampaignState.Draft } ? throw Refusal.NotFound()
                : new(request.Citizen.Session, self.Id, person.Id, person.GivenName, page.Campaign.Code);
        }
    }
}

/// <summary>She goes on with what one of them has booked: to move it, give it up, correct the contacts, print it again.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record BookingByTie(SignedInCitizen Citizen, Guid Patient, string? Campaign, string Address) : ICommand<FoundBooking>
{
    internal sealed class Handler(VaccinationDb db, BookingKeys keys, IMediator mediator) : IRequestHandler<BookingByTie, FoundBooking>
    {
        public async Task<FoundBooking> Handle(BookingByTie request, CancellationToken cancellationToken)
        {
            var (self, person) = request.Citizen.Choose(request.Patient);
            var open = Booking.OpenKeyOf(request.Campaign ?? "", person.Id);
            var booking = await db.Bookings.Where(b => b.OpenKey == open).Select(b => (Guid?)b.Id).SingleOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
            return await mediator.Send(new FindBooking { Key = keys.Issue(booking, self.Id), Address = request.Address }, cancellationToken);
        }
    }
}

internal static class Represented
{
    /// <exception cref="Refusal">Not found: she does not represent that person today.</exception>
    public static (PatientSummary Self, PatientSummary Person) Choose(this SignedInCitizen citizen, Guid patient) =>
        citizen.Self is { } self && citizen.Others.Prepend(self).FirstOrDefault(p => p.Id == patient) is { } person ? (self, person) : throw Refusal.NotFound();
}
