using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;

namespace Platform.Certificates;

/// <summary>States and kinds as screens and papers say them.</summary>
internal static class Words
{
    public static string Of(CertificateKind kind) => kind switch
    {
        CertificateKind.Vaccination => "Vaccinazione",
        CertificateKind.Test => "Test negativo",
        _ => "Guarigione",
    };

    public static string Of(OccasionSource source) => source switch
    {
        OccasionSource.Dose => "Dose di vaccino",
        OccasionSource.Report => "Referto",
        _ => "Test rapido",
    };

    public static string Of(OccasionState state) => state switch
    {
        OccasionState.Waiting => "In attesa",
        OccasionState.Refused => "Da controllare: i dati non si possono certificare",
        OccasionState.Withdrawn => "Revocata da un operatore",
        OccasionState.Issued => "Emessa",
        _ => "Nessuna certificazione",
    };

    public static StateKind KindOf(OccasionState state) => state switch
    {
        OccasionState.Waiting => StateKind.Waiting,
        OccasionState.Refused => StateKind.Warning,
        OccasionState.Issued => StateKind.Done,
        _ => StateKind.Stopped,
    };

    public static string Of(RevocationReason reason) => reason switch
    {
        RevocationReason.Annulled => "La dose o il referto sono stati annullati.",
        RevocationReason.Corrected => "La dose, il referto o i dati della persona sono stati corretti.",
        RevocationReason.Reissued => "Un operatore ne ha emessa un’altra al suo posto.",
        _ => "Un operatore l’ha revocata.",
    };

    /// <summary>As certificates name the test.</summary>
    public static string OfTest(string? fact) => fact switch
    {
        "molecular" => "Molecolare",
        "saliva" => "Molecolare su saliva",
        "quick-swab" => "Antigenico rapido",
        _ => "Antigenico",
    };
}
