using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Patients;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Doctors;
using Platform.Patients.People;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Requests;
using Platform.Testing.Samples;
using Platform.Tests.Harness;

namespace Platform.Tests.Testing;

/// <summary>What the tests of swabs begin from: hotspots, labs, open slots, people.</summary>
internal static class TestingApp
{
    public const string Gp = "990007";
    public const string OtherGp = "990014";
    public const string Asl = "010301";
    public const string HotspotCode = "HS-001";
    public const string OtherHotspot = "HS-002";

    public static async Task<PlatformApp> Start(Engine engine)
    {
        var app = await PlatformApp.Start(engine);
        await app.Send(new ImportFacilities());
        await app.Db<PatientsDb, int>(db =>
        {
            foreach (var (code, name) in new[] { (Gp, "Prima"), (OtherGp, "Seconda") })
            {
                db.Doctors.Add(new Doctor(code)
                {
                    ListLimit = Doctor.GpListLimit, FiscalCode = FiscalCode.Compute(name, "Dottoressa", Sex.Female, new(1970, 1, 1), "L219"), FamilyName = name,
                    GivenName = "Dottoressa", Paediatrician = false, AslCode = Asl, MunicipalityIstat = "001272", Email = "d@example.org",
                });
            }

            return db.SaveChangesAsync();
        });
        return app;
    }

    /// <summary>A person of the list of <see cref="Gp"/>, resident in Torino.</summary>
    public static async Task<PatientSummary> Person(this PlatformApp app, string familyName = "Prova", string givenName = "Anna")
    {
        var born = new DateOnly(1940, 1, 1).AddDays(Interlocked.Increment(ref people));
        var id = await app.Send(
            new RegisterPerson
            {
                Id = Guid.CreateVersion7(app.Clock.Now), FamilyName = familyName, GivenName = givenName, Residence = "001272",
                FiscalCode = FiscalCode.Compute(familyName, givenName, Sex.Female, born, "L219"),
            },
            As.Gp(Gp));
        return (await app.Send(new PatientById(id)))!;
    }

    /// <summary>A slot of its own, which begins at a time no opening uses.</summary>
    public static async Task<Guid> Slot(this PlatformApp app, int capacity, string hotspot = HotspotCode, TimeSpan? ahead = null)
    {
        var id = Guid.CreateVersion7(app.Clock.Now);
        await app.Db<TestingDb, int>(db =>
        {
            db.Slots.Add(new()
            {
                Id = id, HotspotCode = hotspot, Minutes = 5, Capacity = capacity,
                StartsAt = (app.Clock.Now + (ahead ?? TimeSpan.FromHours(2))).UtcDateTime.AddSeconds(1 + Interlocked.Increment(ref slots)),
            });
            return db.SaveChangesAsync();
        });
        return id;
    }

    private static int slots;
    private static int people;

    public static RequestSwab Swab(this PlatformApp app, PatientSummary person, Guid slot, TestType test = TestType.Molecular) => new()
    {
        Id = Guid.CreateVersion7(app.Clock.Now), PatientId = person.Id, TestType = test, Reason = "contact", SlotId = slot,
    };

    /// <summary>A booked request of a new person.</summary>
    public static async Task<Guid> Booked(this PlatformApp app, string familyName = "Prova", string hotspot = HotspotCode) =>
        await app.Send(app.Swab(await app.Person(familyName), await app.Slot(1, hotspot)), As.Gp(Gp));

    /// <summary>A sample taken at the hotspot.</summary>
    public static async Task<(Guid Id, string Number)> Taken(this PlatformApp app, string hotspot = HotspotCode)
    {
        var id = await app.Booked(hotspot: hotspot);
        return (id, (await app.Send(new TakeSample { Id = id }, As.Hotspot(hotspot))).AccessionNumber);
    }

    public static Task<SwabRequest> Request(this PlatformApp app, Guid id) =>
        app.Db<TestingDb, SwabRequest>(db => db.Requests.Include(r => r.Moves).SingleAsync(r => r.Id == id));

    public static Task<Slot> SlotOf(this PlatformApp app, Guid slot) =>
        app.Db<TestingDb, Slot>(db => db.Slots.SingleAsync(s => s.Id == slot));

    /// <summary>In every slot as many places are counted as requests hold it, and never more than there are.</summary>
    public static Task NothingCountedWithoutABooking(this PlatformApp app) =>
        app.Db<TestingDb, bool>(async db =>
        {
            var slots = await db.Slots.Select(s => new { s.Booked, s.Capacity, Held = db.Requests.Count(r => r.SlotId == s.Id) }).ToListAsync();
            Assert.NotEmpty(slots);
            Assert.All(slots, s =>
            {
                Assert.Equal(s.Held, s.Booked);
                Assert.True(s.Booked <= s.Capacity);
            });
            return true;
        });

    public static async Task<string> RefusedWith(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
