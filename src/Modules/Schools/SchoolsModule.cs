using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Schools.People;
using Platform.Schools.Register;

namespace Platform.Schools;

/// <summary>Schools, their classes and people; cases in classes, what is decided on them, and what families are told.</summary>
public sealed class SchoolsModule : Module
{
    /// <summary>The register of schools and classes: nobody's data.</summary>
    internal const string MayRead = "schools.read";

    internal const string MayImport = "schools.import";

    /// <summary>Who belongs to which class, and files of it.</summary>
    internal const string MayKeepLists = "schools.lists";

    /// <summary>What schools have reported.</summary>
    internal const string MayReadReports = "schools.reports";

    /// <summary>Reports of one's own school.</summary>
    internal const string MayReport = "schools.report";

    /// <summary>Decides what becomes of the reports of the schools of one's territory.</summary>
    internal const string MayFollow = "schools.follow";

    public override string Name => "schools";
    public override Type? Db => typeof(SchoolsDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(MayRead, Role.School, Role.Sisp, Role.Administrator),
        new(MayImport, Role.Administrator),
        new(MayKeepLists, Role.School, Role.Sisp),
        new(MayReadReports, Role.School, Role.Sisp),
        new(MayReport, Role.School),
        new(MayFollow, Role.Sisp),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Segnalazioni delle scuole", "/schools/reports", MayReadReports, 50) { Group = "Scuole" },
        new("Elenchi delle classi", "/schools/lists", MayKeepLists, 56) { Group = "Scuole" },
        new("Scuole", "/schools", MayRead, 57) { Group = "Scuole" },
        new("Importa scuole e classi", "/schools/import", MayImport, 58) { Group = "Scuole" },
    ];

    public override IReadOnlyList<ConsoleCommand> ConsoleCommands =>
    [
        Import<SchoolsImport>("schools", "schools in the ministry's columns: .csv or .xlsx"),
        Import<ClassesImport>("classes", "classes of schools: .csv or .xlsx"),
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<MadeSchools>().AddSingleton<IMadePlaces>(s => s.GetRequiredService<MadeSchools>());
        services.AddScoped<ListReader>().AddScoped<ListPlanner>().AddScoped<IHomeCards, SchoolCards>();
        services.AddScoped<IForgets, PeopleForgotten>().AddScoped<IForgets, ListsForgotten>();
    }

    private static ConsoleCommand Import<TImport>(string word, string what)
        where TImport : StagedImport =>
        new($"import {word}", $"import {word} FILE     {what}", async (services, arguments, cancellation) =>
        {
            if (arguments is [var file])
                return await services.GetRequiredService<ImportConsole>().Run<TImport>(file, null, null, Console.Out, cancellation);
            await Console.Error.WriteLineAsync($"Which file? import {word} FILE");
            return 2;
        });
}
