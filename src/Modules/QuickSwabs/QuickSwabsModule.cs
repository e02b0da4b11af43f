using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.QuickSwabs.Archive;
using Platform.QuickSwabs.Collecting;
using Platform.QuickSwabs.Devices;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Preregistrations;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs;

/// <summary>Antigen tests where people are: pharmacies, doctors, schools, hubs.</summary>
public sealed class QuickSwabsModule : Module
{
    /// <summary>Tests of one's own point.</summary>
    internal const string MayTest = "quickswabs.desk";

    /// <summary>Whole tests, with their result: of a pharmacy's own software, and of a desk that was off line.</summary>
    internal const string MayRecord = "quickswabs.record";

    internal const string MayRead = "quickswabs.read";

    /// <summary>The common list of devices.</summary>
    internal const string MayImportDevices = "quickswabs.devices";

    internal const string MayKeepKits = "quickswabs.kits";

    /// <summary>Decides what kits its points get.</summary>
    internal const string MaySupply = "quickswabs.supply";

    /// <summary>Admits the points of its territory, and suspends them.</summary>
    internal const string MayAdmit = "quickswabs.points";

    internal const string MayReimburse = "quickswabs.reimbursement";

    /// <summary>Asks to read a negative person's tests back.</summary>
    internal const string MayAskArchive = "quickswabs.archive";

    internal const string MayAllowArchive = "quickswabs.archive-leave";

    public override string Name => "quickswabs";
    public override Type? Db => typeof(QuickSwabsDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(MayTest, Role.Pharmacy, Role.Gp, Role.Paediatrician, Role.School, Role.Hotspot),
        new(MayRecord, Role.Pharmacy, Role.Gp, Role.Paediatrician, Role.School, Role.Hotspot, Role.PharmacySystem),
        new(MayRead, Role.Pharmacy, Role.Gp, Role.Paediatrician, Role.School, Role.Hotspot, Role.Sisp) { ShowsOpened = true },
        new(MayImportDevices, Role.Administrator),
        new(MayKeepKits, Role.Pharmacy, Role.Gp, Role.Paediatrician, Role.School, Role.Hotspot, Role.Sisp),
        new(MaySupply, Role.Sisp),
        new(MayAdmit, Role.Sisp),
        new(MayReimburse, Role.Sisp),
        new(MayAskArchive, Role.Sisp),
        new(MayAllowArchive, Role.PrivacyOfficer),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Test rapidi in corso", "/quick-swabs", MayTest, 23) { Group = "Tamponi" },
        new("Test rapidi", "/quick-swabs/list", MayRead, 24) { Group = "Tamponi" },
        new("Kit dei test rapidi", "/quick-swabs/kits", MayKeepKits, 36) { Group = "Tamponi" },
        new("Punti di test rapido", "/quick-swabs/points", MayAdmit, 35) { Group = "Tamponi" },
        new("Rimborsi dei test rapidi", "/quick-swabs/reimbursement", MayReimburse, 37) { Group = "Tamponi" },
        new("Dispositivi antigenici", "/quick-swabs/devices", MayImportDevices, 38) { Group = "Tamponi" },
        new("Archivio dei test negativi", "/quick-swabs/archive", MayAskArchive, 39) { Group = "Tamponi" },
        new("Letture dell’archivio dei test", "/quick-swabs/archive/readings", MayAllowArchive, 19) { Group = "Privacy" },
    ];

    public override IReadOnlyList<CitizenLink> ForCitizens =>
    [
        new("Punti per il test rapido", "/punti-test", 30),
        new("Pre-registrazione al test rapido", "/test-rapido", 31),
        new("Ritira l'esito di un test rapido", "/ritiro-rapido", 32),
    ];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands => [ImportDevices.Command];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        Fonts.Install();
        services.AddScoped<SwabDesk>().AddScoped<Telling>().AddScoped<DeviceList>().AddScoped<PointBook>().AddScoped<PreregistrationDesk>().AddScoped<Archivist>();
        services.AddScoped<ITimelineSource, QuickSwabTimeline>().AddScoped<IHomeCards, QuickSwabCards>();
        services.AddScoped<IHeldElsewhere, HeldInArchive>().AddScoped<IForgets, QuickSwabsForgotten>().AddScoped<IForgets, ArchiveForgotten>();
    }
}
