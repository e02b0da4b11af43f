using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Referti.Collection;
using Platform.Referti.Contracts;
using Platform.Referti.Deliveries;
using Platform.Referti.LabFiles;
using Platform.Referti.LabMessages;
using Platform.Referti.Mllp;
using Platform.Referti.Positives;
using Platform.Referti.Proposals;
using Platform.Referti.Reports;
using Platform.Referti.Unmatched;

namespace Platform.Referti;

public sealed class RefertiModule : Module
{
    internal const string Read = "referti.read";
    internal const string Enter = "referti.enter";
    internal const string Correct = "referti.correct";
    internal const string Validate = "referti.validate";
    internal const string Collect = "referti.collect";
    internal const string Deliver = "referti.deliver";
    internal const string Times = "referti.turnaround";
    internal const string Send = "referti.send";
    internal const string Files = "referti.files";
    internal const string WorkQueue = "referti.unmatched";
    internal const string SeePositives = "referti.positives";

    public override string Name => "referti";
    public override Type? Db => typeof(RefertiDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(Read, Role.Gp, Role.Paediatrician, Role.Sisp, Role.LabOperator) { ShowsOpened = true },
        new(Enter, Role.LabOperator),
        new(Correct, Role.LabOperator),
        new(Validate, Role.LabOperator),
        new(Collect, Role.Gp, Role.Paediatrician, Role.Sisp, Role.Hotspot),
        new(Deliver, Role.Sisp),
        new(Times, Role.Sisp, Role.LabOperator, Role.Administrator),
        new(Send, Role.LabImport),
        new(Files, Role.LabOperator, Role.LabImport),
        new(WorkQueue, Role.Sisp, Role.LabOperator),
        new(SeePositives, Role.Mayor, Role.Prefecture),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Referti", "/referti", Read, 40) { Group = "Referti" },
        new("Campioni in attesa di esito", "/referti/enter", Enter, 41) { Group = "Referti" },
        new("Da convalidare", "/referti/validate", Validate, 41) { Group = "Referti" },
        new("Importa risultati", "/referti/import", Files, 42) { Group = "Referti" },
        new("Messaggi da abbinare", "/referti/unmatched", WorkQueue, 43) { Group = "Referti" },
        new("Messaggi dei laboratori", "/referti/messages", WorkQueue, 44) { Group = "Referti" },
        new("Consegne ai cittadini", "/referti/deliveries", Deliver, 45) { Group = "Referti" },
        new("Persone positive", "/positives", SeePositives, 10),
        new("Tempi di refertazione", "/referti/turnaround", Times, 46) { Group = "Referti" },
    ];

    public override IReadOnlyList<CitizenLink> ForCitizens =>
    [
        new("Ritira il referto", Contracts.SignedInCitizen.Root, 10),
        new("Verifica di un referto", "/verify", 42),
    ];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands => [ImportReferti.Command];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        Fonts.Install();
        services.AddSingleton<Intake>();
        services.AddScoped<Releasing>().AddScoped<KeepPositives>();
        services.AddScoped<SecondReading>();
        services.AddScoped<CitizenMail>();
        services.AddScoped<Citizen>().AddScoped<IExternalEntrance, CitizenEntrance>();
        services.AddAuthentication().AddCookie(CitizenSession.Scheme, CitizenSession.Configure);
        services.AddScoped<IPatientAction, CollectionAction>();
        services.AddSingleton(provider => FileMaps.Read(provider.GetRequiredService<Region>().Folder));
        services.AddSingleton<MllpListener>();
        if (configuration.GetSection(MllpSettings.Section)[nameof(MllpSettings.Port)] is not null)
            services.AddHostedService(provider => provider.GetRequiredService<MllpListener>());
        services.AddScoped<Placing>();
        services.AddScoped<Candidates>();
        services.AddScoped<ITimelineSource, ReportTimeline>();
        services.AddScoped<IForgets, ReportsForgotten>().AddScoped<IForgets, LabMessagesForgotten>().AddScoped<IStillNeeds, RequestsOfReports>();
        services.AddScoped<IExtracted, ExtractedReports>();
        services.AddScoped<IHomeCards, RefertiHomeCards>();
    }
}
