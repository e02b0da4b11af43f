using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Referti.Contracts;
using Platform.Referti.Deliveries;
using Platform.Referti.Proposals;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>How results, tests and versions are called: Italian, the keys of their translations.</summary>
internal static class Words
{
    public static string Of(ReportResult result) => result switch
    {
        ReportResult.Detected => "Positivo",
        ReportResult.NotDetected => "Negativo",
        ReportResult.Inconclusive => "Non conclusivo",
        _ => "Campione non idoneo",
    };

    /// <summary>In full, as on paper.</summary>
    public static string InFull(ReportResult result, TestType test) => (result, test) switch
    {
        (ReportResult.Detected, TestType.Molecular or TestType.Saliva) => "RILEVATO: presenza di RNA di SARS-CoV-2 (positivo)",
        (ReportResult.Detected, TestType.Antigen) => "RILEVATO: presenza di antigene di SARS-CoV-2 (positivo)",
        (ReportResult.Detected, _) => "RILEVATI: presenza di anticorpi contro SARS-CoV-2 (positivo)",
        (ReportResult.NotDetected, TestType.Molecular or TestType.Saliva) => "NON RILEVATO: assenza di RNA di SARS-CoV-2 (negativo)",
        (ReportResult.NotDetected, TestType.Antigen) => "NON RILEVATO: assenza di antigene di SARS-CoV-2 (negativo)",
        (ReportResult.NotDetected, _) => "NON RILEVATI: assenza di anticorpi contro SARS-CoV-2 (negativo)",
        (ReportResult.Inconclusive, _) => "NON CONCLUSIVO: l'esame va ripetuto",
        _ => "CAMPIONE NON IDONEO: l'esame non è stato possibile e va ripetuto",
    };

    public static string Of(TestType test) => test switch
    {
        TestType.Molecular => "Tampone molecolare",
        TestType.Antigen => "Tampone antigenico",
        TestType.Saliva => "Test molecolare su saliva",
        _ => "Sierologico",
    };

    public static string Of(ReportVersionKind kind) => kind switch
    {
        ReportVersionKind.Original => "Referto",
        ReportVersionKind.Correction => "Correzione",
        _ => "Annullamento",
    };

    public static StateKind KindOf(ReportResult result) => result switch
    {
        ReportResult.Detected => StateKind.Positive,
        ReportResult.NotDetected => StateKind.Negative,
        _ => StateKind.Warning,
    };

    public static string Of(ProposalAct act) => act switch
    {
        ProposalAct.Enter => "Esito",
        ProposalAct.Correct => "Correzione",
        _ => "Annullamento",
    };

    public static string Of(ProposalState state) => state switch
    {
        ProposalState.Proposed => "Da convalidare",
        ProposalState.Released => "Rilasciato",
        ProposalState.SentBack => "Rimandato",
        _ => "Ritirato",
    };

    public static StateKind KindOf(ProposalState state) => state switch
    {
        ProposalState.Proposed => StateKind.Waiting,
        ProposalState.Released => StateKind.Done,
        _ => StateKind.Stopped,
    };

    public static string Of(DeliveryChannel channel) => channel switch
    {
        DeliveryChannel.Inbox => "Messaggio nella piattaforma",
        DeliveryChannel.Email => "E-mail",
        _ => "Lettera",
    };

    public static string Of(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "In attesa",
        DeliveryState.Done => "Consegnato",
        _ => "Fallito",
    };

    public static StateKind KindOf(DeliveryState state) => state switch
    {
        DeliveryState.Waiting => StateKind.Waiting,
        DeliveryState.Done => StateKind.Done,
        _ => StateKind.Warning,
    };

    /// <summary>Of a mail server's refusal the kind is shown as it is.</summary>
    public static string OfError(string error) => error switch
    {
        Delivery.NoAddress => "Manca l'indirizzo postale",
        Delivery.PersonUnknown => "La persona non è più in anagrafe",
        _ => error,
    };
}
