using System.Text.RegularExpressions;

namespace Platform.Patients.Contracts;

/// <summary>By what sort of code a person is known.</summary>
public enum IdentityKind
{
    FiscalCode,

    /// <summary>Straniero temporaneamente presente: half a year, renewable (DPR 394/1999, art. 43).</summary>
    Stp,

    /// <summary>Europeo non iscritto: half a year, renewable.</summary>
    Eni,

    /// <summary>The tax office's provisional codice fiscale: eleven digits.</summary>
    NumericCode,

    /// <summary>Made by this platform for somebody of whom no code is known yet: a newborn, an unknown foreigner.</summary>
    Provisional,
}

/// <summary>What a code is, by its shape alone.</summary>
public static partial class PersonCode
{
    /// <summary>Longest code of any kind.</summary>
    public const int Length = 16;

    /// <summary>Upper case, without blanks.</summary>
    public static string Tidy(string? text) =>
        string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <returns>Null when it has none of these shapes; a codice fiscale is not checked any further here.</returns>
    public static IdentityKind? KindOf(string? text) => Tidy(text) switch
    {
        var code when Stp().IsMatch(code) => IdentityKind.Stp,
        var code when Eni().IsMatch(code) => IdentityKind.Eni,
        var code when Provisional().IsMatch(code) => IdentityKind.Provisional,
        var code when Numeric().IsMatch(code) => IdentityKind.NumericCode,
        var code when Fiscal().IsMatch(code) => IdentityKind.FiscalCode,
        _ => null,
    };

    // Letters, region (ISTAT), issuing ASL or hospital, seven digits in order of issue: STP0010011234567.
    [GeneratedRegex("^STP[0-9]{13}$")]
    private static partial Regex Stp();

    [GeneratedRegex("^ENI[0-9]{13}$")]
    private static partial Regex Eni();

    [GeneratedRegex("^PRV[0-9]{13}$")]
    private static partial Regex Provisional();

    [GeneratedRegex("^[0-9]{11}$")]
    private static partial Regex Numeric();

    [GeneratedRegex("^[A-Z]{6}[0-9A-Z]{10}$")]
    private static partial Regex Fiscal();
}
