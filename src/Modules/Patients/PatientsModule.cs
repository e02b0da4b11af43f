using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Duplicates;
using Platform.Patients.Facts;
using Platform.Patients.FiscalCodes;
using Platform.Patients.Grants;
using Platform.Patients.Holds;
using Platform.Patients.Imports;
using Platform.Patients.Openings;
using Platform.Patients.People;
using Platform.Patients.Registry;

namespace Platform.Patients;

/// <summary>The registry (anagrafe): people, their identities, residence, ASL, and doctors.</summary>
public sealed class PatientsModule : Module
{
    internal const string Read = "patients.read";
    internal const string Register = "patients.register";
    internal const string AssignDoctors = "patients.assign-doctors";
    internal const string Import = "patients.import";
    internal const string Merge = "patients.merge";
    internal const string Grant = "patients.grant";

    /// <summary>Open a person outside one's scope; which of these roles may, and for how long, is the region's data.</summary>
    internal const string OpenOutside = "patients.open-outside";
    internal const string WatchOpenings = "patients.watch-openings";
    internal const string ExportHeld = "patients.export-held-data";
    internal const string HoldData = "patients.hold-data";

    public override string Name => PatientsDb.SchemaName;
    public override Type? Db => typeof(PatientsDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(Read, Role.Gp, Role.Paediatrician, Role.Secretary, Role.Sisp) { ShowsOpened = true },
        new(Register, Role.Gp, Role.Paediatrician, Role.Sisp),
        new(AssignDoctors, Role.Sisp),
        new(Import, Role.Administrator),
        new(Merge, Role.Sisp),
        new(Grant, Role.Sisp),
        new(OpenOutside, Role.Gp, Role.Paediatrician, Role.Sisp),
        new(WatchOpenings, Role.PrivacyOfficer),
        new(ExportHeld, Role.PrivacyOfficer),
        new(HoldData, Role.PrivacyOfficer),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Assistiti", "/patients", Read, 10) { Group = "Persone" },
        new("Medici e liste", "/doctors", AssignDoctors, 12) { Group = "Persone" },
        new("Visibilità e trasferimenti", "/patients/grants", Grant, 14) { Group = "Persone" },
        new("Fuori ambito", "/patients/outside", OpenOutside, 16) { Group = "Persone" },
        new("Accessi fuori ambito", "/patients/openings", WatchOpenings, 16) { Group = "Privacy" },
        new("Dati conservati su una persona", "/patients/held-data", ExportHeld, 17) { Group = "Privacy" },
        new("Sospensioni della cancellazione", "/privacy/holds", HoldData, 18) { Group = "Privacy" },
        new("Importa assistiti", "/patients/import", Import, 60) { Group = "Persone" },
    ];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands =>
    [
        new("import people", "import people FILE       people from a CSV or xlsx file (docs/import-people.md)",
            (services, arguments, cancellation) => FromConsole<PeopleImport>(services, "people", arguments, cancellation)),
        new("import doctors", "import doctors FILE      doctors from a CSV or xlsx file, as the region pack's gps.csv",
            (services, arguments, cancellation) => FromConsole<DoctorsImport>(services, "doctors", arguments, cancellation)),
    ];

    private static async Task<int> FromConsole<TImport>(IServiceProvider services, string what, string[] arguments, CancellationToken cancellation)
        where TImport : StagedImport
    {
        if (arguments is [var file])
            return await services.GetRequiredService<ImportConsole>().Run<TImport>(file, null, null, Console.Out, cancellation);
        await Console.Error.WriteLineAsync($"Usage: import {what} FILE");
        return 2;
    }

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IBirthPlaces>(provider =>
        {
            using var file = File.OpenRead(HomeFolder.Resolve(
                provider.GetRequiredService<IHostEnvironment>(), configuration["BirthPlaces:File"] ?? "regions/italia/places.csv"));
            return BirthPlaces.Load(file);
        });
        services.AddSingleton<PlaceNames>().AddSingleton<PersonCheck>().AddSingleton<Comparison>().AddSingleton<IRegionalRegistry, HttpRegionalRegistry>();
        services.AddSingleton<IFiscalCodes, ValidFiscalCodes>();
        services.AddScoped<Granting>().AddScoped<PeopleSearch>().AddScoped<Likely>().AddScoped<Story>().AddScoped<PeopleBatch>().AddScoped<DoctorsBatch>();
        services.AddScoped<IOpenedPeople, OpenedPeople>().AddSingleton<OpeningPace>();
        services.AddScoped<ITimelineSource, RegistryTimeline>();
        services.AddScoped<IHeldBack, HeldBack>().AddScoped<IForgets, PeopleForgotten>().AddScoped<IStillNeeds, PeopleNamedElsewhere>().AddScoped<IPersonTraits, PersonTraitsOf>();
        services.AddScoped<IHomeCards, PatientCards>();
    }
}
