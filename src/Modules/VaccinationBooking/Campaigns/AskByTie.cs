using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Citizens;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking.Campaigns;

/// <summary>A citizen who has signed in asks for somebody whom she represents, or for herself: no card, and no proof against scripts, since a provider
/// of identity has seen who she is. The queue is everybody's.</summary>
[OpenToAll("It is sealed who acts, given only to who has signed in; session and tie are asked anew.")]
internal sealed record AskByTie : ICommand<EntitlementAnswer>
{
    public required Acting Acting { get; init; }

    /// <summary>Categories of whom she acts for, of those that the region asks citizens about.</summary>
    public List<string> Declared { get; init; } = [];

    public string? Ticket { get; init; }
    public string Address { get; init; } = "";

    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, Door door, Declarations declarations, BookingPasses passes, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<AskByTie, EntitlementAnswer>
    {
        public async Task<EntitlementAnswer> Handle(AskByTie request, CancellationToken cancellationToken)
        {
            var acting = request.Acting;
            var page = await campaigns.Find(acting.Campaign) ?? throw Refusal.NotFound();
            if (page.Campaign.State == CampaignState.Draft || !await acting.IsIn(mediator, cancellationToken))
                throw Refusal.NotFound();
            var person = await db.Vaccinees.AsNoTracking().SingleOrDefaultAsync(v => v.PatientId == acting.Patient && !v.Deceased, cancellationToken) ?? throw Refusal.NotFound();
            var number = await door.NumberOf(page.Campaign, request.Ticket, person.FiscalCode ?? "");
            var turn = await db.TurnOf(page, person.PatientId, person.BirthDate, region, clock.GetUtcNow().UtcDateTime, cancellationToken, declarations.Among(request.Declared));
            if (turn.Entitlement is { State: EntitlementState.Entitled, Group.Category: { } category })
                await declarations.Keep(person.PatientId, category, cancellationToken);
            db.Touched(user, "read", "vaccination.AskByTie", person.PatientId, request.Address, acting.Citizen);
            await db.SaveChangesAsync(cancellationToken);
            var pass = turn.ToBook is null ? null : passes.Issue(page.Campaign.Code, person.PatientId, turn.Entitlement.Group!.Id, number, turn.ToBook, acting.Citizen);
            return EntitlementAnswer.Of(page, turn, person.GivenName, person.MunicipalityIstat, pass);
        }
    }
}
