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
        var made = 0;
        for (var i = 0; i < people.Count; i++)
        {
            var where = i == 20 ? unit : hotspot;
            var slot = await db.NearestFree(where, at.AddMinutes(30 + 20 * i), at.AddMinutes(5), cancellation);
            if (slot is null)
                break;
            var symptoms = i % 3 == 0;
            var id = Guid.CreateVersion7(clock.GetUtcNow());
            await Ask(new RequestSwab
            {
                Id = id, PatientId = people[i], TestType = TestType.Molecular, SlotId = slot.Id,
                Reason = i >= 17 && i < 20 ? "screening" : symptoms ? "symptoms" : "contact",
                Symptoms = symptoms && i is < 17 or >= 20 ? ["013", "020"] : [], SymptomsSince = symptoms && i is < 17 or >= 20 ? region.DayOf(clock.GetUtcNow()).AddDays(-2) : null,
                Note = i >= 17 ? "Ospiti di una struttura" : null, HomeAddress = where == unit ? "Via Garibaldi 10, Torino" : null, HomePhone = where == unit ? "011 000000" : null,
            }, doctor, cancellation);
            made++;
            await Lead(i, id, office, booth, bench, cancellation);
        }

        said.Report($"{made} requests");
    }

    /// <summary>Of the doctor's list, those whose names begin so; the commonest names are left to whoever tries the platform out.</summary>
    private async Task<List<Guid>> PeopleOf(Identity doctor, CancellationToken cancellation)
    {
        var people = new List<Guid>();
        foreach (var letter in "BGMPVCTADLNS")
        {
            var found = (await Ask(new PatientsLike(letter.ToString()), doctor, cancellation)).Patients;
            people.AddRange(found.Where(p => char.ToUpperInvariant(p.FamilyName[0]) == letter && !Spared.Contains(p.FamilyName)).Select(p => p.Id).Except(people));
            if (people.Count >= People)
                return people[..People];
        }

        return people;
    }

    /// <summary>How far along its road each one is.</summary>
    private async Task Lead(int i, Guid id, Identity office, Identity booth, Identity bench, CancellationToken cancellation)
    {
        if (i == 18)
            await Ask(new DeclineSwab { Id = id, Version = await Version(id, cancellation), Why = "Quale struttura?", ToComplete = true }, office, cancellation);
        if (i == 19)
            await Ask(new DeclineSwab { Id = id, Version = await Version(id, cancellation), Why = "Già eseguito la settimana scorsa" }, office, cancellation);
        if (i == 16)
            await Ask(new NoSample { Id = id, Why = Failure.Absent }, booth, cancellation);
        if (i is < 6 or >= 15)
            return;
        var sample = await Ask(new TakeSample { Id = id }, booth, cancellation);
        if (i < 8)
            return;
        await Ask(new SendSamples { Ids = [id] }, booth, cancellation);
        if (i < 10)
            return;
        if (await db.Requests.AsNoTracking().AnyAsync(r => r.Id == id && r.LabCode != bench.Assignments[0].Scope.Code, cancellation))
            return; // for another lab
        if (i == 14)
            await Ask(new RejectSample { Id = id, Why = Failure.Leaking }, bench, cancellation);
        else
            await Ask(new ReceiveSample { AccessionNumber = sample.AccessionNumber }, bench, cancellation);
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
            if (await directory.AddressesOf(Recipient.Of(kind, code), cancellation) is [var account, ..])
                return new(account.AccountId, name, [new(role, new(kind, code))]);
        }

        return null;
    }
}
