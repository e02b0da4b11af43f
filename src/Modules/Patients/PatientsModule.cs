using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.FiscalCodes;
using Platform.Patients.Imports;
using Platform.Patients.People;

namespace Platform.Patients;

/// <summary>The registry (anagrafe): people, their identities, residence, ASL, and doctors.</summary>
public sealed class PatientsModule : Module
{
    internal const string Read = "patients.read";
    internal const string Register = "patients.register";
    internal const string AssignDoctors = "patients.assign-doctors";
    internal const string Import = "patients.import";

    public override string Name => PatientsDb.SchemaName;
    public override Type? Db => typeof(PatientsDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(Read, Role.Gp, Role.Paediatrician, Role.Sisp),
        new(Register, Role.Gp, Role.Paediatrician, Role.Sisp),
        new(AssignDoctors, Role.Sisp),
        new(Import, Role.Administrator),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Assistiti", "/patients", Read, 10),
        new("Importa assistiti", "/patients/import", Import, 60),
    ];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands =>
    [
        new("import people", "import people FILE       people from a CSV or xlsx file (docs/import-people.md)",
            (services, arguments, cancellation) => ImportRun.Console(services, ImportKind.People, arguments, cancellation)),
        new("import doctors", "import doctors FILE      doctors from a CSV or xlsx file, as the region pack's gps.csv",
            (services, arguments, cancellation) => ImportRun.Console(services, ImportKind.Doctors, arguments, cancellation)),
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IBirthPlaces>(provider =>
        {
            using var file = File.OpenRead(HomeFolder.Resolve(
                provider.GetRequiredService<IHostEnvironment>(), configuration["BirthPlaces:File"] ?? "regions/italia/places.csv"));
            return BirthPlaces.Load(file);
        });
        services.AddSingleton<PlaceNames>().AddSingleton<PersonCheck>().AddSingleton<ImportRun>();
        services.AddScoped<PeopleSearch>().AddScoped<PeopleBatch>().AddScoped<DoctorsBatch>();
        services.AddScoped<ITimelineSource, RegistryTimeline>();
        services.AddScoped<IHomeCards, PatientCards>();
    }
}
