using System.Collections.Frozen;

namespace Platform.Referti.Hl7;

/// <summary>
/// The stable codes of problems: what each answers in an ERR segment (HL7 table 0357), and whether a result
/// that carries it waits for a person.
/// </summary>
internal static class ProblemCodes
{
    // The message cannot be read.
    public const string MissingMsh = "missing-msh";
    public const string InvalidSeparators = "invalid-separators";
    public const string MessageTooLarge = "message-too-large";
    public const string TooManySegments = "too-many-segments";
    public const string SeveralMessages = "several-messages";
    public const string UnsupportedCharset = "unsupported-charset";
    public const string InvalidCharset = "invalid-charset";

    // The message is read, and noted.
    public const string CharsetFallback = "charset-fallback";
    public const string StrayText = "stray-text";

    // The message is refused.
    public const string MissingControlId = "missing-control-id";
    public const string ControlIdTooLong = "control-id-too-long";
    public const string UnsupportedMessageType = "unsupported-message-type";
    public const string UnsupportedEvent = "unsupported-event";
    public const string UnsupportedVersion = "unsupported-version";
    public const string MissingVersion = "missing-version";
    public const string NotProduction = "not-production";
    public const string UnknownSender = "unknown-sender";
    public const string MissingProcessingId = "missing-processing-id";

    // The envelope.
    public const string BatchCountMismatch = "batch-count-mismatch";
    public const string FileCountMismatch = "file-count-mismatch";
    public const string InvalidCount = "invalid-count";
    public const string MissingTrailer = "missing-trailer";
    public const string MissingHeader = "missing-header";
    public const string EmptyBatch = "empty-batch";

    // The patient.
    public const string MissingPatient = "missing-patient";
    public const string SeveralPatients = "several-patients";
    public const string NoNationalIdentifier = "no-national-identifier";
    public const string InvalidIdentifier = "invalid-identifier";
    public const string SeveralIdentifiers = "several-identifiers";
    public const string BirthDatePartial = "birth-date-partial";
    public const string BirthDateInvalid = "birth-date-invalid";

    // The result.
    public const string NoResult = "no-result";
    public const string MissingOrder = "missing-order";
    public const string UnknownTestCode = "unknown-test-code";
    public const string CodingSystemMissing = "coding-system-missing";
    public const string ContradictoryCode = "contradictory-code";
    public const string MissingValue = "missing-value";
    public const string UnknownValue = "unknown-value";
    public const string NumericValue = "numeric-value";
    public const string UnsupportedValueType = "unsupported-value-type";
    public const string TruncatedValue = "truncated-value";
    public const string ContradictoryValue = "contradictory-value";
    public const string ContradictoryFlag = "contradictory-flag";
    public const string ContradictoryResults = "contradictory-results";
    public const string PooledSpecimen = "pooled-specimen";
    public const string MissingStatus = "missing-status";
    public const string UnknownStatus = "unknown-status";
    public const string NoOverallResult = "no-overall-result";
    public const string TargetsDiffer = "targets-differ";
    public const string SeveralSpecimens = "several-specimens";
    public const string SpecimenUncoded = "specimen-uncoded";
    public const string InvalidTime = "invalid-time";
    public const string AmbiguousTime = "ambiguous-time";

    private static readonly FrozenSet<string> InDoubt = new[]
    {
        MissingPatient, UnknownTestCode, ContradictoryCode, MissingValue, UnknownValue, NumericValue,
        UnsupportedValueType, TruncatedValue, ContradictoryValue, ContradictoryFlag, ContradictoryResults,
        MissingStatus, UnknownStatus, NoOverallResult, StrayText,
    }.ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Table0357 = new Dictionary<string, string>
    {
        [MissingMsh] = "100", [SeveralMessages] = "100", [MissingOrder] = "100", [StrayText] = "100",
        [MissingPatient] = "100", [NoResult] = "100", [MissingTrailer] = "100", [MissingHeader] = "100",
        [MissingControlId] = "101", [MissingVersion] = "101", [MissingProcessingId] = "101",
        [MissingValue] = "101", [MissingStatus] = "101", [NoNationalIdentifier] = "101", [NoOverallResult] = "101",
        [UnknownTestCode] = "103", [UnknownValue] = "103", [UnknownStatus] = "103",
        // The keys that matching looked for: a control id used twice, a person or a sample that is not there.
        ["duplicate-control-id"] = "205", ["person-unknown"] = "204", ["nothing-to-annul"] = "204", ["no-fiscal-code"] = "101",
        [UnknownSender] = "204", [UnsupportedMessageType] = "200", [UnsupportedEvent] = "201", [NotProduction] = "202",
        [UnsupportedVersion] = "203", [MessageTooLarge] = "207", [TooManySegments] = "207",
    }.ToFrozenDictionary();

    public static bool PutsInDoubt(string code) => InDoubt.Contains(code);

    /// <summary>The code of HL7 table 0357; 102, data type error, where nothing says it better.</summary>
    public static string ErrorCode(string code) => Table0357.GetValueOrDefault(code, "102");

    public static string ErrorText(string errorCode) => errorCode switch
    {
        "100" => "Segment sequence error",
        "101" => "Required field missing",
        "102" => "Data type error",
        "103" => "Table value not found",
        "200" => "Unsupported message type",
        "201" => "Unsupported event code",
        "202" => "Unsupported processing id",
        "203" => "Unsupported version id",
        "204" => "Unknown key identifier",
        "205" => "Duplicate key identifier",
        _ => "Application internal error",
    };
}
