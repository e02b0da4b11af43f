using System.Text.RegularExpressions;

namespace Platform.Referti.Hl7;

internal enum NationalIdentifierKind
{
    CodiceFiscale,
    Stp,
    Eni,
}

/// <summary>
/// The shapes of the identifiers every Italian health service knows. Only shapes: whether the check character of a
/// codice fiscale holds is for the registry to say.
/// </summary>
internal static partial class NationalIdentifier
{
    public static NationalIdentifierKind? KindOf(string value)
        => CodiceFiscale().IsMatch(value) ? NationalIdentifierKind.CodiceFiscale
            : Stp().IsMatch(value) ? NationalIdentifierKind.Stp
            : Eni().IsMatch(value) ? NationalIdentifierKind.Eni
            : null;

    /// <summary>True also for the eleven digits of a provisional code and the twenty of a health card.</summary>
    public static bool LooksPersonal(string value)
        => KindOf(value.ToUpperInvariant()) is not null
            || (value.Length is 11 or 20 && value.All(char.IsAsciiDigit));

    // Source: HL7 Italia, profile of the codice fiscale; the digits may be letters by omocodia.
    [GeneratedRegex("^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodiceFiscale();

    [GeneratedRegex("^STP[0-9]{13}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Stp();

    [GeneratedRegex("^ENI[0-9]{13}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Eni();
}
