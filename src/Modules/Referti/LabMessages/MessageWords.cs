using System.Collections.Frozen;
using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Referti.Fhir;
using Platform.Referti.Hl7;
using Platform.Referti.Unmatched;

namespace Platform.Referti.LabMessages;

/// <summary>How the states of a message, and what is wrong with it, are called: Italian, the keys of their translations.</summary>
internal static class MessageWords
{
    private static readonly FrozenDictionary<string, string> Problems = new Dictionary<string, string>
    {
        [ProblemCodes.InvalidSeparators] = "I separatori dichiarati nel segmento MSH non sono validi.",
        [ProblemCodes.MessageTooLarge] = "Il messaggio è troppo grande.",
        [ProblemCodes.TooManySegments] = "Il messaggio ha troppi segmenti.",
        [ProblemCodes.SeveralMessages] = "Più messaggi arrivano come se fossero uno.",
        [ProblemCodes.UnsupportedCharset] = "L'insieme di caratteri dichiarato non è tra quelli letti.",
        [ProblemCodes.InvalidCharset] = "I byte non corrispondono all'insieme di caratteri dichiarato.",
        [ProblemCodes.CharsetFallback] = "L'insieme di caratteri non corrisponde: il testo è stato letto come Windows-1252.",
        [ProblemCodes.UnsupportedMessageType] = "Il tipo di messaggio non è ORU^R01.",
        [ProblemCodes.UnsupportedEvent] = "L'evento non è R01.",
        [ProblemCodes.UnsupportedVersion] = "La versione di HL7 non è tra quelle lette (da 2.3 a 2.7.1).",
        [ProblemCodes.MissingVersion] = "Manca la versione di HL7.",
        [ProblemCodes.NotProduction] = "Il messaggio non è di produzione.",
        [ProblemCodes.MissingProcessingId] = "Il messaggio non dice se è di produzione.",
        [ProblemCodes.SeveralPatients] = "Il messaggio parla di più persone.",
        [ProblemCodes.NoNationalIdentifier] = "Il messaggio non ha un identificativo nazionale della persona.",
        [ProblemCodes.InvalidIdentifier] = "Un identificativo della persona non è valido.",
        [ProblemCodes.SeveralIdentifiers] = "La persona ha più identificativi dello stesso tipo.",
        [ProblemCodes.BirthDatePartial] = "La data di nascita è incompleta.",
        [ProblemCodes.BirthDateInvalid] = "La data di nascita non è valida.",
        [ProblemCodes.MissingOrder] = "Un risultato sta fuori da ogni ordine (manca OBR).",
        [ProblemCodes.CodingSystemMissing] = "Un codice non dice a quale tabella appartiene.",
        [ProblemCodes.PooledSpecimen] = "Il campione è di più persone (pool).",
        [ProblemCodes.TargetsDiffer] = "I bersagli genici non concordano tra loro.",
        [ProblemCodes.SeveralSpecimens] = "Il messaggio descrive più campioni per lo stesso ordine.",
        [ProblemCodes.SpecimenUncoded] = "Il tipo di campione è scritto solo a parole.",
        [ProblemCodes.InvalidTime] = "Un orario non si legge.",
        [ProblemCodes.AmbiguousTime] = "Un orario cade nell'ora ripetuta del cambio d'ora.",
        [FhirProblems.InvalidJson] = "Il contenuto non è JSON leggibile.",
        [FhirProblems.NotABundle] = "Il contenuto non è un Bundle FHIR R4.",
        [FhirProblems.UnsupportedBundleType] = "Il Bundle non è di un tipo accettato.",
        [FhirProblems.UnsupportedMethod] = "Il Bundle chiede un'operazione che qui non si fa.",
        [FhirProblems.DanglingReference] = "Un riferimento porta a qualcosa che il Bundle non contiene.",
        [FhirProblems.UnknownSystem] = "Un identificativo della persona è di un sistema non conosciuto.",
    }.ToFrozenDictionary();

    public static string OfProblem(string code) => Problems.GetValueOrDefault(code) ?? WaitingReason.Of(code).Text;

    public static string Of(LabMessageState state) => state switch
    {
        LabMessageState.Accepted => "In lavorazione",
        LabMessageState.Issued => "Refertato",
        LabMessageState.Waiting => "Da abbinare",
        LabMessageState.WithoutReports => "Senza referti",
        _ => "Rifiutato",
    };

    public static StateKind KindOf(LabMessageState state) => state switch
    {
        LabMessageState.Accepted => StateKind.Neutral,
        LabMessageState.Issued => StateKind.Done,
        LabMessageState.Waiting => StateKind.Waiting,
        LabMessageState.Refused => StateKind.Stopped,
        _ => StateKind.Neutral,
    };

    public static string Of(OutcomeState? outcome) => outcome switch
    {
        OutcomeState.Issued => "Refertato",
        OutcomeState.Repeated => "Già noto",
        OutcomeState.Waiting => "Da abbinare",
        OutcomeState.Discarded => "Scartato",
        _ => "In lavorazione",
    };
}
