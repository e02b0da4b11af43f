using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;
using Platform.QuickSwabs.Archive;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Kits;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Preregistrations;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs;

/// <summary>A week of tests at three points, some on the table now, kits and what is asked of the ASL: through the use cases, by the accounts of the
/// demonstration.</summary>
internal sealed class DemoQuickSwabs(
    QuickSwabsDb db, IMediator mediator, IServiceScopeFactory scopes, IEnumerable<IRecipientDirectory> directories, Region region, TimeProvider clock) : IDemoSeed
{
    private const int Done = 30;
    private const string Lot = "41ADG123A";

    public int Order => 55;

    public string Title => "Quick swabs";

    private Guid NewId => Guid.CreateVersion7(clock.GetUtcNow());

    public async Task Seed(IProgress<string> said, CancellationToken cancellation)
    {
        if (await db.Swabs.AnyAsync(cancellation))
        {
            said.Report("already there");
            return;
        }

        var asl = region.Asls.OrderByDescending(a => a.Code == "010301").First().Code;
        var office = await Someone(Role.Sisp, new(ScopeKind.Asl, asl), "Operatore SISP", cancellation);
        var points = region.QuickSwabs.Points.Where(p => p.Asl == asl).ToList();
        List<(SwabPoint Point, Identity Desk)> desks = [];
        foreach (var (kind, role, name) in new[] { (PointKind.Pharmacy, Role.Pharmacy, "Operatore di farmacia"), (PointKind.School, Role.School, "Referente scolastico"), (PointKind.Hub, Role.Hotspot, "Operatore hotspot") })
        {
            if (points.Find(p => p.Kind == kind) is { } point && await Someone(role, PointBook.ScopeOf(point), name, cancellation) is { } desk)
                desks.Add((point, desk));
        }

        if (office is null || desks.Count == 0)
            return;
        var people = await People(office, Done + 3, cancellation);
        var (first, keeper) = desks[0];
        var device = (await Ask(new Devices.DevicesOfDay(), keeper, cancellation))[0];
        var expiry = region.DayOf(clock.GetUtcNow()).AddMonths(9);
        foreach (var (point, desk) in desks)
            await Ask(new NoteKits { Id = NewId, PointCode = point.Code, DeviceJrc = device.Jrc, Lot = Lot, Expiry = expiry, Quantity = 50 }, desk, cancellation);

        var now = clock.GetUtcNow();
        foreach (var (person, i) in people.Take(Done).Select((p, i) => (p, i)))
        {
            var (point, desk) = desks[i % 3 == 2 ? (i / 3) % desks.Count : 0];
            var at = now.AddHours(-1 - (5 * i));
            await Ask(new RecordQuickSwab
            {
                Id = Guid.CreateVersion7(at), FiscalCode = person.FiscalCode, PointCode = point.Code, DeviceJrc = device.Jrc, Lot = Lot, KitExpiry = expiry,
                Symptoms = i % 5 == 2, SymptomsSince = i % 5 == 2 ? region.DayOf(at).AddDays(-1) : null, Link = i % 9 == 4, CollectedAt = at, ResultAt = at.AddMinutes(device.Minutes + 1),
                Result = i % 7 == 2 ? QuickSwabResult.Positive : i == 10 ? QuickSwabResult.Invalid : QuickSwabResult.Negative,
            }, desk, cancellation);
        }

        // On the table now.
        foreach (var person in people.Skip(Done))
            await Ask(new StartQuickSwab { Id = NewId, FiscalCode = person.FiscalCode, PointCode = first.Code, DeviceJrc = device.Jrc, Lot = Lot, KitExpiry = expiry }, keeper, cancellation);
        await Change(keeper, cancellation);
        if (people.Count < 2)
        {
            said.Report($"{people.Count} tests");
            return;
        }

        await Requests(first, points, keeper, office, people[1].FiscalCode!, cancellation);
        var waiting = people[0];
        var code = await mediator.Send(new RegisterMyself { FiscalCode = waiting.FiscalCode, FamilyName = waiting.FamilyName, GivenName = waiting.GivenName, BirthDate = waiting.BirthDate, Address = "demo" }, cancellation);
        said.Report($"{people.Count} tests; somebody has registered herself with the code {code}");
    }

    /// <summary>One result was written down wrongly, one test was never done.</summary>
    private async Task Change(Identity keeper, CancellationToken cancellation)
    {
        var negatives = await db.Swabs.AsNoTracking().Where(s => s.Result == QuickSwabResult.Negative).OrderByDescending(s => s.CollectedAt).Take(2).ToListAsync(cancellation);
        if (negatives is not [var wrong, var twice])
            return;
        await Ask(new CorrectQuickSwab { Id = wrong.Id, Version = wrong.Version, Result = QuickSwabResult.Positive, Reason = "Linea debole, riletta con un collega" }, keeper, cancellation);
        await Ask(new AnnulQuickSwab { Id = twice.Id, Version = twice.Version, Reason = "Inserito due volte" }, keeper, cancellation);
    }

    /// <summary>What the office has to decide, and has decided.</summary>
    private async Task Requests(SwabPoint first, List<SwabPoint> points, Identity keeper, Identity office, string fiscalCode, CancellationToken cancellation)
    {
        await Ask(new AskSupply { Id = NewId, PointCode = first.Code, Quantity = 100, Note = "Per la settimana prossima" }, keeper, cancellation);
        if (points.Find(p => p.Kind == PointKind.Pharmacy && p.Code != first.Code) is { } other)
            await Ask(new DecidePoint { Id = NewId, PointCode = other.Code, Kind = PointDecisionKind.Suspension, Reason = "Kit conservati fuori temperatura, in attesa di verifica" }, office, cancellation);
        var doctor = region.Doctors.Where(d => !d.Paediatrician).OrderByDescending(d => d.Asl == first.Asl).First();
        if (region.QuickSwabs.Candidates.Any(p => p.Code == doctor.Code))
            await Ask(new DecidePoint { Id = NewId, PointCode = doctor.Code, Kind = PointDecisionKind.Admission, Reason = "Adesione all'accordo regionale dei medici" }, office, cancellation);
        await Ask(new AskArchive { Id = NewId, FiscalCode = fiscalCode, Reason = "Ricostruzione di un focolaio" }, office, cancellation);
    }

    private async Task<List<PatientSummary>> People(Identity office, int most, CancellationToken cancellation)
    {
        var people = new Dictionary<Guid, PatientSummary>();
        foreach (var letter in "ABCDEFGILMNOPRSTVZ")
        {
            foreach (var person in (await Ask(new PatientsLike(letter.ToString()), office, cancellation)).Patients.Where(p => p is { FiscalCode: not null, DiedOn: null }))
                people.TryAdd(person.Id, person);
            if (people.Count >= most)
                break;
        }

        return [.. people.Values.Take(most)];
    }

    private async Task<TResult> Ask<TResult>(IRequest<TResult> request, Identity who, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(who, null);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellation);
    }

    /// <summary>The demonstration's account of that role; null when there is none.</summary>
    private async Task<Identity?> Someone(Role role, Scope at, string name, CancellationToken cancellation)
    {
        foreach (var directory in directories)
        {
            var recipient = new Recipient(at, null);
            if ((await directory.AddressesOf([recipient], cancellation))[recipient].FirstOrDefault() is { } account)
                return new(account.AccountId, name, [new(role, at)]);
        }

        return null;
    }
}
