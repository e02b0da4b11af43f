using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Web.TagHelpers;

namespace Platform.Schools.Cases;

/// <summary>Italian, the keys of their translations.</summary>
internal static class CaseWords
{
    public static string Of(SchoolCaseState state) => state switch
    {
        SchoolCaseState.Open => "Da decidere",
        SchoolCaseState.Decided => "Deciso",
        _ => "Concluso",
    };

    public static StateKind MarkOf(SchoolCaseState state) => state switch
    {
        SchoolCaseState.Open => StateKind.Warning,
        SchoolCaseState.Decided => StateKind.Waiting,
        _ => StateKind.Done,
    };

    public static string Of(ClassMeasure measure) => measure switch
    {
        ClassMeasure.None => "Nessuna misura",
        ClassMeasure.Presence => "Lezioni in presenza, a condizioni",
        ClassMeasure.Distance => "Lezioni a distanza",
        _ => "Attività sospese",
    };

    public static string Of(MeasureKind kind) => kind switch
    {
        MeasureKind.None => "Nessuna misura",
        MeasureKind.Masks => "Autosorveglianza con mascherina FFP2",
        MeasureKind.Surveillance => "Sorveglianza con test",
        MeasureKind.Distance => "Didattica digitale integrata",
        _ => "Quarantena",
    };

    public static string Of(Protection protection) => protection switch
    {
        Protection.Protected => "Protetta",
        Protection.Cycle => "Ciclo completo, non recente",
        _ => "Non protetta o non nota",
    };

    public static string Of(PositiveSource source) => source switch
    {
        PositiveSource.Report => "Referto di laboratorio",
        PositiveSource.QuickSwab => "Test rapido",
        _ => "Segnalazione della scuola",
    };

    public static string Of(LostGround? why) => why switch
    {
        null => "Vale",
        LostGround.Corrected => "Corretto: non vale più",
        _ => "Annullato: non vale più",
    };

    public static string Of(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Confirmed => "Confermata",
        DecisionOutcome.Changed => "Modificata",
        _ => "Rifiutata",
    };

    public static string Of(DecisionState state) => state switch
    {
        DecisionState.Holds => "Vale",
        DecisionState.Replaced => "Sostituita",
        _ => "Riaperta: ha perso il suo fondamento",
    };
}
