using System.Globalization;
using System.Text;

namespace Platform.Patients.Contracts.FiscalCodes;

/// <summary>The outcome of a reading as a sentence for who typed the code: in Italian, or in English for any other language.</summary>
public static class FiscalCodeFaultText
{
    private static readonly string[] ItalianMonths =
        ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"];

    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static string MonthLetters => string.Join(' ', FiscalCode.MonthLetters.AsEnumerable());

    private static string OmocodiaLetters => string.Join(' ', FiscalCode.OmocodiaLetters.AsEnumerable());

    /// <summary>
    /// One or two whole sentences. They quote characters of the code, the place and the date of birth:
    /// for the screen, never for a log.
    /// </summary>
    /// <param name="reading">Any reading, a valid one too.</param>
    /// <param name="culture">Italian when its two-letter name is 'it', English otherwise.</param>
    public static string Describe(this FiscalCodeReading reading, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(culture);

        return culture.TwoLetterISOLanguageName == "it" ? Italian(reading) : English(reading);
    }

    private static string Italian(FiscalCodeReading reading) => reading.Reason switch
    {
        FiscalCodeFault.None => "Il codice fiscale è scritto correttamente.",
        FiscalCodeFault.Empty => "Manca il codice fiscale: scriva i 16 caratteri che si leggono sulla tessera sanitaria.",
        FiscalCodeFault.NumericCode =>
            "Questo è un codice numerico di 11 cifre, di una persona giuridica oppure provvisorio: non è il codice di 16 caratteri di una persona.",
        FiscalCodeFault.NumericCodeMistyped =>
            "Questo è un codice numerico di 11 cifre, di una persona giuridica oppure provvisorio, non il codice di 16 caratteri di una persona; inoltre la sua cifra di controllo non torna.",
        FiscalCodeFault.Length => reading.Code.Length < FiscalCode.Length
            ? $"Il codice ha {ItalianCharacters(reading.Code.Length)}, deve averne 16: {ItalianMissing(FiscalCode.Length - reading.Code.Length)}."
            : $"Il codice ha {ItalianCharacters(reading.Code.Length)}, deve averne 16: {ItalianExtra(reading.Code.Length - FiscalCode.Length)}.",
        FiscalCodeFault.StpCode => "Questo è un codice STP (straniero temporaneamente presente), non un codice fiscale: lo indichi come STP.",
        FiscalCodeFault.EniCode => "Questo è un codice ENI (europeo non iscritto), non un codice fiscale: lo indichi come ENI.",
        FiscalCodeFault.CharacterNotAllowed => ItalianCharacter(reading),
        FiscalCodeFault.MonthLetter =>
            $"La lettera del mese (posizione 9) è «{reading.Code[8]}»: non esiste; i mesi sono {MonthLetters}.",
        FiscalCodeFault.Day =>
            $"Il giorno di nascita (posizioni 10-11) è {Part(reading, 9, 2)}: va da 01 a 31 per i maschi e da 41 a 71 per le femmine.",
        FiscalCodeFault.DateDoesNotExist => ItalianDate(reading),
        FiscalCodeFault.DateInFuture =>
            $"La data di nascita del codice, {Date(reading)}, è nel futuro: controlli l'anno (posizioni 7-8).",
        FiscalCodeFault.PlaceUnknown =>
            $"Il luogo di nascita (posizioni 12-15) è «{Part(reading, 11, 4)}»: nessun comune e nessuno Stato ha questo codice.",
        FiscalCodeFault.PlaceNotAtThatDate =>
            $"Il luogo di nascita (posizioni 12-15) è {Place(reading)}, che il {Date(reading)} non esisteva con questo codice: controlli il luogo e la data di nascita.",
        FiscalCodeFault.CheckCharacter =>
            $"Il carattere di controllo «{reading.Code[15]}» (posizione 16) non concorda con gli altri 15: probabilmente c'è un errore di battitura, lì o altrove.",
        _ => throw new ArgumentOutOfRangeException(nameof(reading), reading.Reason, "A fault without a sentence."),
    };

    private static string English(FiscalCodeReading reading) => reading.Reason switch
    {
        FiscalCodeFault.None => "The codice fiscale is written correctly.",
        FiscalCodeFault.Empty => "The codice fiscale is missing: write the 16 characters that are on the health card.",
        FiscalCodeFault.NumericCode =>
            "This is an 11-digit numeric code, of a legal person or provisional: it is not a person's 16-character code.",
        FiscalCodeFault.NumericCodeMistyped =>
            "This is an 11-digit numeric code, of a legal person or provisional, not a person's 16-character code; besides, its check digit does not agree.",
        FiscalCodeFault.Length => reading.Code.Length < FiscalCode.Length
            ? $"The code has {EnglishCharacters(reading.Code.Length)} and must have 16: {EnglishCount(FiscalCode.Length - reading.Code.Length)} missing."
            : $"The code has {EnglishCharacters(reading.Code.Length)} and must have 16: {EnglishCount(reading.Code.Length - FiscalCode.Length)} too many.",
        FiscalCodeFault.StpCode => "This is an STP code (foreigner temporarily present), not a codice fiscale: enter it as an STP.",
        FiscalCodeFault.EniCode => "This is an ENI code (European citizen without cover), not a codice fiscale: enter it as an ENI.",
        FiscalCodeFault.CharacterNotAllowed => EnglishCharacter(reading),
        FiscalCodeFault.MonthLetter =>
            $"The month letter (position 9) is “{reading.Code[8]}”: there is no such month; the months are {MonthLetters}.",
        FiscalCodeFault.Day =>
            $"The day of birth (positions 10-11) is {Part(reading, 9, 2)}: it goes from 01 to 31 for males and from 41 to 71 for females.",
        FiscalCodeFault.DateDoesNotExist => EnglishDate(reading),
        FiscalCodeFault.DateInFuture =>
            $"The date of birth in the code, {Date(reading)}, is in the future: check the year (positions 7-8).",
        FiscalCodeFault.PlaceUnknown =>
            $"The place of birth (positions 12-15) is “{Part(reading, 11, 4)}”: no municipality and no state has this code.",
        FiscalCodeFault.PlaceNotAtThatDate =>
            $"The place of birth (positions 12-15) is {Place(reading)}, which did not exist under this code on {Date(reading)}: check the place and the date of birth.",
        FiscalCodeFault.CheckCharacter =>
            $"The check character “{reading.Code[15]}” (position 16) does not agree with the other 15: there is probably a typing error, there or elsewhere.",
        _ => throw new ArgumentOutOfRangeException(nameof(reading), reading.Reason, "A fault without a sentence."),
    };

    private static string ItalianCharacters(int count) => count == 1 ? "1 carattere" : $"{count} caratteri";

    private static string ItalianMissing(int count) => count == 1 ? "ne manca 1" : $"ne mancano {count}";

    private static string ItalianExtra(int count) => count == 1 ? "ce n'è 1 di troppo" : $"ce ne sono {count} di troppo";

    private static string EnglishCharacters(int count) => count == 1 ? "1 character" : $"{count} characters";

    private static string EnglishCount(int count) => count == 1 ? "1 is" : $"{count} are";

    private static string ItalianCharacter(FiscalCodeReading reading)
    {
        var index = Index(reading);
        var found = Printable(reading.Code, index) is { } shown ? $"«{shown}»" : "un segno che non si vede";
        var expected = index switch
        {
            < 3 => "una lettera del cognome",
            < 6 => "una lettera del nome",
            < 8 => "una cifra dell'anno di nascita",
            8 => "la lettera del mese",
            < 11 => "una cifra del giorno di nascita",
            11 => "la lettera con cui comincia il codice del luogo di nascita",
            < 15 => "una cifra del codice del luogo di nascita",
            _ => "la lettera di controllo",
        };
        var omocodia = FiscalCode.IsDigitIndex(index) ? $" (oppure, nei codici con omocodia, una lettera tra {OmocodiaLetters})" : "";
        var hint = LookAlike(reading.Code[index], index) is { } meant ? $" Forse voleva scrivere «{meant}»." : "";
        return $"Il carattere in posizione {index + 1} è {found}: lì va {expected}{omocodia}.{hint}";
    }

    private static string EnglishCharacter(FiscalCodeReading reading)
    {
        var index = Index(reading);
        var found = Printable(reading.Code, index) is { } shown ? $"“{shown}”" : "a sign that cannot be seen";
        var expected = index switch
        {
            < 3 => "a letter of the family name",
            < 6 => "a letter of the given name",
            < 8 => "a digit of the year of birth",
            8 => "the letter of the month",
            < 11 => "a digit of the day of birth",
            11 => "the letter that begins the code of the place of birth",
            < 15 => "a digit of the code of the place of birth",
            _ => "the check letter",
        };
        var omocodia = FiscalCode.IsDigitIndex(index) ? $" (or, in codes with omocodia, one of the letters {OmocodiaLetters})" : "";
        var hint = LookAlike(reading.Code[index], index) is { } meant ? $" Perhaps you meant “{meant}”." : "";
        return $"The character at position {index + 1} is {found}: there goes {expected}{omocodia}.{hint}";
    }

    private static string ItalianDate(FiscalCodeReading reading)
    {
        var (day, month) = DayAndMonth(reading);
        return day == 29
            ? $"Il 29 febbraio non esiste negli anni che finiscono per {Part(reading, 6, 2)}: controlli la data di nascita (posizioni 7-11)."
            : $"Il {day} {ItalianMonths[month - 1]} non esiste: controlli il mese (posizione 9) e il giorno di nascita (posizioni 10-11).";
    }

    private static string EnglishDate(FiscalCodeReading reading)
    {
        var (day, month) = DayAndMonth(reading);
        return day == 29
            ? $"There is no 29 February in the years that end in {Part(reading, 6, 2)}: check the date of birth (positions 7-11)."
            : $"There is no {day} {EnglishMonths[month - 1]}: check the month (position 9) and the day of birth (positions 10-11).";
    }

    private static (int Day, int Month) DayAndMonth(FiscalCodeReading reading)
    {
        var day = int.Parse(Part(reading, 9, 2), CultureInfo.InvariantCulture);
        return (day > 40 ? day - 40 : day, FiscalCode.MonthLetters.IndexOf(reading.Code[8], StringComparison.Ordinal) + 1);
    }

    private static int Index(FiscalCodeReading reading) => reading.Position.GetValueOrDefault(1) - 1;

    private static string Part(FiscalCodeReading reading, int start, int length) =>
        FiscalCode.WithDigits(reading.Code).Substring(start, length);

    private static string? Date(FiscalCodeReading reading) =>
        reading.RefusedDate?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string? Place(FiscalCodeReading reading) => reading.RefusedPlace switch
    {
        null => null,
        { Province: "" } place => $"{place.Name} ({place.Code})",
        var place => $"{place.Name} ({place.Province}, {place.Code})",
    };

    private static string? Printable(string code, int index) =>
        Rune.TryGetRuneAt(code, index, out var rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            ? rune.ToString()
            : null;

    private static char? LookAlike(char typed, int index)
    {
        if (FiscalCode.IsDigitIndex(index))
        {
            return typed switch { 'O' => '0', 'I' => '1', 'Z' => '2', 'B' => '8', _ => null };
        }

        char? letter = typed switch { '0' => 'O', '1' => 'I', '2' => 'Z', '5' => 'S', '8' => 'B', _ => null };
        return index switch
        {
            8 when letter is { } month && !FiscalCode.MonthLetters.Contains(month) => null,
            11 when letter is 'O' or 'S' => null,
            _ => letter,
        };
    }
}
