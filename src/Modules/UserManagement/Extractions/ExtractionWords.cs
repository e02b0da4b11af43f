using Platform.BuildingBlocks.Web.TagHelpers;

namespace Platform.UserManagement.Extractions;

internal static class ExtractionWords
{
    public static string Of(ExtractionState state) => state switch
    {
        ExtractionState.Asked => "Da approvare",
        ExtractionState.Refused => "Rifiutata",
        ExtractionState.Approved => "Approvata, in coda",
        ExtractionState.Making => "In preparazione",
        ExtractionState.Ready => "Pronta",
        ExtractionState.Failed => "Non riuscita",
        _ => "Scaduta e cancellata",
    };

    public static StateKind KindOf(ExtractionState state) => state switch
    {
        ExtractionState.Asked or ExtractionState.Approved or ExtractionState.Making => StateKind.Waiting,
        ExtractionState.Ready => StateKind.Done,
        ExtractionState.Refused or ExtractionState.Failed => StateKind.Stopped,
        _ => StateKind.Neutral,
    };
}
