using System.Collections.Frozen;
using Platform.Referti.Hl7;

namespace Platform.Referti.Fhir;

/// <summary>What only FHIR can have wrong, and what each problem is called in an OperationOutcome (issue-type).</summary>
internal static class FhirProblems
{
    public const string InvalidJson = "invalid-json";
    public const string NotABundle = "not-a-bundle";
    public const string UnsupportedBundleType = "unsupported-bundle-type";
    public const string UnsupportedMethod = "unsupported-method";

    /// <summary>A reference to something that the Bundle does not hold. It is noted; what is then missing is said by itself.</summary>
    public const string DanglingReference = "dangling-reference";

    /// <summary>An identifier of a person in a system that is not one of those known.</summary>
    public const string UnknownSystem = "unknown-system";

    private static readonly FrozenDictionary<string, string> IssueTypes = new Dictionary<string, string>
    {
        [InvalidJson] = "structure", [NotABundle] = "structure", [ProblemCodes.InvalidCharset] = "structure",
        [UnsupportedBundleType] = "not-supported", [UnsupportedMethod] = "not-supported", [ProblemCodes.NotProduction] = "not-supported",
        [ProblemCodes.MessageTooLarge] = "too-long", [ProblemCodes.TooManySegments] = "too-long", [ProblemCodes.ControlIdTooLong] = "too-long",
        [DanglingReference] = "not-found", ["person-unknown"] = "not-found", ["nothing-to-annul"] = "not-found",
        [ProblemCodes.MissingPatient] = "required", [ProblemCodes.MissingValue] = "required", [ProblemCodes.MissingStatus] = "required",
        [ProblemCodes.NoResult] = "required", ["no-fiscal-code"] = "required", [ProblemCodes.NoNationalIdentifier] = "required",
        [ProblemCodes.UnknownTestCode] = "code-invalid", [ProblemCodes.UnknownValue] = "code-invalid", [ProblemCodes.UnknownStatus] = "code-invalid",
        [UnknownSystem] = "code-invalid", ["duplicate-control-id"] = "duplicate",
        [ProblemCodes.InvalidTime] = "value", [ProblemCodes.BirthDateInvalid] = "value", [ProblemCodes.InvalidIdentifier] = "value",
    }.ToFrozenDictionary();

    public static string IssueTypeOf(string code) => IssueTypes.GetValueOrDefault(code, "business-rule");
}
