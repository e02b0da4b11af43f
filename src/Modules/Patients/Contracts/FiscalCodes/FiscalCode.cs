using System.Globalization;
using System.Numerics;
using System.Text;

namespace Platform.Patients.Contracts.FiscalCodes;

/// <summary>
/// The Italian codice fiscale of a person: 16 characters, <c>SSSNNN YYMDD BBBB C</c>.
/// Source: D.M. 23 dicembre 1976, "Sistemi di codificazione dei soggetti da iscrivere all'anagrafe tributaria".
/// </summary>
public static class FiscalCode
{
    internal const int Length = 16;
    internal const string MonthLetters = "ABCDEHLMPRST";
    internal const string OmocodiaLetters = "LMNPQRSTUV";

    private const int FemaleDays = 40;
    private const int NumericLength = 11;

    // 0-based, from the right: the order in which letters take the place of digits.
    private static readonly int[] DigitIndexes = [14, 13, 12, 10, 9, 7, 6];

    // Value of A-Z at an odd position, counted from 1; a digit is worth what the letter of the same rank is.
    private static readonly int[] OddValues =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    /// <summary>
    /// Reads what a person typed or a system sent. Spaces, invisible marks and lower case are put right;
    /// anything else that is wrong is told by <see cref="FiscalCodeReading.Reason"/>, the most helpful one first.
    /// </summary>
    /// <param name="text">Any text, of any length.</param>
    /// <param name="places">The register of places of birth.</param>
    /// <param name="today">The day on which the code is read; nobody is born after it.</param>
    /// <returns>A reading, never null; no text makes it throw.</returns>
    public static FiscalCodeReading Read(string? text, IBirthPlaces places, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(places);

        var code = Normalise(text);
        if (FaultOfShape(code) is { } shape)
        {
            return shape;
        }

        var digits = WithDigits(code);
        var month = MonthLetters.IndexOf(code[8], StringComparison.Ordinal) + 1;
        if (month == 0)
        {
            return Faulty(code, FiscalCodeFault.MonthLetter, 9);
        }

        var codedDay = Number(digits[9..11]);
        var sex = codedDay > FemaleDays ? Sex.Female : Sex.Male;
        var day = sex == Sex.Female ? codedDay - FemaleDays : codedDay;
        if (day is < 1 or > 31)
        {
            return Faulty(code, FiscalCodeFault.Day, 10);
        }

        var dates = DatesOf(Number(digits[6..8]), month, day);
        if (dates.Count == 0)
        {
            return Faulty(code, FiscalCodeFault.DateDoesNotExist, 10);
        }

        var past = dates.FindAll(date => date <= today);
        if (past.Count == 0)
        {
            return Faulty(code, FiscalCodeFault.DateInFuture, 7) with { RefusedDate = dates[^1] };
        }

        if (places.Find(digits[11..15]) is not { } life)
        {
            return Faulty(code, FiscalCodeFault.PlaceUnknown, 12);
        }

        var place = new BirthPlace(life.Code, life.Name, life.Province);
        var births = past.FindAll(life.ExistedOn);
        if (births.Count == 0)
        {
            return Faulty(code, FiscalCodeFault.PlaceNotAtThatDate, 12) with { RefusedDate = past[0], RefusedPlace = place };
        }

        if (CheckCharacter(code.AsSpan(0, 15)) != code[15])
        {
            return Faulty(code, FiscalCodeFault.CheckCharacter, 16);
        }

        return new FiscalCodeReading(code)
        {
            Sex = sex,
            BirthDate = births[0],
            OtherBirthDate = births.Count > 1 ? births[1] : null,
            BirthPlace = place,
            IsOmocodia = !digits.AsSpan(0, 15).SequenceEqual(code.AsSpan(0, 15)),
        };
    }

    /// <summary>The code that these data give. The person's own may differ: by omocodia, or because the register wrote the names otherwise.</summary>
    /// <param name="familyName">The whole family name (the one at birth); accents, apostrophes, hyphens and spaces do no harm.</param>
    /// <param name="givenName">All the given names, in order.</param>
    /// <param name="sex">The sex at the register.</param>
    /// <param name="birthDate">Any date; the century is lost.</param>
    /// <param name="placeCode">Belfiore code, one letter and three digits.</param>
    /// <exception cref="ArgumentException">A name has no Latin letter, or the place code has another shape.</exception>
    public static string Compute(string familyName, string givenName, Sex sex, DateOnly birthDate, string placeCode)
    {
        ArgumentNullException.ThrowIfNull(familyName);
        ArgumentNullException.ThrowIfNull(givenName);
        ArgumentNullException.ThrowIfNull(placeCode);

        var family = NameLetters.OfFamilyName(familyName)
            ?? throw new ArgumentException("The family name has no Latin letter.", nameof(familyName));
        var given = NameLetters.OfGivenName(givenName)
            ?? throw new ArgumentException("The given name has no Latin letter.", nameof(givenName));
        var place = Normalise(placeCode);
        if (!IsPlaceCode(place))
        {
            throw new ArgumentException("A place code is one letter and three digits, as H501.", nameof(placeCode));
        }

        var day = sex switch
        {
            Sex.Male => birthDate.Day,
            Sex.Female => birthDate.Day + FemaleDays,
            _ => throw new ArgumentOutOfRangeException(nameof(sex), sex, "The sex is neither male nor female."),
        };

        var first15 = string.Create(
            CultureInfo.InvariantCulture,
            $"{family}{given}{birthDate.Year % 100:00}{MonthLetters[birthDate.Month - 1]}{day:00}{place}");
        return first15 + CheckCharacter(first15);
    }

    /// <summary>The sixteenth character, A-Z.</summary>
    /// <param name="first15">15 letters or digits without accents; case does not matter.</param>
    /// <exception cref="ArgumentException">Another length, or another kind of character.</exception>
    public static char CheckCharacter(ReadOnlySpan<char> first15)
    {
        if (first15.Length != Length - 1)
        {
            throw new ArgumentException("The check character is computed on 15 characters.", nameof(first15));
        }

        var sum = 0;
        for (var index = 0; index < first15.Length; index++)
        {
            var character = first15[index];
            var rank = char.IsAsciiDigit(character) ? character - '0'
                : char.IsAsciiLetter(character) ? (character & ~0x20) - 'A'
                : throw new ArgumentException($"The character at position {index + 1} is neither a letter nor a digit.", nameof(first15));
            sum += index % 2 == 0 ? OddValues[rank] : rank;
        }

        return (char)('A' + (sum % 26));
    }

    /// <summary>
    /// The 127 codes that omocodia can make of a code: one letter for a digit before two, two before three,
    /// and each time the digits on the right first. The code with all its digits is not among them.
    /// </summary>
    /// <param name="code">A whole code whose check character agrees; itself an omocodia or not.</param>
    /// <exception cref="ArgumentException">Not such a code.</exception>
    public static IReadOnlyList<string> Omocodie(string code)
    {
        var plain = WithoutOmocodia(code);

        return [.. Enumerable.Range(1, (1 << DigitIndexes.Length) - 1)
            .OrderBy(mask => BitOperations.PopCount((uint)mask))
            .ThenByDescending(mask => mask)
            .Select(mask => WithLetters(plain, mask))];
    }

    /// <summary>The code with all its digits, and the check character that they ask for. It belongs to somebody else, or to nobody: never store it as the person's.</summary>
    /// <param name="code">A whole code whose check character agrees; spaces and case do not matter.</param>
    /// <exception cref="ArgumentException">Not such a code: a wrong check character is not put right here.</exception>
    public static string WithoutOmocodia(string code)
    {
        ArgumentNullException.ThrowIfNull(code);

        return Plain(Normalise(code))
            ?? throw new ArgumentException("Not a 16 character codice fiscale, or its check character does not agree.", nameof(code));
    }

    /// <summary>
    /// Whether two codes are the same once the digits are restored. Only a hint for who looks for duplicates:
    /// two different omocodie were given to two different people.
    /// </summary>
    /// <returns>False also when either text is not a code whose check character agrees.</returns>
    public static bool SamePersonHint(string a, string b) =>
        Plain(Normalise(a)) is { } plain && plain == Plain(Normalise(b));

    /// <summary>The parts of a valid code that do not agree with what a person declared, in the order of the code.</summary>
    /// <param name="reading">A valid reading.</param>
    /// <param name="familyName">The family name; one without letters agrees with no code.</param>
    /// <param name="givenName">All the given names, in order; one without letters agrees with no code.</param>
    /// <param name="sex">The sex at the register.</param>
    /// <param name="birthDate">Agrees with the reading's birth date or with its other one.</param>
    /// <param name="placeCode">Belfiore code; null when not known, and then not compared.</param>
    /// <exception cref="ArgumentException">The reading is not valid, so there is nothing to compare.</exception>
    public static IReadOnlyList<FiscalCodeMismatch> Compare(
        FiscalCodeReading reading, string familyName, string givenName, Sex sex, DateOnly birthDate, string? placeCode)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(familyName);
        ArgumentNullException.ThrowIfNull(givenName);
        if (!reading.Valid)
        {
            throw new ArgumentException("Only a valid reading can be compared.", nameof(reading));
        }

        var mismatches = new List<FiscalCodeMismatch>();
        Expect(NameLetters.OfFamilyName(familyName) == reading.Code[..3], FiscalCodeMismatch.FamilyName);
        Expect(NameLetters.OfGivenName(givenName) == reading.Code[3..6], FiscalCodeMismatch.GivenName);
        Expect(sex == reading.Sex, FiscalCodeMismatch.Sex);
        Expect(birthDate == reading.BirthDate || birthDate == reading.OtherBirthDate, FiscalCodeMismatch.BirthDate);
        Expect(placeCode is null || Normalise(placeCode) == reading.BirthPlace?.Code, FiscalCodeMismatch.BirthPlace);
        return mismatches;

        void Expect(bool agrees, FiscalCodeMismatch otherwise)
        {
            if (!agrees)
            {
                mismatches.Add(otherwise);
            }
        }
    }

    internal static bool IsPlaceCode(ReadOnlySpan<char> text) =>
        text.Length == 4 && char.IsAsciiLetterUpper(text[0]) && AllDigits(text[1..]);

    internal static bool IsDigitIndex(int index) => Array.IndexOf(DigitIndexes, index) >= 0;

    /// <param name="code">A code of the right shape.</param>
    internal static string WithDigits(string code) => string.Create(code.Length, code, static (target, source) =>
    {
        source.CopyTo(target);
        foreach (var index in DigitIndexes)
        {
            var rank = OmocodiaLetters.IndexOf(target[index], StringComparison.Ordinal);
            if (rank >= 0)
            {
                target[index] = (char)('0' + rank);
            }
        }
    });

    private static FiscalCodeReading Faulty(string code, FiscalCodeFault reason, int? position = null) =>
        new(code) { Reason = reason, Position = position };

    private static FiscalCodeReading? FaultOfShape(string code)
    {
        if (code.Length == 0)
        {
            return Faulty(code, FiscalCodeFault.Empty);
        }

        if (code.Length == NumericLength && AllDigits(code))
        {
            return Faulty(code, LuhnHolds(code) ? FiscalCodeFault.NumericCode : FiscalCodeFault.NumericCodeMistyped);
        }

        if (code.Length != Length)
        {
            return Faulty(code, FiscalCodeFault.Length);
        }

        if (AllDigits(code.AsSpan(3)))
        {
            switch (code[..3])
            {
                case "STP": return Faulty(code, FiscalCodeFault.StpCode);
                case "ENI": return Faulty(code, FiscalCodeFault.EniCode);
            }
        }

        var misfit = FirstMisfit(code);
        return misfit < 0 ? null : Faulty(code, FiscalCodeFault.CharacterNotAllowed, misfit + 1);
    }

    private static int FirstMisfit(string code)
    {
        for (var index = 0; index < code.Length; index++)
        {
            var character = code[index];
            var fits = IsDigitIndex(index)
                ? char.IsAsciiDigit(character) || OmocodiaLetters.Contains(character)
                : char.IsAsciiLetterUpper(character);
            if (!fits)
            {
                return index;
            }
        }

        return -1;
    }

    // The code does not say the century: the later date comes first, and who reads takes the first that is possible.
    private static List<DateOnly> DatesOf(int yearOfCentury, int month, int day)
    {
        var dates = new List<DateOnly>(2);
        foreach (var year in (int[])[2000 + yearOfCentury, 1900 + yearOfCentury])
        {
            if (day <= DateTime.DaysInMonth(year, month))
            {
                dates.Add(new DateOnly(year, month, day));
            }
        }

        return dates;
    }

    // The highest bit of the mask is the rightmost digit, so among masks with as many bits the greater comes first.
    private static string WithLetters(string plain, int mask)
    {
        var characters = plain.ToCharArray();
        for (var rank = 0; rank < DigitIndexes.Length; rank++)
        {
            var bit = 1 << (DigitIndexes.Length - 1 - rank);
            if ((mask & bit) != 0)
            {
                var index = DigitIndexes[rank];
                characters[index] = OmocodiaLetters[characters[index] - '0'];
            }
        }

        characters[15] = CheckCharacter(characters.AsSpan(0, 15));
        return new string(characters);
    }

    private static string? Plain(string code)
    {
        if (code.Length != Length || FirstMisfit(code) >= 0 || CheckCharacter(code.AsSpan(0, 15)) != code[15])
        {
            return null;
        }

        var first15 = WithDigits(code)[..15];
        return first15 + CheckCharacter(first15);
    }

    // Only a-z is raised: other alphabets have letters whose capital is a Latin one. Text pasted from documents
    // carries zero-width and direction marks, which nobody can see to delete.
    private static string Normalise(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var kept = new StringBuilder(Math.Min(text.Length, Length));
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format)
            {
                kept.Append(char.IsAsciiLetterLower(character) ? (char)(character & ~0x20) : character);
            }
        }

        return kept.ToString();
    }

    private static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    // D.M. 23 dicembre 1976: the eleventh digit is a Luhn check of the first ten.
    private static bool LuhnHolds(string digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var value = digits[index] - '0';
            var weighed = index % 2 == 0 ? value : value * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }

        return sum % 10 == 0;
    }
}
