using Platform.Patients.Contracts.FiscalCodes;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing;

/// <summary>The words for the module's enums: Italian, keys of their translations.</summary>
internal static class Words
{
    public static string Of(SwabRequestState state) => state switch
    {
        SwabRequestState.Proposed => "Da autorizzare",
        SwabRequestState.MoreInformation => "Da completare",
        SwabRequestState.Refused => "Non autorizzato",
        SwabRequestState.Requested => "Richiesto, senza appuntamento",
        SwabRequestState.Booked => "Prenotato",
        SwabRequestState.CheckedIn => "Arrivato",
        SwabRequestState.Collected => "Prelevato",
        SwabRequestState.Sent => "Spedito",
        SwabRequestState.Received => "Ricevuto dal laboratorio",
        SwabRequestState.Reported => "Refertato",
        SwabRequestState.Failed => "Senza campione valido",
        SwabRequestState.Cancelled => "Annullato",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Of(TestType test) => test switch
    {
        TestType.Molecular => "Tampone molecolare",
        TestType.Antigen => "Tampone antigenico",
        TestType.Saliva => "Test molecolare su saliva",
        TestType.Serology => "Test sierologico",
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    public static string Of(Failure failure) => failure switch
    {
        Failure.Absent => "La persona non c'era",
        Failure.NotPossible => "Prelievo non riuscito o rifiutato",
        Failure.Broken => "Provetta rotta",
        Failure.Leaking => "Provetta che perde",
        Failure.Unlabelled => "Senza etichetta o illeggibile",
        Failure.NotUsable => "Campione insufficiente o provetta sbagliata",
        Failure.Lost => "Mai arrivato al laboratorio",
        Failure.Unsuitable => "Non idoneo secondo il referto",
        _ => throw new ArgumentOutOfRangeException(nameof(failure)),
    };

    public static string Of(PoolState state) => state switch
    {
        PoolState.Waiting => "In attesa di esito",
        PoolState.Negative => "Negativo",
        PoolState.Split => "Da esaminare uno per uno",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Of(Sex sex) => sex == Sex.Female ? "Femmina" : "Maschio";
}
