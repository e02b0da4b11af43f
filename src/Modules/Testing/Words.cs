using Platform.Patients.Contracts.FiscalCodes;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing;

/// <summary>The words for the module's enums: Italian, keys of their translations.</summary>
internal static class Words
{
    public static string Of(SwabRequestState state) => state switch
    {
        SwabRequestState.Requested => "Richiesto",
        SwabRequestState.Booked => "Prenotato",
        SwabRequestState.Collected => "Prelevato",
        SwabRequestState.Sent => "Spedito",
        SwabRequestState.Received => "Ricevuto dal laboratorio",
        SwabRequestState.Reported => "Refertato",
        SwabRequestState.Cancelled => "Annullato",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Of(TestType test) => test switch
    {
        TestType.Molecular => "Tampone molecolare",
        TestType.Antigen => "Tampone antigenico",
        TestType.Serology => "Test sierologico",
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    public static string Of(SwabReason reason) => reason switch
    {
        SwabReason.Symptoms => "Sintomi",
        SwabReason.Contact => "Contatto stretto di un caso",
        SwabReason.School => "Caso o contatto a scuola",
        SwabReason.Screening => "Screening",
        SwabReason.Admission => "Prima di un ricovero",
        SwabReason.EndOfIsolation => "Fine isolamento o quarantena",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static string Of(Sex sex) => sex == Sex.Female ? "Femmina" : "Maschio";
}
