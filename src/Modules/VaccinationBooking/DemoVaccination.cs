using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Notifications.Contracts;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Entitlements;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.Stock;

namespace Platform.VaccinationBooking;

/// <summary>A campaign of two doses with its groups, one of a single dose, centres with slots, a health card for everybody, and some bookings:
/// through the use cases, so that one can book at once.</summary>
internal sealed class DemoVaccination(VaccinationDb db, IMediator mediator, IServiceProvider services, Region region, TimeProvider clock) : IDemoSeed
{
    /// <summary>The last thirteen digits of everybody's card in the demonstration.</summary>
    public const string Card = "8038000123456";

    internal const string Covid = "covid-60";
    private const string Flu = "influenza";
    private const int Booked = 12;
    private const int WithoutAppointment = 4;

    private static readonly List<string> Everyday = [.. Enum.GetNames<DayOfWeek>()];
    private static readonly List<string> WorkingDays = [.. Everyday.Except([nameof(DayOfWeek.Saturday), nameof(DayOfWeek.Sunday)])];

    public int Order => 50;

    public string Title => "Vaccinations";

    public async Task Seed(IProgress<string> said, CancellationToken cancellation)
    {
        if (await db.Campaigns.AnyAsync(cancellation))
        {
            said.Report("already there");
            return;
        }

        var today = region.DayOf(clock.GetUtcNow());
        await mediator.Send(new ImportCentres(), cancellation);
        await Campaigns(today, cancellation);
        var slots = 0;
        foreach (var centre in await db.Centres.AsNoTracking().Where(c => c.Public).OrderBy(c => c.Code).ToListAsync(cancellation))
        {
            var big = region.FindMunicipality(centre.MunicipalityIstat)?.Istat == "001272";
            slots += await mediator.Send(Hours(centre.Code, Covid, "comirnaty", Everyday, big ? 6 : 3, big ? 6 : 3, today), cancellation);
            slots += await mediator.Send(Hours(centre.Code, Flu, "flu-quadrivalent", WorkingDays, 2, null, today), cancellation);
        }

        said.Report($"{slots} slots");
        // The people of the registry are known here once it has told.
        await services.GetRequiredService<Courier>().Drain(cancellation);
        await services.GetRequiredService<ImportRun>().Bring<EntitledImport>(ImportSource.CommandLine, Cards(), (_, _) => ValueTask.CompletedTask, cancellation);
        said.Report($"two campaigns; the last 13 digits of everybody's health card are {Card}");
        said.Report($"{await services.DemoBookings().Make(Covid, region.Vaccination.Places[0].Code, clock.GetUtcNow().UtcDateTime.AddMinutes(1), Booked, cancellation)} bookings, {await Work(cancellation)} arrivals");
    }

    private async Task Campaigns(DateOnly today, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        async Task Group(string campaign, int priority, string it, string en, DateOnly? bornUntil, string? category, DateOnly opens, GroupDoses doses = GroupDoses.FirstCourse) => await mediator.Send(
            new SaveGroup
            {
                Id = Guid.CreateVersion7(now), Campaign = campaign, Priority = priority, NameIt = it, NameEn = en, BornUntil = bornUntil, Category = category, OpensOn = opens, Doses = doses,
            }, cancellation);
        await mediator.Send(new SaveCampaign { Code = Covid, NameIt = "Anti COVID-19", NameEn = "COVID-19", Disease = "covid-19", Doses = 2 }, cancellation);
        await Group(Covid, 1, "Operatori sanitari", "Health workers", null, "health-worker", today.AddDays(-7));
        await Group(Covid, 2, "Persone di elevata fragilità", "Extremely vulnerable people", null, "frail", today.AddDays(-7));
        await Group(Covid, 3, "Dai 60 anni", "Aged 60 and over", today.AddYears(-60), null, today.AddDays(-3));
        await Group(Covid, 4, "Dai 40 anni", "Aged 40 and over", today.AddYears(-40), null, today.AddDays(7));
        await mediator.Send(new TurnCampaign { Code = Covid, To = CampaignState.Open }, cancellation);
        await mediator.Send(new SaveCampaign { Code = Flu, NameIt = "Antinfluenzale", NameEn = "Seasonal flu", Disease = "influenza", Doses = 1 }, cancellation);
        await Group(Flu, 1, "Dai 18 anni", "Aged 18 and over", today.AddYears(-18), null, today.AddDays(-7), GroupDoses.All);
        await mediator.Send(new TurnCampaign { Code = Flu, To = CampaignState.Open }, cancellation);
    }

    private AddCentreOpening Hours(string centre, string campaign, string vaccine, List<string> days, int first, int? second, DateOnly today) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()), Centre = centre, Campaign = campaign, Vaccine = vaccine, Weekdays = days, From = new(8, 0), To = new(20, 0),
        SlotMinutes = 60, FirstDoses = first, SecondDoses = second, ValidFrom = today, ValidUntil = today.AddDays(180),
    };

    private async IAsyncEnumerable<TableRow> Cards()
    {
        var line = 2;
        foreach (var person in await db.Vaccinees.AsNoTracking().Where(v => v.FiscalCode != null && !v.Deceased).OrderBy(v => v.FiscalCode).Select(v => v.FiscalCode!).ToListAsync())
            yield return new(line++, [person, Card, line % 40 == 0 ? "health-worker" : line % 25 == 0 ? "frail" : ""]);
    }

    /// <summary>The first centre at work: a delivery, some without appointment, the first of them vaccinated.</summary>
    private async Task<int> Work(CancellationToken cancellation)
    {
        var centre = region.Vaccination.Places[0].Code;
        var recipient = Recipient.Of(ScopeKind.VaccinationCentre, centre);
        RecipientAddress? account = null;
        foreach (var directory in services.GetServices<IRecipientDirectory>())
            account ??= (await directory.AddressesOf([recipient], cancellation))[recipient].FirstOrDefault();
        if (account is null)
            return 0;
        var nurse = new Identity(account.AccountId, "Operatore vaccinale", [new(Role.VaccinationOperator, new(ScopeKind.VaccinationCentre, centre))]);
        var (now, today) = (clock.GetUtcNow(), region.DayOf(clock.GetUtcNow()));
        var lot = await As(nurse, new ChangeStock { Id = Guid.CreateVersion7(now), Centre = centre, Kind = StockMoveKind.Delivery, Vaccine = "comirnaty", LotNumber = "EX4512", ExpiresOn = today.AddDays(90), Doses = 1200 }, cancellation);
        await As(nurse, new ChangeStock { Id = Guid.CreateVersion7(now), Centre = centre, Kind = StockMoveKind.Delivery, Vaccine = "flu-quadrivalent", LotNumber = "FQ0931", ExpiresOn = today.AddDays(120), Doses = 300 }, cancellation);
        var seniors = await db.Vaccinees.AsNoTracking().Where(v => v.BirthDate < today.AddYears(-60) && !v.Deceased && v.FiscalCode != null && !db.Bookings.Any(b => b.PatientId == v.PatientId))
            .OrderBy(v => v.FiscalCode).Take(WithoutAppointment).Select(v => v.FiscalCode).ToListAsync(cancellation);
        foreach (var (code, i) in seniors.Select((c, i) => (c, i)))
        {
            var arrival = await As(nurse, new WalkIn { Centre = centre, Campaign = Covid, FiscalCode = code }, cancellation);
            if (i % 2 == 1)
                continue;
            await As(nurse, new AssessArrival { Id = arrival, Consent = ConsentBy.Herself }, cancellation);
            var dose = Guid.CreateVersion7(now);
            await As(nurse, new GiveDose { Id = dose, Arrival = arrival, Lot = lot, Site = InjectionSite.LeftDeltoid }, cancellation);
            if (i == 0)
                await As(nurse, new ReportAdverseEvent { Id = Guid.CreateVersion7(now), Dose = dose, Reactions = [region.Vaccination.Reactions[0].Code], Outcome = AdverseOutcome.Improving }, cancellation);
        }

        return seniors.Count;
    }

    private async Task<TResult> As<TResult>(Identity who, IRequest<TResult> request, CancellationToken cancellation)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Become(who, null);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellation);
    }
}
