using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Offers;
using Platform.VaccinationBooking.Stock;

namespace Platform.VaccinationBooking.Doses;

/// <summary>Who comes to a centre on a day: those with an appointment, and those who came without.</summary>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record DayOfCentre : IQuery<DayAnswer>
{
    /// <summary>Null for the asker's first.</summary>
    public string? Centre { get; init; }

    /// <summary>Null for today.</summary>
    public DateOnly? Day { get; init; }

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<DayOfCentre, DayAnswer>
    {
        public async Task<DayAnswer> Handle(DayOfCentre request, CancellationToken cancellationToken)
        {
            var centres = await db.Centres.Within(Centres.Centre.Scope, user, VaccinationModule.MayVaccinate).OrderBy(c => c.Name).Select(c => new CentreChoice(c.Code, c.Name)).ToListAsync(cancellationToken);
            var centre = (string.IsNullOrEmpty(request.Centre) ? centres.FirstOrDefault() : centres.Find(c => c.Code == request.Centre)) ?? throw Refusal.NotFound();
            var today = region.DayOf(clock.GetUtcNow());
            var day = request.Day is { } asked && asked.Year is > 2000 and < 2100 ? asked : today;
            var (from, to) = (region.UtcOf(day, TimeOnly.MinValue), region.UtcOf(day.AddDays(1), TimeOnly.MinValue));
            var expected = await (
                from a in db.Appointments
                join b in db.Bookings on a.BookingId equals b.Id
                join v in db.Vaccinees on b.PatientId equals v.PatientId
                where b.CentreCode == centre.Code && a.StartsAt >= @from && a.StartsAt < to && a.State != AppointmentState.Cancelled
                select new { a.Id, a.StartsAt, a.Dose, a.State, b.Code, b.VaccineCode, b.CampaignCode, v.PatientId, v.FamilyName, v.GivenName, v.FiscalCode, v.BirthDate }).ToListAsync(cancellationToken);
            var arrivals = await (
                from a in db.Arrivals
                join v in db.Vaccinees on a.PatientId equals v.PatientId
                where a.CentreCode == centre.Code && a.Day == day
                select new { Arrival = a, v.FamilyName, v.GivenName, v.FiscalCode, v.BirthDate }).AsNoTracking().ToListAsync(cancellationToken);
            var ids = arrivals.ConvertAll(a => a.Arrival.Id);
            var doses = await db.Doses.AsNoTracking().Where(d => d.ArrivalId != null && ids.Contains(d.ArrivalId.Value) && d.Stands != null).ToDictionaryAsync(d => d.ArrivalId!.Value, cancellationToken);
            var byAppointment = arrivals.Where(a => a.Arrival.AppointmentId is not null).ToDictionary(a => a.Arrival.AppointmentId!.Value);
            var people = expected.Select(e => Person(byAppointment.GetValueOrDefault(e.Id)?.Arrival, e.PatientId, e.FamilyName, e.GivenName, e.FiscalCode, e.BirthDate, e.StartsAt, e.Dose, e.VaccineCode, e.State))
                .Concat(arrivals.Where(a => a.Arrival.AppointmentId is not { } id || !expected.Exists(e => e.Id == id))
                    .Select(a => Person(a.Arrival, a.Arrival.PatientId, a.FamilyName, a.GivenName, a.FiscalCode, a.BirthDate, null, null, null, null)))
                .OrderBy(p => p.StartsAt ?? p.Arrival?.ArrivedAt).ThenBy(p => p.FamilyName, StringComparer.Ordinal).ToList();
            var standBy = await db.Wishes.CountAsync(w => w.Kind == WishKind.StandBy && w.State == WishState.Waiting, cancellationToken);
            return new(centre, centres, day, people, expected.Count, arrivals.Count, doses.Count, standBy, clock.GetUtcNow().UtcDateTime);

            PersonAtCentre Person(Arrival? arrival, Guid patient, string family, string given, string? code, DateOnly? born, DateTime? at, int? dose, string? vaccine, AppointmentState? state) =>
                new(arrival, patient, family, given, code, born, at, dose, vaccine, state, arrival is null ? null : doses.GetValueOrDefault(arrival.Id));
        }
    }
}

/// <param name="StartsAt">UTC of her appointment; null for who came without one.</param>
/// <param name="Given">What she was given today.</param>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Health, "Vaccine", "Dose")]
[Shows(FieldClass.Work)]
internal sealed record PersonAtCentre(
    Arrival? Arrival, Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, DateOnly? BirthDate, DateTime? StartsAt, int? Dose, string? Vaccine,
    AppointmentState? State, GivenDose? Given);

/// <param name="StandBy">How many wait, in the region, for a left-over dose.</param>
[Shows(FieldClass.Work)]
internal sealed record DayAnswer(
    CentreChoice Centre, IReadOnlyList<CentreChoice> Centres, DateOnly Day, IReadOnlyList<PersonAtCentre> People, int Expected, int Arrived, int Vaccinated, int StandBy, DateTime ReadAt) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => People.Select(p => p.PatientId);
}

/// <summary>One who has arrived, for the booth: what is due to her, the questions, the lots.</summary>
[Requires(VaccinationModule.MayVaccinate)]
internal sealed record ArrivalDetail(Guid Id) : IQuery<ArrivalAnswer>
{
    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, AvailabilityBoard board, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<ArrivalDetail, ArrivalAnswer>
    {
        public async Task<ArrivalAnswer> Handle(ArrivalDetail request, CancellationToken cancellationToken)
        {
            var arrival = await db.Arrivals.AsNoTracking().Within(Arrival.Scope, user, VaccinationModule.MayVaccinate).SingleOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var person = await db.Vaccinees.AsNoTracking().SingleAsync(v => v.PatientId == arrival.PatientId, cancellationToken);
            var disease = await db.Campaigns.Where(c => c.Code == arrival.CampaignCode).Select(c => c.Disease).SingleAsync(cancellationToken);
            var day = region.DayOf(clock.GetUtcNow());
            var (due, past) = await db.DueTo(region, arrival.PatientId, disease, person.BirthDate, day, cancellationToken);
            var vaccines = region.Vaccination.Vaccines.Where(v => v.Disease == disease && v.Valid.On(day)).Select(v => v.Code).ToList();
            var planned = await db.Bookings.Where(b => b.Id == arrival.BookingId).Select(b => b.VaccineCode).SingleOrDefaultAsync(cancellationToken);
            var lots = await db.StockLots.AsNoTracking().Where(l => l.CentreCode == arrival.CentreCode && vaccines.Contains(l.VaccineCode) && l.Doses > 0 && l.ExpiresOn >= day).ToListAsync(cancellationToken);
            var given = await db.Doses.AsNoTracking().Where(d => d.ArrivalId == arrival.Id && d.Stands != null).SingleOrDefaultAsync(cancellationToken);
            return new(
                arrival, person.FamilyName, person.GivenName, person.FiscalCode, person.BirthDate, due, past,
                [.. lots.OrderByDescending(l => l.VaccineCode == (past.Count > 0 ? past[^1].Vaccine : planned)).ThenBy(l => l.ExpiresOn)],
                [.. region.Vaccination.Questions.Where(q => q.Valid.On(day))], given,
                given is null ? [] : await db.AdverseEvents.AsNoTracking().Where(e => e.DoseId == given.Id).OrderBy(e => e.BeganAt).ToListAsync(cancellationToken),
                await Seconds(arrival, due, person.BirthDate, cancellationToken), clock.GetUtcNow().UtcDateTime);
        }

        /// <summary>Places for her second dose, where she has none yet.</summary>
        private async Task<IReadOnlyList<FreePlaces>> Seconds(Arrival arrival, Due due, DateOnly? born, CancellationToken cancellation)
        {
            var key = Booking.OpenKeyOf(arrival.CampaignCode, arrival.PatientId);
            if (due.Kind != DoseKind.Second || await campaigns.Find(arrival.CampaignCode) is not { } page || await db.Bookings.AnyAsync(b => b.OpenKey == key, cancellation))
                return [];
            var hers = await db.SecondDoseOf(page, arrival.PatientId, due, born, region, clock.GetUtcNow().UtcDateTime, cancellation);
            return [.. (await board.Of(arrival.CampaignCode, arrival.CentreCode)).Places.Where(p => p.Dose == 2 && hers.Suits(p.Vaccine, DosePairs.DayOf(region, p), region.Vaccination))];
        }
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Work)]
internal sealed record ArrivalAnswer(
    Arrival Arrival, string FamilyName, string GivenName, string? FiscalCode, DateOnly? BirthDate, Due Due, IReadOnlyList<PastDose> Past, IReadOnlyList<StockLot> Lots,
    IReadOnlyList<AnamnesisQuestion> Questions, GivenDose? Given, IReadOnlyList<AdverseEvent> Events, IReadOnlyList<FreePlaces> Seconds, DateTime ReadAt) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Arrival.PatientId];
}
