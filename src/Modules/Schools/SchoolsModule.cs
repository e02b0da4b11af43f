using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;
using Platform.Schools.ClassTests;
using Platform.Schools.Consents;
using Platform.Schools.Letters;
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

    public override string Name => "schools";
    public override Type? Db => typeof(SchoolsDb);

    public override IReadOnlyList<Permission> Permissions =>
    [
        new(MayAct, Role.Sisp),
        new(MaySeeStandings, Role.School, Role.Sisp),
        new(MaySeeFigures, Role.Sisp, Role.Administrator),
        new(MaySurvey, Role.Sisp),
    ];

    public override IReadOnlyList<MenuEntry> Menu =>
    [
        new("Classi in presenza e a distanza", "/schools/standings", MaySeeStandings, 52) { Group = "Scuole" },
        new("Test di sorveglianza", "/schools/sentinels", MaySurvey, 54) { Group = "Scuole" },
        new("Le scuole in cifre", "/schools/figures", MaySeeFigures, 59) { Group = "Scuole" },
    ];

    public override void Add(IServiceCollection services, IConfiguration configuration)
    {
        Fonts.Install();
        services.AddScoped<DecidedClasses>().AddScoped<Effects>().AddScoped<Returning>().AddScoped<SchoolNews>();
        services.AddScoped<Placing>().AddScoped<ClassResults>().AddScoped<FamilyPost>().AddScoped<LetterReader>().AddScoped<ConsentDesk>();
        services.AddScoped<ICitizenAction, MySchoolLink>();
    }
}
