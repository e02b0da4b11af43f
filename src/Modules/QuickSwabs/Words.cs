using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Kits;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs;

/// <summary>The words for the module's enums: Italian, keys of their translations.</summary>
internal static class Words
{
    public static string Of(QuickSwabResult? result) => result switch
    {
        QuickSwabResult.Positive => "Positivo",
        QuickSwabResult.Negative => "Negativo",
        QuickSwabResult.Invalid => "Non valido",
        _ => "In attesa dell'esito",
    };

    public static string Of(QuickSwab swab) => swab.State == QuickSwabState.Annulled ? "Test annullato" : Of(swab.Result);

    public static StateKind MarkOf(QuickSwab swab) => MarkOf(swab.State, swab.Result);

    public static StateKind MarkOf(QuickSwabState state, QuickSwabResult? result) => (state, result) switch
    {
        (QuickSwabState.Annulled, _) => StateKind.Stopped,
        (_, QuickSwabResult.Positive) => StateKind.Positive,
        (_, QuickSwabResult.Negative) => StateKind.Negative,
        (_, QuickSwabResult.Invalid) => StateKind.Warning,
        _ => StateKind.Waiting,
    };

    public static string Of(SwabVersionKind kind) => kind switch
    {
        SwabVersionKind.Result => "Esito",
        SwabVersionKind.Correction => "Correzione",
        _ => "Annullamento",
    };

    public static string Of(PointKind kind) => kind switch
    {
        PointKind.Pharmacy => "Farmacia",
        PointKind.Doctor => "Medico o pediatra",
        PointKind.School => "Scuola",
        _ => "Hub",
    };

    public static string Of(PointStanding standing) => !standing.IsAdmitted ? "Non ammesso" : standing.IsSuspended ? "Sospeso" : "Ammesso";

    public static StateKind MarkOf(PointStanding standing) => !standing.IsAdmitted ? StateKind.Neutral : standing.IsSuspended ? StateKind.Stopped : StateKind.Done;

    public static string Of(PointDecisionKind kind) => kind switch
    {
        PointDecisionKind.Admission => "Ammissione",
        PointDecisionKind.Suspension => "Sospensione",
        _ => "Riammissione",
    };

    public static string Of(SupplyState state) => state switch
    {
        SupplyState.Asked => "Richiesta",
        SupplyState.Granted => "Accolta",
        SupplyState.Refused => "Respinta",
        _ => "Consegnata",
    };

    public static StateKind MarkOf(SupplyState state) => state switch
    {
        SupplyState.Asked => StateKind.Waiting,
        SupplyState.Granted => StateKind.Neutral,
        SupplyState.Refused => StateKind.Stopped,
        _ => StateKind.Done,
    };
}
