using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Defence;
using Platform.VaccinationBooking.Offers;
using Platform.VaccinationBooking.OpenData;
using Platform.VaccinationBooking.Citizens;
using Platform.VaccinationBooking.Operations;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Entitlements;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking;

public sealed class VaccinationModule : Module
{
    /// <summary>Campaigns, their groups, the lists of who is entitled, the waiting rooms.</summary>
    public const string MayManage = "vaccination.campaigns";

    /// <summary>Centres, their hours and their slots.</summary>
    public const string MayRunCentres = "vaccination.centres";

    /// <summary>The day of a centre: who comes, arrivals, doses.</summary>
    public const string MayVaccinate = "vaccination.day";

    public const string MayKeepStock = "vaccination.stock";

    /// <summary>Notes what a person was given elsewhere, or that she has had the infection.</summary>
    public const string MayNote = "vaccination.note";

    /// <summary>Doses of a person.</summary>
    public const string MayRead = "vaccination.read";

    /// <summary>Bookings for who calls or stands at the desk.</summary>
    public const string MayBook = "vaccination.book";

    /// <summary>Closures and changes that concern many bookings.</summary>
    public const string MayOperate = "vaccination.operations";

    /// <summary>Open data of the campaign: counts, nobody's data.</summary>
    public const string MayPublish = "vaccination.open-data";

    /// <summary>Reports of adverse events, for who sends them to the national network.</summary>
    public const string MayReport = "vaccination.adverse-events";

    public override string Name => "vaccination";
    public override Type? Db => typeof(VaccinationDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(MayManage, Role.VaccinationManager),
        new(MayRunCentres, Role.VaccinationManager, Role.Sisp),
        new(MayBook, Role.Sisp, Role.CallCentre),
        new(MayOperate, Role.VaccinationManager, Role.Sisp),
        new(MayPublish, Role.VaccinationManager),
        new(MayReport, Role.Sisp),
        new(MayVaccinate, Role.VaccinationOperator),
        new(MayKeepStock, Role.VaccinationOperator, Role.Sisp),
        new(MayNote, Role.Sisp, Role.VaccinationOperator),
        new(MayRead, Role.Gp, Role.Paediatrician, Role.Sisp, Role.VaccinationOperator) { ShowsOpened = true },
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Lista del giorno dei vaccini", "/vaccination/day", MayVaccinate, 38) { Group = "Vaccinazioni" },
        new("Scorte", "/vaccination/stock", MayKeepStock, 39) { Group = "Vaccinazioni" },
        new("Campagne", "/vaccination/campaigns", MayManage, 40) { Group = "Vaccinazioni" },
        new("Prenota per un cittadino", "/vaccination/book", MayBook, 44) { Group = "Vaccinazioni" },
        new("Chiusure e cambi", "/vaccination/operations", MayOperate, 46) { Group = "Vaccinazioni" },
        new("Elenchi degli aventi diritto", "/vaccination/entitled", MayManage, 41) { Group = "Vaccinazioni" },
        new("Dati aperti", "/vaccination/open-data", MayPublish, 48) { Group = "Vaccinazioni" },
        new("Reazioni avverse", "/vaccination/adverse-events", MayReport, 49) { Group = "Vaccinazioni" },
        new("Centri vaccinali", "/vaccination/centres", MayRunCentres, 42) { Group = "Vaccinazioni" },
    ];

    public override IReadOnlyList<CitizenLink> ForCitizens => [new("Prenota un vaccino", "/vaccini", 20)];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands =>
    [
        new("import entitled", "import entitled FILE     health cards and categories of the entitled: .csv or .xlsx", async (services, arguments, cancellation) =>
        {
            if (arguments is [var file])
                return await services.GetRequiredService<ImportConsole>().Run<EntitledImport>(file, null, null, Console.Out, cancellation);
            Console.Error.WriteLine("Which file? import entitled FILE");
            return 2;
        }),
        new("vaccination centres", "vaccination centres      take the region pack's vaccination centres over", async (services, _, cancellation) =>
        {
            Console.WriteLine($"{await services.GetRequiredService<IMediator>().Send(new ImportCentres(), cancellation)} centres added");
            return 0;
        }),
        new("vaccination open-data", "vaccination open-data LAYOUT FILE [--suppress]     administered doses in the national columns: 2021-05, 2022-05", async (services, arguments, cancellation) =>
        {
            if (arguments is not [var layout, var file, ..] || !OpenDataLayout.All.Any(l => l.Code == layout))
            {
                Console.Error.WriteLine($"Which layout, which file? vaccination open-data LAYOUT FILE [--suppress]; layouts: {string.Join(", ", OpenDataLayout.All.Select(l => l.Code))}");
                return 2;
            }

            var table = await services.GetRequiredService<IMediator>().Send(new DosesInOpenData { Layout = layout, Suppress = arguments.Contains("--suppress") }, cancellation);
            await File.WriteAllBytesAsync(file, table.Text(services.GetRequiredService<Region>()), cancellation);
            Console.WriteLine($"{table.Rows.Count} rows, {table.Doses} doses; {table.Left} doses without a column, {table.Suppressed} rows suppressed");
            return 0;
        }),
        new("vaccination slots", "vaccination slots        make the slots of the coming days now", async (services, _, cancellation) =>
        {
            Console.WriteLine($"{await services.GetRequiredService<IMediator>().Send(new MakeSlots(), cancellation)} slots made");
            return 0;
        }),
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ITimelineSource, DosesTimeline>().AddScoped<ITimelineSource, AppointmentsTimeline>().AddScoped<IPatientAction, SeeVaccinations>().AddScoped<IHomeCards, VaccinationCards>().AddScoped<ICitizenAction, BookVaccinationAction>();
        services.AddSingleton<MadeCentres>().AddSingleton<IMadePlaces>(s => s.GetRequiredService<MadeCentres>()).AddScoped<IForgets, BookingsForgotten>();
        services.AddSingleton<CampaignBook>().AddSingleton<AvailabilityBoard>().AddSingleton<RecognitionDesk>().AddSingleton<BookingDesk>();
        services.AddSingleton<BookingPasses>().AddSingleton<WrongCards>().AddSingleton<BookingPulse>().AddSingleton<IRush, BookingRush>();
        services.AddSingleton<KnownSlots>().AddSingleton<RoomKeeper>().AddSingleton<Door>().AddSingleton<Tickets>().AddSingleton<NumbersTaken>().AddSingleton<Pacer>().AddSingleton<Rehearsal>();
        services.AddSingleton<CentreBoard>().AddSingleton<QueueTickets>().AddSingleton<Declarations>().AddSingleton<Guard>();
        if (configuration.GetValue("Background:Enabled", true))
            services.AddHostedService<PacerRounds>();
        services.AddScoped<PlaceLedger>().AddScoped<BookingKeys>().AddScoped<BookingMail>().AddScoped<NewPlaces>().AddScoped<Concerned>().AddScoped<OperationSteps>().AddScoped<OfferPlaces>().AddScoped<OfferDesk>();
        services.AddScoped<IBookingLedger>(provider => provider.GetRequiredService<IDatabaseEngine>().Name == "PostgreSql"
            ? ActivatorUtilities.CreateInstance<PostgreSqlLedger>(provider)
            : ActivatorUtilities.CreateInstance<PortableLedger>(provider));
    }
}
