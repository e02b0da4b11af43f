using System.Globalization;
using Platform.Patients.Contracts.FiscalCodes;
using Xunit;

namespace Platform.Tests.Patients.FiscalCodes;

public sealed class FaultTextTests
{
    private static readonly CultureInfo Italian = CultureInfo.GetCultureInfo("it-IT");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    [Fact]
    public void Each_fault_has_its_own_sentence_in_both_languages()
    {
        var readings = OneOfEach();
        Assert.Equal(Enum.GetValues<FiscalCodeFault>(), readings.Select(reading => reading.Reason));

        var sentences = readings.SelectMany(reading => (string[])[reading.Describe(Italian), reading.Describe(English)]).ToList();

        Assert.All(sentences, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.Equal(sentences.Count, sentences.Distinct().Count());
    }

    [Theory]
    [InlineData("it", true)]
    [InlineData("it-CH", true)]
    [InlineData("en", false)]
    [InlineData("de-IT", false)]
    [InlineData("", false)]
    public void Any_language_but_Italian_reads_English(string culture, bool italian)
    {
        var reading = Places.Read("");

        Assert.Equal(reading.Describe(italian ? Italian : English), reading.Describe(CultureInfo.GetCultureInfo(culture)));
    }

    [Theory]
    [InlineData("RSSMRA80F01H501U", "La lettera del mese (posizione 9) è «F»: non esiste; i mesi sono A B C D E H L M P R S T.")]
    [InlineData("RSSMRA80A01H501", "Il codice ha 15 caratteri, deve averne 16: ne manca 1.")]
    [InlineData("R", "Il codice ha 1 carattere, deve averne 16: ne mancano 15.")]
    [InlineData("RSSMRA80A01H501UU", "Il codice ha 17 caratteri, deve averne 16: ce n'è 1 di troppo.")]
    [InlineData("RSSMRA8OA01H501U", "Il carattere in posizione 8 è «O»: lì va una cifra dell'anno di nascita (oppure, nei codici con omocodia, una lettera tra L M N P Q R S T U V). Forse voleva scrivere «0».")]
    [InlineData("RS5MRA80A01H501U", "Il carattere in posizione 3 è «5»: lì va una lettera del cognome. Forse voleva scrivere «S».")]
    [InlineData("RSSMRA80001H501U", "Il carattere in posizione 9 è «0»: lì va la lettera del mese.")]
    [InlineData("RSSMRA80A010501U", "Il carattere in posizione 12 è «0»: lì va la lettera con cui comincia il codice del luogo di nascita.")]
    [InlineData("RSSMRA80A01\u0001501U", "Il carattere in posizione 12 è un segno che non si vede: lì va la lettera con cui comincia il codice del luogo di nascita.")]
    [InlineData("\U0001F600SMRA80A01H501U", "Il carattere in posizione 1 è «\U0001F600»: lì va una lettera del cognome.")]
    [InlineData("RSSMRA80A3NH501U", "Il giorno di nascita (posizioni 10-11) è 32: va da 01 a 31 per i maschi e da 41 a 71 per le femmine.")]
    [InlineData("RSSMRA80D71H501U", "Il 31 aprile non esiste: controlli il mese (posizione 9) e il giorno di nascita (posizioni 10-11).")]
    [InlineData("RSSMRA81B69H501U", "Il 29 febbraio non esiste negli anni che finiscono per 81: controlli la data di nascita (posizioni 7-11).")]
    [InlineData("RSSMRA99A01X000U", "Il luogo di nascita (posizioni 12-15) è BORGO BREVE (TO, X000), che il 01/01/1999 non esisteva con questo codice: controlli il luogo e la data di nascita.")]
    [InlineData("RSSMRA30A01X003U", "Il luogo di nascita (posizioni 12-15) è BORGO INTERROTTO (X003), che il 01/01/1930 non esisteva con questo codice: controlli il luogo e la data di nascita.")]
    public void The_Italian_sentence_is_concrete(string text, string sentence) =>
        Assert.Equal(sentence, Places.Read(text).Describe(Italian));

    [Theory]
    [InlineData("RSSMRA80F01H501U", "The month letter (position 9) is “F”: there is no such month; the months are A B C D E H L M P R S T.")]
    [InlineData("RSSMRA80A01H5", "The code has 13 characters and must have 16: 3 are missing.")]
    [InlineData("RSSMRA80A01H501UU", "The code has 17 characters and must have 16: 1 is too many.")]
    [InlineData("RSSMRA80A01H5O1U", "The character at position 14 is “O”: there goes a digit of the code of the place of birth (or, in codes with omocodia, one of the letters L M N P Q R S T U V). Perhaps you meant “0”.")]
    [InlineData("RSSMRA80D31H501U", "There is no 31 April: check the month (position 9) and the day of birth (positions 10-11).")]
    public void The_English_sentence_is_concrete(string text, string sentence) =>
        Assert.Equal(sentence, Places.Read(text).Describe(English));

    [Fact]
    public void A_wrong_check_character_is_told_without_the_right_one()
    {
        var wrong = Places.Read("RSSMRA80A01H501A");

        Assert.DoesNotContain("«U»", wrong.Describe(Italian), StringComparison.Ordinal);
        Assert.DoesNotContain("“U”", wrong.Describe(English), StringComparison.Ordinal);
    }

    private static FiscalCodeReading[] OneOfEach() =>
    [
        Places.Read("RSSMRA80A01H501U"),
        Places.Read(null),
        Places.Read("00743110157"),
        Places.Read("00743110158"),
        Places.Read("RSSMRA"),
        Places.Read("STP0010011234567"),
        Places.Read("ENI0010011234567"),
        Places.Read("RSSMR480A01H501U"),
        Places.Read("RSSMRA80F01H501U"),
        Places.Read("RSSMRA80A35H501U"),
        Places.Read("RSSMRA80D31H501U"),
        FiscalCode.Read("RSSMRA80A01H501U", Places.Register, new DateOnly(1979, 12, 31)),
        Places.Read("RSSMRA80A01H999U"),
        Places.Read("RSSMRA99A01X000U"),
        Places.Read("RSSMRA80A01H501A"),
    ];
}
