using System.Collections.Frozen;
using Platform.Referti.Hl7;

namespace Platform.Referti.Unmatched;

/// <summary>Why a result waits for a person: a stable code, what the screens say (Italian, the key of its translation),
/// what the acknowledgement says (English), and whether it may go by itself when the registry or the samples change.</summary>
internal sealed record WaitingReason(string Code, string Text, string InEnglish, bool MayPass)
{
    public const int CodeLength = 60;

    public const string Preliminary = "preliminary";
    public const string CannotBeDone = "cannot-be-done";
    public const string FutureTime = "future-time";
    public const string IdentityContradicts = "identity-contradicts";
    public const string FiscalCodeInvalid = "fiscal-code-invalid";
    public const string NoFiscalCode = "no-fiscal-code";
    public const string PersonUnknown = "person-unknown";
    public const string SeveralPersons = "several-persons";
    public const string SeveralRequests = "several-requests";
    public const string SeveralSamples = "several-samples";
    public const string OtherLab = "other-lab";
    public const string OtherTest = "other-test";
    public const string NotCollected = "not-collected";
    public const string ContradictsIssued = "contradicts-issued";
    public const string AnnulledBefore = "annulled-before";
    public const string NothingToAnnul = "nothing-to-annul";
    public const string DuplicateControlId = "duplicate-control-id";
    public const string ReportedElsewhere = "reported-elsewhere";
    public const string NotProcessed = "not-processed";

    private static readonly FrozenDictionary<string, WaitingReason> Table = new WaitingReason[]
    {
        new(Preliminary, "Il risultato è preliminare: si attende il definitivo.", "The result is preliminary: the final one is awaited.", false),
        new(CannotBeDone, "Il laboratorio dichiara che l'esame non si può eseguire.", "The laboratory says that the test cannot be done.", false),
        new(FutureTime, "Un orario del messaggio è nel futuro.", "A time of the message lies in the future.", false),
        new(IdentityContradicts, "Il numero del campione è di un'altra persona, o i dati della persona si contraddicono.", "The sample's number belongs to another person, or the person's data contradict each other.", true),
        new(FiscalCodeInvalid, "Il codice fiscale non è valido.", "The codice fiscale is not valid.", false),
        new(NoFiscalCode, "Manca il codice fiscale, e il numero del campione non è tra i nostri.", "There is no codice fiscale, and the sample's number is not one of ours.", true),
        new(PersonUnknown, "Nessuna persona dell'anagrafe ha questo codice fiscale.", "Nobody in the registry has this codice fiscale.", true),
        new(SeveralPersons, "Più persone dell'anagrafe hanno questo codice fiscale.", "Several people in the registry have this codice fiscale.", true),
        new(SeveralRequests, "La persona ha più richieste in attesa per questo esame.", "The person has several open requests for this test.", true),
        new(SeveralSamples, "I numeri del messaggio indicano campioni diversi.", "The numbers of the message name different samples.", true),
        new(OtherLab, "Il campione è destinato a un altro laboratorio.", "The sample was sent to another laboratory.", true),
        new(OtherTest, "Il campione è per un esame di altro tipo.", "The sample is for a test of another kind.", true),
        new(NotCollected, "La richiesta non ha un campione prelevato, o è annullata.", "The request has no collected sample, or was withdrawn.", true),
        new(ContradictsIssued, "C'è già un referto con un esito diverso, e il messaggio non si dichiara correzione.", "A report with another result was issued, and the message does not declare itself a correction.", false),
        new(AnnulledBefore, "Il referto di questo campione è stato annullato.", "The report on this sample was annulled.", false),
        new(NothingToAnnul, "Non c'è un referto da annullare.", "There is no report to annul.", false),
        new(ReportedElsewhere, "Per questo campione c'è già un referto di un'altra provenienza.", "Another report was already issued on this sample.", false),
        new(DuplicateControlId, "Un altro messaggio con lo stesso identificativo ha un contenuto diverso.", "Another message with the same control id has other content.", false),
        new(NotProcessed, "Il sistema non è riuscito a elaborarlo: lo abbini una persona.", "The platform could not work it: a person has to.", true),
        new(ProblemCodes.NoResult, "Il messaggio non contiene alcun risultato.", "The message holds no result.", false),
        new(ProblemCodes.MissingPatient, "Il messaggio non dice di chi è il risultato.", "The message does not say whose result it is.", false),
        new(ProblemCodes.UnknownTestCode, "Il codice dell'esame non è tra quelli conosciuti.", "The code of the test is not in the tables.", false),
        new(ProblemCodes.ContradictoryCode, "I codici dell'esame si contraddicono.", "The codes of the test contradict each other.", false),
        new(ProblemCodes.MissingValue, "Manca il valore del risultato.", "The result has no value.", false),
        new(ProblemCodes.UnknownValue, "Il valore del risultato non è tra quelli conosciuti.", "The value of the result is not in the tables.", false),
        new(ProblemCodes.NumericValue, "Il valore è un numero, e non si legge come esito.", "The value is a figure, which is not read as an answer.", false),
        new(ProblemCodes.UnsupportedValueType, "Il valore è di un tipo che non si legge come esito.", "The value is of a type that is not read as an answer.", false),
        new(ProblemCodes.TruncatedValue, "Il valore è stato troncato dal laboratorio.", "The value was truncated by the sender.", false),
        new(ProblemCodes.ContradictoryValue, "Codici e testi del valore si contraddicono.", "The codes and texts of the value contradict each other.", false),
        new(ProblemCodes.ContradictoryFlag, "L'indicatore di anomalia contraddice il valore.", "The interpretation flag contradicts the value.", false),
        new(ProblemCodes.ContradictoryResults, "Lo stesso esame ha esiti diversi nello stesso messaggio.", "The same test has different results in one message.", false),
        new(ProblemCodes.MissingStatus, "Il messaggio non dice se il risultato è definitivo.", "The message does not say whether the result is final.", false),
        new(ProblemCodes.UnknownStatus, "Lo stato del risultato non è tra quelli conosciuti.", "The status of the result is not in the tables.", false),
        new(ProblemCodes.NoOverallResult, "Ci sono i bersagli genici, ma non il risultato complessivo.", "There are gene targets and no overall result.", false),
        new(ProblemCodes.StrayText, "Una riga del messaggio non si legge, e può essere parte del risultato.", "A line of the message cannot be read and may be part of the result.", false),
    }.ToFrozenDictionary(reason => reason.Code);

    public static IEnumerable<WaitingReason> All => Table.Values.OrderBy(r => r.Text, StringComparer.CurrentCulture);

    public static WaitingReason Of(string code) =>
        Table.GetValueOrDefault(code) ?? new(code, "Il messaggio va letto da una persona.", "The message needs a person's eyes.", false);

    /// <summary>As it stands in the acknowledgement.</summary>
    public Hl7Problem AsProblem(int observation) =>
        new(Code, "OBX", observation == 0 ? null : observation, null, InEnglish);
}
