using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Schools.Contracts;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Schools.Reports;

namespace Platform.Schools;

/// <summary>The words for the module's enums: Italian, keys of their translations.</summary>
internal static class SchoolWords
{
    public static string Of(SchoolLevel level) => level switch
    {
        SchoolLevel.Nursery => "Infanzia",
        SchoolLevel.Primary => "Primaria",
        SchoolLevel.LowerSecondary => "Secondaria di primo grado",
        SchoolLevel.UpperSecondary => "Secondaria di secondo grado",
        _ => "Sede di istituto",
    };

    public static string Of(SchoolPart part) => part switch
    {
        SchoolPart.Pupil => "Alunno",
        SchoolPart.Teacher => "Docente",
        _ => "Personale non docente",
    };

    public static string Of(SchoolReportKind kind) => kind switch
    {
        SchoolReportKind.PositivePupil => "Alunno positivo",
        SchoolReportKind.PositiveStaff => "Persona del personale positiva",
        SchoolReportKind.Symptoms => "Malessere a scuola",
        _ => "Molte assenze in una classe",
    };

    public static string Of(SchoolReportState state) => state switch
    {
        SchoolReportState.Sent => "Inviata",
        SchoolReportState.Taken => "Presa in carico",
        _ => "Chiusa",
    };

    public static StateKind MarkOf(SchoolReportState state) => state switch
    {
        SchoolReportState.Sent => StateKind.Waiting,
        SchoolReportState.Taken => StateKind.Warning,
        _ => StateKind.Done,
    };

    public static string Of(ReportClosing why) => why switch
    {
        ReportClosing.Known => "Già nota alla ASL",
        ReportClosing.SentTwice => "Inviata due volte",
        _ => "Nessun provvedimento per la classe",
    };
}
