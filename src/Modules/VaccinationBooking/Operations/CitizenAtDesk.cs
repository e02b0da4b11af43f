using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.Operations;

/// <summary>An operator looks for who calls, by her fiscal code: whoever lies outside the operator's scope is not found.</summary>
[Requires(VaccinationModule.MayBook)]
internal sealed record FindCitizen : ICommand<Guid>
{
    public string? FiscalCode { get; init; }

    internal sealed class Validator : AbstractValidator<FindCitizen>
    {
        public Validator() => RuleFor(f => f.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").MaximumLength(20).WithMessage("Il codice fiscale ha 16 caratteri.");
    }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user) : IRequestHandler<FindCitizen, Guid>
    {
        public async Task<Guid> Handle(FindCitizen request, CancellationToken cancellationToken)
        {
            var code = request.FiscalCode!.Trim().ToUpperInvariant();
            return await db.Vaccinees.Within(Vaccinee.Scope, user, VaccinationModule.MayBook).Where(v => v.FiscalCode == code && !v.Deceased)
                    .Select(v => (Guid?)v.PatientId).SingleOrDefaultAsync(cancellationToken)
                ?? throw new Refusal("citizen-not-found", "Nessuna persona con questo codice fiscale tra quelle per cui può prenotare.") { Kind = RefusalKind.Unprocessable };
        }
    }
}

/// <summary>What an operator sees of who calls: in which campaigns she may book, and what she has.</summary>
[Requires(VaccinationModule.MayBook)]
internal sealed record CitizenAtDesk(Guid PatientId) : IQuery<CitizenAtDeskAnswer>
{
    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<CitizenAtDesk, CitizenAtDeskAnswer>
    {
        public async Task<CitizenAtDeskAnswer> Handle(CitizenAtDesk request, CancellationToken cancellationToken)
        {
            var person = await db.Vaccinees.AsNoTracking().Within(Vaccinee.Scope, user, VaccinationModule.MayBook).SingleOrDefaultAsync(v => v.PatientId == request.PatientId, cancellationToken)
                ?? throw Refusal.NotFound();
            return new(
                person.PatientId, person.FamilyName, person.GivenName, person.FiscalCode, person.BirthDate,
                await db.CampaignsOf(campaigns, person, region, clock.GetUtcNow().UtcDateTime, cancellationToken));
        }
    }
}

[Shows(FieldClass.Identity, nameof(FamilyName), nameof(GivenName), nameof(FiscalCode), nameof(BirthDate))]
[Shows(FieldClass.Work)]
internal sealed record CitizenAtDeskAnswer(
    Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, DateOnly? BirthDate, IReadOnlyList<CampaignAtDesk> Campaigns) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [PatientId];
}

/// <param name="Doses">To book together.</param>
/// <param name="Booking">Her open one.</param>
[Shows(FieldClass.Health, nameof(Due))]
[Shows(FieldClass.Work)]
internal sealed record CampaignAtDesk(
    string Code, string Name, int Doses, DoseKind? Due, EntitlementState Entitlement, string? Group, DateTime? OpensAt, Guid? Booking, string? BookingCode, string? Centre, string? CentreName,
    IReadOnlyList<DoseAtDesk> Appointments);

[Shows(FieldClass.Work)]
internal sealed record DoseAtDesk(int Dose, DateTime StartsAt, AppointmentState State);

internal static class CampaignsAtDesk
{
    /// <summary>Of one person, in the order of their codes: what she has booked, or whether it is her turn.</summary>
    public static async Task<IReadOnlyList<CampaignAtDesk>> CampaignsOf(
        this VaccinationDb db, CampaignBook campaigns, Vaccinee person, Region region, DateTime now, CancellationToken cancellation)
    {
        var bookings = await db.Bookings.AsNoTracking().Include(b => b.Appointments).Where(b => b.PatientId == person.PatientId && b.State == BookingState.Booked).ToListAsync(cancellation);
        var codes = bookings.Select(b => b.CentreCode).ToArray();
        var names = await db.Centres.Where(c => codes.Contains(c.Code)).ToDictionaryAsync(c => c.Code, c => c.Name, cancellation);
        var found = new List<CampaignAtDesk>();
        foreach (var page in (await campaigns.All()).Values.Where(c => c.Campaign.State is CampaignState.Open or CampaignState.Suspended).OrderBy(c => c.Campaign.Code, StringComparer.Ordinal))
        {
            var (entitlement, due, toBook) = await db.TurnOf(page, person.PatientId, person.BirthDate, region, now, cancellation);
            var booking = bookings.Find(b => b.CampaignCode == page.Campaign.Code);
            found.Add(new(
                page.Campaign.Code, page.Campaign.Name, toBook?.Count ?? page.Campaign.Doses, due.Kind, entitlement.State, entitlement.Group?.Name, entitlement.OpensAt, booking?.Id,
                booking is null ? null : Booking.Shown(booking.Code), booking?.CentreCode, booking is null ? null : names.GetValueOrDefault(booking.CentreCode),
                [.. (booking?.Appointments ?? []).OrderBy(a => a.Dose).Select(a => new DoseAtDesk(a.Dose, a.StartsAt, a.State))]));
        }

        return found;
    }
}
