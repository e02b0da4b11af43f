using System.Collections.Frozen;

namespace Platform.Referti.Hl7;

internal enum ResultValue
{
    /// <summary>Not in the tables: a person decides.</summary>
    Unknown,
    Detected,
    NotDetected,
    Inconclusive,

    /// <summary>Awaits confirmation; it is not a positive.</summary>
    PresumptivePositive,
    Invalid,
    Unsuitable,
}

/// <summary>
/// The values that are understood: SNOMED CT codes, and exact words that laboratories write where they send no code.
/// Never part of a text: "Not detected" contains "detected", "Negative *** High ***" is nobody's negative.
/// </summary>
internal static class ResultValues
{
    public const string NotDetectedInPool = "895231008";

    private static readonly FrozenDictionary<string, ResultValue> Snomed = new Dictionary<string, ResultValue>
    {
        ["260373001"] = ResultValue.Detected,
        ["10828004"] = ResultValue.Detected,
        ["260415000"] = ResultValue.NotDetected,
        ["260385009"] = ResultValue.NotDetected,
        [NotDetectedInPool] = ResultValue.NotDetected,
        ["419984006"] = ResultValue.Inconclusive,
        ["42425007"] = ResultValue.Inconclusive,
        ["82334004"] = ResultValue.Inconclusive,
        ["720735008"] = ResultValue.PresumptivePositive,
        ["455371000124106"] = ResultValue.Invalid,
        ["125154007"] = ResultValue.Unsuitable,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ResultValue> Words = Build();

    public static IEnumerable<string> KnownWords => Words.Keys;

    public static ResultValue OfSnomed(string? code) => code is null ? ResultValue.Unknown : Snomed.GetValueOrDefault(code);

    /// <summary>Trimmed, in any case; the whole text or nothing.</summary>
    public static ResultValue OfWords(string? text)
        => text is null ? ResultValue.Unknown : Words.GetValueOrDefault(text.Trim().ToUpperInvariant());

    private static FrozenDictionary<string, ResultValue> Build()
    {
        var table = new Dictionary<string, ResultValue>(StringComparer.Ordinal);
        Add(ResultValue.Detected,
            "POSITIVO", "POSITIVA", "POSITIVE", "POS", "DETECTED", "DET", "RILEVATO", "RILEVATA", "REATTIVO", "REACTIVE");
        Add(ResultValue.NotDetected,
            "NEGATIVO", "NEGATIVA", "NEGATIVE", "NEG", "NOT DETECTED", "NDET", "NON RILEVATO", "NON RILEVATA",
            "NON RILEVABILE", "NON REATTIVO", "NON REACTIVE", "NON-REACTIVE", "NOT DETECTED IN POOLED SPECIMEN");
        Add(ResultValue.Inconclusive,
            "INCONCLUSIVE", "INCONCLUSIVE RESULT", "INDETERMINATE", "EQUIVOCAL", "INCONCLUSIVO", "NON CONCLUSIVO",
            "INDETERMINATO", "INDETERMINATA", "DUBBIO", "DUBBIA", "EQUIVOCO");
        Add(ResultValue.PresumptivePositive,
            "PRESUMPTIVE POSITIVE", "PRESUNTO POSITIVO", "POSITIVO PRESUNTO", "PRESUNTA POSITIVA");
        Add(ResultValue.Invalid, "INVALID", "INVALID RESULT", "INVALIDO", "NON VALIDO");
        Add(ResultValue.Unsuitable,
            "SPECIMEN UNSATISFACTORY", "SPECIMEN UNSATISFACTORY FOR EVALUATION", "UNSATISFACTORY SPECIMEN",
            "CAMPIONE NON IDONEO", "CAMPIONE INADEGUATO", "NON IDONEO");
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(ResultValue value, params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                table.Add(word, value);
            }
        }
    }
}
