using System.Collections.Concurrent;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Requests;
using Platform.Testing.Samples;
using Platform.Tests.Harness;

[assembly: Microsoft.AspNetCore.Hosting.HostingStartup(typeof(Platform.Tests.Testing.PeopleStandIn))]

namespace Platform.Tests.Testing;

/// <summary>What the tests of swabs begin from: hotspots, labs, open slots, people.</summary>
internal static class TestingApp
{
    public const string Gp = "990007";
    public const string Asl = "010301";
    public const string HotspotCode = "HS-001";
    public const string OtherHotspot = "HS-002";

    public static async Task<PlatformApp> Start(Engine engine)
    {
        var app = await PlatformApp.Start(engine, ("hostingStartupAssemblies", "Platform.Tests"));
        await app.Send(new ImportFacilities());
        return app;
    }

    /// <summary>A person of that doctor's list.</summary>
    public static async Task<PatientSummary> Person(
        this PlatformApp app, string familyName = "Prova", string gp = Gp, string asl = Asl, string givenName = "Anna")
    {
        await Task.Yield();
        var code = FiscalCode.Compute(familyName, givenName, Sex.Female, new(1980, 5, 12), "L219");
        var person = new PatientSummary(
            Guid.CreateVersion7(app.Clock.Now), code, familyName, givenName, Sex.Female, new(1980, 5, 12), asl, "001272", gp, null, null);
        PeopleStandIn.People[person.Id] = person;
        return person;
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

    public static RequestSwab Swab(this PlatformApp app, PatientSummary person, Guid slot, TestType test = TestType.Molecular) => new()
    {
        Id = Guid.CreateVersion7(app.Clock.Now), PatientId = person.Id, TestType = test, Reason = SwabReason.Contact, SlotId = slot,
    };

    /// <summary>A booked request of a new person.</summary>
    public static async Task<Guid> Booked(this PlatformApp app, string familyName = "Prova", string hotspot = HotspotCode) =>
        await app.Send(app.Swab(await app.Person(familyName), await app.Slot(1, hotspot)), As.Gp(Gp));

    /// <summary>A sample taken at the hotspot.</summary>
    public static async Task<(Guid Id, string Number)> Taken(this PlatformApp app, string hotspot = HotspotCode)
    {
        var id = await app.Booked(hotspot: hotspot);
        return (id, (await app.Send(new TakeSample(id), As.Hotspot(hotspot))).AccessionNumber);
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

/// <summary>The registry as far as these tests need it, until the module Patients answers by itself.</summary>
public sealed class PeopleStandIn : Microsoft.AspNetCore.Hosting.IHostingStartup
{
    internal static readonly ConcurrentDictionary<Guid, PatientSummary> People = new();

    public void Configure(Microsoft.AspNetCore.Hosting.IWebHostBuilder builder) =>
        builder.ConfigureServices(services =>
        {
            services.AddScoped<IRequestHandler<VisiblePatient, VisiblePatientAnswer>, Handler>();
            if (new Platform.Patients.PatientsModule().Permissions.Count == 0
                && !services.Any(s => s.ImplementationInstance is Permits)) // It is called once for each host builder.
                services.AddSingleton<Platform.BuildingBlocks.Module>(new Permits());
        });

    private sealed class Permits : Platform.BuildingBlocks.Module
    {
        public override string Name => "people-stand-in";
        public override IReadOnlyList<Permission> Permissions => [new("patients.read", Role.Gp, Role.Paediatrician, Role.Sisp)];
    }

    internal sealed class Handler(ICurrentUser user) : IRequestHandler<VisiblePatient, VisiblePatientAnswer>
    {
        private static readonly ScopeRule<PatientSummary> Scope =
            new ScopeRule<PatientSummary>().By(ScopeKind.Asl, p => p.AslCode).By(ScopeKind.GpList, p => p.GpCode);

        public Task<VisiblePatientAnswer> Handle(VisiblePatient request, CancellationToken cancellationToken) =>
            Task.FromResult(new VisiblePatientAnswer(
                People.Values.Where(p => p.Id == request.Id).AsQueryable().Within(Scope, user, "testing.request").SingleOrDefault()
                ?? throw Refusal.NotFound()));
    }
}
