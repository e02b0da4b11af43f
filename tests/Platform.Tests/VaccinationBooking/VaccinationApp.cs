using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.Stock;

namespace Platform.Tests.VaccinationBooking;

/// <summary>What the tests of vaccination begin from: a campaign of two doses for who was born before 1942, a centre, slots, people with cards.</summary>
internal static class VaccinationApp
{
    public const string Campaign = "covid-80";
    public const string Centre = "CV-001";
    public static readonly Guid Group = new("01997c5e-0000-7000-8000-00000000aaaa");

    public static async Task<PlatformApp> Start(Engine engine, params (string Key, string Value)[] settings)
    {
        var app = await PlatformApp.Start(engine, settings);
        await app.OpenCampaign();
        return app;
    }

    /// <summary>The campaign, its group and its centre.</summary>
    public static Task OpenCampaign(this PlatformApp app) =>
        app.Db<VaccinationDb, int>(async db =>
        {
            if (!await db.Centres.AnyAsync(c => c.Code == Centre))
                db.Add(new Centre { Code = Centre, Name = "Hub di prova", Kind = CentreKind.Hub, AslCode = "010301", MunicipalityIstat = "001272", PostalCode = "10121", Address = "Via Roma 1" });
            db.AddRange(
                new Campaign { Code = Campaign, NameIt = "Anti COVID-19, over 80", NameEn = "COVID-19, over 80", Disease = "covid-19", State = CampaignState.Open },
                new TargetGroup { Id = Group, CampaignCode = Campaign, NameIt = "Over 80", NameEn = "Over 80", Priority = 1, BornUntil = new(1941, 12, 31), OpensAt = app.Clock.Now.UtcDateTime.AddDays(-1) });
            return await db.SaveChangesAsync();
        });

    /// <summary>A slot so many days ahead.</summary>
    public static async Task<Guid> Slot(this PlatformApp app, int dose, int capacity, int days, string vaccine = "comirnaty", string centre = Centre, int hour = 9)
    {
        var id = Guid.CreateVersion7(app.Clock.Now);
        await app.Db<VaccinationDb, int>(db =>
        {
            db.Add(new VaccinationSlot
            {
                Id = id, CampaignCode = Campaign, CentreCode = centre, VaccineCode = vaccine, Dose = dose, Minutes = 10, Capacity = capacity,
                StartsAt = app.Clock.Now.UtcDateTime.Date.AddDays(days).AddHours(hour),
            });
            return db.SaveChangesAsync();
        });
        return id;
    }

    /// <summary>Whom the booking knows, with a card whose number is <see cref="Card"/>.</summary>
    public static Task<List<Vaccinee>> People(this PlatformApp app, int count) =>
        app.Db<VaccinationDb, List<Vaccinee>>(async db =>
        {
            var people = Enumerable.Range(0, count).Select(_ => new Vaccinee
            {
                PatientId = Guid.CreateVersion7(), FiscalCode = $"PRVNNA3{Interlocked.Increment(ref made):000000000}", FamilyName = "Prova", GivenName = "Anna", BirthDate = new(1938, 5, 1),
                MunicipalityIstat = "001272", AslCode = "010301",
            }).ToList();
            foreach (var person in people)
                person.CardDigest = HealthCard.DigestOf(person.FiscalCode!, Card);
            db.AddRange(people);
            await db.SaveChangesAsync();
            return people;
        });

    public const string Card = "0000123456789";

    private static int made;

    public static LedgerOrder Order(this PlatformApp app, Guid person, Guid first, Guid? second, long? ticket = null, Guid? id = null, DateTime? holdUntil = null) =>
        new(id ?? Guid.CreateVersion7(), Campaign, person, Group, first, second, app.Clock.Now.UtcDateTime, holdUntil, Ticket: ticket);

    /// <summary>All at once, through the desk that every page and endpoint uses.</summary>
    public static Task<LedgerAnswer[]> AtOnce(this PlatformApp app, IEnumerable<LedgerOrder> orders)
    {
        var desk = app.Services.GetRequiredService<BookingDesk>();
        return Task.WhenAll(orders.Select(o => Task.Run(() => desk.Take(o))));
    }

    /// <summary>In every slot as many places are counted as appointments and holds stand on it, and never more than there are; nobody has
    /// two open bookings, and each booking has all of its doses.</summary>
    public static async Task EveryPlaceIsAccountedFor(this PlatformApp app)
    {
        await app.PlacesAreAccountedFor();
        var bookings = await app.Db<VaccinationDb, List<Booking>>(db => db.Bookings.Include(b => b.Appointments).Where(b => b.State == BookingState.Booked && b.CampaignCode == Campaign).ToListAsync());
        Assert.All(bookings, b => Assert.Equal([1, 2], b.Appointments.Select(a => a.Dose).Order()));
    }

    /// <summary>The same, where people book one dose too.</summary>
    public static Task PlacesAreAccountedFor(this PlatformApp app) =>
        app.Db<VaccinationDb, bool>(async db =>
        {
            var slots = await db.Slots.Select(s => new
            {
                s.Taken,
                s.Capacity,
                Stand = db.Appointments.Count(a => a.SlotId == s.Id && a.State != AppointmentState.Cancelled),
                Held = db.Holds.Count(h => h.FirstSlotId == s.Id) + db.Holds.Count(h => h.SecondSlotId == s.Id),
            }).ToListAsync();
            Assert.NotEmpty(slots);
            Assert.All(slots, s =>
            {
                Assert.Equal(s.Stand + s.Held, s.Taken);
                Assert.InRange(s.Taken, 0, s.Capacity);
            });
            var bookings = await db.Bookings.Where(b => b.State == BookingState.Booked).ToListAsync();
            Assert.Equal(bookings.Count, bookings.Select(b => (b.CampaignCode, b.PatientId)).Distinct().Count());
            return true;
        });

    /// <summary>Every lot has as many doses as its moves say, and as many were given of it as stand.</summary>
    public static Task<bool> StockAddsUp(this PlatformApp app) => app.Db<VaccinationDb, bool>(async db =>
    {
        foreach (var lot in await db.StockLots.AsNoTracking().ToListAsync())
        {
            Assert.Equal(await db.StockMoves.Where(m => m.LotId == lot.Id).SumAsync(m => m.Doses), lot.Doses);
            Assert.True(lot.Doses >= 0);
            Assert.Equal(await db.Doses.CountAsync(d => d.LotId == lot.Id && d.Stands != null), -await db.StockMoves.Where(m => m.LotId == lot.Id && m.Kind == StockMoveKind.Given).SumAsync(m => m.Doses));
        }

        return true;
    });
}
