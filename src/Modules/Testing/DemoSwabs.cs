using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Labs;
using Platform.Testing.Requests;
using Platform.Testing.Samples;

namespace Platform.Testing;

/// <summary>Some requests in each state, so that the demonstration's lists of work are not empty: through the use cases, by the
/// accounts of the demonstration.</summary>
internal sealed class DemoSwabs(
    TestingDb db, IServiceScopeFactory scopes, IEnumerable<IRecipientDirectory> directories, Region region, TimeProvider clock) : IDemoSeed
{
    private const int People = 22;

    private static readonly Fate[] Fates =
    [
        Fate.Booked, Fate.Received, Fate.Proposed, Fate.Sent, Fate.Collected, Fate.Leaking, Fate.MoreInformation, Fate.AtHome, Fate.Absent, Fate.Refused, Fate.Received,
    ];

    private static readonly string[] Spared = ["Rossi", "Ferrero", "De Luca", "Bianchi", "Verdi"];

    public int Order => 40;

    public string Title => "Swab requests";

    public async Task Seed(IProgress<string> said, CancellationToken cancellation)
    {
        if (await db.Requests.AnyAsync(cancellation))
        {
            said.Report("already there");
            return;
        }

        var asl = region.Asls.OrderByDescending(a => a.Code == "010301").First().Code;
        var gp = region.Doctors.Where(d => !d.Paediatrician).OrderByDescending(d => d.Asl == asl).First();
        var doctor = await Someone(Role.Gp, ScopeKind.GpList, gp.Code, $"{gp.GivenName} {gp.FamilyName}", cancellation);
        var office = await Someone(Role.Sisp, ScopeKind.Asl, asl, "Operatore SISP", cancellation);
        var hotspot = FirstOf(FacilityKind.Hotspot, asl);
        var booth = await Someone(Role.Hotspot, ScopeKind.Hotspot, hotspot, "Operatore hotspot", cancellation);
        var bench = await Someone(Role.LabOperator, ScopeKind.Lab, FirstOf(FacilityKind.Lab, asl), "Operatore di laboratorio", cancellation);
        var unit = FirstOf(FacilityKind.Usca, asl);
        if (doctor is null || office is null || booth is null || bench is null)
            return;

        var people = await PeopleOf(doctor, cancellation);
        var at = clock.GetUtcNow().UtcDateTime;
        var today = region.DayOf(clock.GetUtcNow());
        var made = 0;
        foreach (var (person, i) in people.Select((p, i) => (p, i)))
        {
            var fate = Fates[i % Fates.Length];
            var where = fate == Fate.AtHome ? unit : hotspot;
            // Another place of the ASL would have another's eyes on it.
            if (await db.NearestFree(where, at.AddMinutes(30 + 20 * i), at.AddMinutes(5), cancellation) is not { } slot || slot.HotspotCode != where)
                continue;
            var proposed = fate is Fate.Proposed or Fate.MoreInformation or Fate.Refused;
            var symptoms = !proposed && i % 3 == 0;
            var id = Guid.CreateVersion7(clock.GetUtcNow());
            await Ask(new RequestSwab
            {
                Id = id, PatientId = person, TestType = TestType.Molecular, SlotId = slot.Id, Reason = proposed ? "screening" : symptoms ? "symptoms" : "contact",
                Symptoms = symptoms ? ["013", "020"] : [], SymptomsSince = symptoms ? today.AddDays(-2) : null,
                Note = proposed ? "Ospiti di una struttura" : null, HomeAddress = fate == Fate.AtHome ? "Via Garibaldi 10, Torino" : null,
            }, doctor, cancellation);
            made++;
            await Lead(fate, id, office, booth, bench, cancellation);
        }

        said.Report($"{made} requests");
    }

    /// <summary>How far along its road each one is.</summary>
    private async Task Lead(Fate fate, Guid id, Identity office, Identity booth, Identity bench, CancellationToken cancellation)
    {
        switch (fate)
        {
            case Fate.MoreInformation:
                await Ask(new DeclineSwab { Id = id, Version = await Version(id, cancellation), Why = "Quale struttura?", ToComplete = true }, office, cancellation);
                return;
            case Fate.Refused:
                await Ask(new DeclineSwab { Id = id, Version = await Version(id, cancellation), Why = "Già eseguito la settimana scorsa" }, office, cancellation);
                return;
            case Fate.Absent:
                await Ask(new NoSample { Id = id, Why = Failure.Absent }, booth, cancellation);
                return;
            case < Fate.Collected:
                return;
        }

        var sample = await Ask(new TakeSample { Id = id }, booth, cancellation);
        if (fate >= Fate.Sent)
            await Ask(new SendSamples { Ids = [id] }, booth, cancellation);
        // A sample of another lab waits for it.
        if (fate < Fate.Received || await db.Requests.AsNoTracking().AnyAsync(r => r.Id == id && r.LabCode != bench.Assignments[0].Scope.Code, cancellation))
            return;
        if (fate == Fate.Leaking)
            await Ask(new RejectSample { Id = id, Why = Failure.Leaking }, bench, cancellation);
        else
            await Ask(new ReceiveSample { AccessionNumber = sample.AccessionNumber }, bench, cancellation);
    }

    private enum Fate
    {
        Booked,
        AtHome,
        Proposed,
        MoreInformation,
        Refused,
        Absent,
        Collected,
        Sent,
        Received,
        Leaking,
    }

    /// <summary>Of the doctor's list, those whose names begin so; the commonest names are left to whoever tries the platform out.</summary>
    private async Task<List<Guid>> PeopleOf(Identity doctor, CancellationToken cancellation)
    {
        var people = new List<Guid>();
        foreach (var letter in "BGMPVCTADLNSFRIEOZ")
        {
            var found = (await Ask(new PatientsLike(letter.ToString()), doctor, cancellation)).Patients;
            people.AddRange(found.Where(p => char.ToUpperInvariant(p.FamilyName[0]) == letter && !Spared.Contains(p.FamilyName)).Select(p => p.Id).Except(people));
            if (people.Count >= People)
                return people[..People];
        }

        return people;
    }

    private Task<int> Version(Guid id, CancellationToken cancellation) =>
        db.Requests.AsNoTracking().Where(r => r.Id == id).Select(r => r.Version).SingleAsync(cancellation);

    private async Task<TResult> Ask<TResult>(IRequest<TResult> request, Identity who, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(who, null);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellation);
    }

    private string FirstOf(FacilityKind kind, string asl) =>
        region.Facilities.Where(f => f.Kind == kind).OrderByDescending(f => f.Asl == asl).First().Code;

    /// <summary>The demonstration's account of that role; null when there is none.</summary>
    private async Task<Identity?> Someone(Role role, ScopeKind kind, string code, string name, CancellationToken cancellation)
    {
        foreach (var directory in directories)
        {
            if ((await directory.AddressesOf([Recipient.Of(kind, code)], cancellation))[Recipient.Of(kind, code)].FirstOrDefault() is { } account)
                return new(account.AccountId, name, [new(role, new(kind, code))]);
        }

        return null;
    }
}
