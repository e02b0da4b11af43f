using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Operations;

namespace Platform.VaccinationBooking.Doses;

/// <summary>Who came without an appointment, or has had her first dose elsewhere, goes home with the appointment for her second: a place of the
/// centre, taken through the ledger as everybody's.</summary>
/// <returns>The code of the booking, to be given to her.</returns>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record BookSecondDose : ICommand<string>
{
    /// <summary>Made by the form: sent twice, it is one booking.</summary>
    public Guid Id { get; init; }

    public Guid Arrival { get; init; }
    public Guid? Slot { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    internal sealed class Validator : AbstractValidator<BookSecondDose>
    {
        public Validator()
        {
            RuleFor(b => b.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(b => b.Slot).NotNull().WithMessage("Scelga data e ora.");
            RuleFor(b => b.Email).IsMail();
            RuleFor(b => b.Phone).IsPhone();
        }
    }

    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, BookingDesk desk, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<BookSecondDose, string>
    {
        public async Task<string> Handle(BookSecondDose request, CancellationToken cancellationToken)
        {
            var arrival = await db.Arrivals.AsNoTracking().Within(Doses.Arrival.Scope, user, VaccinationModule.MayVaccinate).SingleOrDefaultAsync(a => a.Id == request.Arrival, cancellationToken) ?? throw Refusal.NotFound();
            var page = await campaigns.Find(arrival.CampaignCode) ?? throw Refusal.NotFound();
            var born = await db.Vaccinees.Where(v => v.PatientId == arrival.PatientId).Select(v => v.BirthDate).SingleOrDefaultAsync(cancellationToken);
            var now = clock.GetUtcNow().UtcDateTime;
            var (entitlement, due, _) = await db.TurnOf(page, arrival.PatientId, born, region, now, cancellationToken);
            if (due.Kind != Contracts.DoseKind.Second)
                throw new Refusal("no-second-dose", "Non le spetta una seconda dose: ricarichi la pagina.");
            if (!await db.Slots.AnyAsync(s => s.Id == request.Slot && s.CentreCode == arrival.CentreCode, cancellationToken))
                throw MoveLaw.Gone(2);
            // Whoever has begun finishes, also when her group's time is over.
            var group = entitlement.Group ?? page.Groups[0];
            var answer = (await desk.Take(new(
                request.Id, page.Campaign.Code, arrival.PatientId, group.Id, request.Slot!.Value, null, now, Channel: BookingChannel.WalkIn, Email: request.Email.Blank(), Phone: request.Phone.Blank(),
                Who: user.AsIdentity(), Address: user.Address, ToBook: await db.SecondDoseOf(page, arrival.PatientId, due, born, region, now, cancellationToken)))).Check();
            return Booking.Shown(answer.Code!);
        }
    }
}

internal static class SecondDoses
{
    /// <param name="due">Her second dose.</param>
    public static async Task<DosesToBook> SecondDoseOf(
        this VaccinationDb db, CampaignPage page, Guid patient, Due due, DateOnly? born, Region region, DateTime now, CancellationToken cancellation)
    {
        var last = await db.Doses.Where(d => d.PatientId == patient && d.Disease == page.Campaign.Disease && d.Stands != null).OrderByDescending(d => d.Day)
            .Select(d => new PastDose(d.VaccineCode, d.Kind, d.Day)).FirstAsync(cancellation);
        return DosesToBook.Of(page.Campaign, due, last, born, region.Vaccination, region.DayOf(new DateTimeOffset(now, TimeSpan.Zero)));
    }
}
