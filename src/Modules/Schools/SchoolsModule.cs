using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Schools.Cases;
using Platform.Schools.ClassTests;
using Platform.Schools.Consents;
using Platform.Schools.Letters;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Schools.Standings;

namespace Platform.Schools;

/// <summary>Schools, their classes and people; cases in classes, what is decided on them, and what families are told.</summary>
public sealed class SchoolsModule : Module
{
    /// <summary>What follows from decisions: swabs of the class, letters.</summary>
    internal const string MayAct = "schools.acts";

    /// <summary>How lessons of classes are held: what a school may know.</summary>
    internal const string MaySeeStandings = "schools.standings";

    internal const string MaySeeFigures = "schools.figures";

    /// <summary>Sentinel testing and sessions at schools.</summary>
    internal const string MaySurvey = "schools.survey";

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

    /// <summary>Cases of classes, with who is positive and why.</summary>
    internal const string MaySeeCases = "schools.cases";

    internal const string MayDecide = "schools.decide";

    /// <summary>Rule sets on typed facts: nobody's data.</summary>
    internal const string MayTryRules = "schools.rules";

    public override string Name => "schools";
    public override Type? Db => typeof(SchoolsDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(MaySeeCases, Role.Sisp),
        new(MayDecide, Role.Sisp),
        new(MayTryRules, Role.Sisp, Role.Administrator),
        new(MayAct, Role.Sisp),
        new(MaySeeStandings, Role.School, Role.Sisp),
        new(MaySeeFigures, Role.Sisp, Role.Administrator),
        new(MaySurvey, Role.Sisp),
        new(MayRead, Role.School, Role.Sisp, Role.Administrator),
        new(MayImport, Role.Administrator),
        new(MayKeepLists, Role.School, Role.Sisp),
        new(MayReadReports, Role.School, Role.Sisp),
        new(MayReport, Role.School),
        new(MayFollow, Role.Sisp),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Casi nelle classi", "/schools/cases", MaySeeCases, 51) { Group = "Scuole" },
        new("Prova le regole", "/schools/rules/try", MayTryRules, 55) { Group = "Scuole" },
        new("Classi in presenza e a distanza", "/schools/standings", MaySeeStandings, 52) { Group = "Scuole" },
        new("Test di sorveglianza", "/schools/sentinels", MaySurvey, 54) { Group = "Scuole" },
        new("Le scuole in cifre", "/schools/figures", MaySeeFigures, 59) { Group = "Scuole" },
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
        Fonts.Install();
        services.AddScoped<OpenCase>().AddScoped<CaseProposals>().AddScoped<IForgets, CasesForgotten>();
        services.AddScoped<DecidedClasses>().AddScoped<Effects>().AddScoped<Returning>().AddScoped<SchoolNews>();
        services.AddScoped<Placing>().AddScoped<ClassResults>().AddScoped<FamilyPost>().AddScoped<LetterReader>().AddScoped<ConsentDesk>();
        services.AddScoped<ICitizenAction, MySchoolLink>().AddScoped<IForgets, ActsForgotten>();
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
