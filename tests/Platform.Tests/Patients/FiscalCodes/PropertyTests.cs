using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Platform.Patients.Contracts.FiscalCodes;
using Xunit;

namespace Platform.Tests.Patients.FiscalCodes;

public sealed class PropertyTests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly Gen<string> Names =
        from first in Gen.Elements("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÈÉÌÒÙÇÑÖÜŁØßæđ".ToCharArray())
        from rest in Gen.Elements("abcdeiourstlmnvz àèéìòù'-’şžŞß".ToCharArray()).ArrayOf()
        select first + new string(rest);

    private static readonly Gen<Person> People =
        from family in Names
        from given in Names
        from sex in Gen.Elements(Sex.Male, Sex.Female)
        from day in Gen.Choose(new DateOnly(1900, 1, 1).DayNumber, Places.Today.DayNumber)
        from place in Gen.Elements(Places.AlwaysThere)
        select new Person(family, given, sex, DateOnly.FromDayNumber(day), place);

    private static readonly Gen<string> AlmostCodes =
        from code in People.Select(person => person.Code)
        from index in Gen.Choose(0, 15)
        from other in Gen.Elements((Alphabet + "abcxyz -.é\u0130\u0000").ToCharArray())
        from length in Gen.Frequency((4, Gen.Constant(16)), (1, Gen.Choose(0, 16)))
        select (code[..index] + other + code[(index + 1)..])[..length];

    [Fact]
    public void A_computed_code_reads_back_as_its_person() =>
        Holds(People, person =>
        {
            var reading = Places.Read(person.Code);

            return reading.Valid
                && !reading.IsOmocodia
                && reading.Sex == person.Sex
                && reading.BirthPlace?.Code == person.Place
                && (reading.BirthDate == person.Birth || reading.OtherBirthDate == person.Birth)
                && FiscalCode.Compare(reading, person.Family, person.Given, person.Sex, person.Birth, person.Place).Count == 0;
        });

    [Fact]
    public void The_birth_date_is_never_in_the_future_and_the_other_is_older() =>
        Holds(People, person =>
        {
            var reading = Places.Read(person.Code);

            return reading.BirthDate <= Places.Today
                && (reading.OtherBirthDate is null || reading.OtherBirthDate == reading.BirthDate?.AddYears(-100));
        });

    [Fact]
    public void Every_omocodia_of_anybody_goes_back_to_the_plain_code() =>
        Holds(People, person => FiscalCode.Omocodie(person.Code).All(code =>
            Places.Read(code) is { Valid: true, IsOmocodia: true }
            && FiscalCode.WithoutOmocodia(code) == person.Code
            && FiscalCode.SamePersonHint(code, person.Code)));

    [Fact]
    public void No_text_makes_the_reading_throw_and_a_valid_one_has_its_check_character()
    {
        Holds(ArbMap.Default.ArbFor<string>().Generator, IsSound);
        Holds(Gen.Elements(Alphabet.ToCharArray()).ArrayOf(16).Select(characters => new string(characters)), IsSound);
        Holds(Gen.Choose(0, 0xFFFF).Select(point => (char)point).ArrayOf(16).Select(characters => new string(characters)), IsSound);
        Holds(AlmostCodes, IsSound);
        Holds(People.Select(person => person.Code), IsSound);
    }

    [Fact]
    public void A_text_hints_at_itself_when_it_reads_as_a_code_and_never_when_its_check_character_is_wrong() =>
        Holds(AlmostCodes, text =>
        {
            var reading = Places.Read(text);
            var hint = FiscalCode.SamePersonHint(text, text);

            return (hint || !reading.Valid) && (CheckHolds(reading.Code) || !hint);
        });

    // The values of the characters that may stand at a position are all different, digits and their omocodia letters
    // included: the check character sees any single substitution. It does not see all exchanges of two characters.
    [Fact]
    public void A_code_with_any_one_character_substituted_is_refused() =>
        Holds(People, 30, person => FiscalCode.Omocodie(person.Code).Take(9).Append(person.Code).All(code =>
            Enumerable.Range(0, 16).All(index => Alphabet.Where(other => other != code[index]).All(other =>
                !Places.Read(code[..index] + other + code[(index + 1)..]).Valid))));

    [Fact]
    public void A_code_with_two_characters_exchanged_is_valid_only_if_the_check_character_cannot_see_it() =>
        Holds(People, person => Enumerable.Range(0, 15).All(index =>
        {
            var characters = person.Code.ToCharArray();
            (characters[index], characters[index + 1]) = (characters[index + 1], characters[index]);
            var exchanged = new string(characters);
            return !Places.Read(exchanged).Valid || CheckHolds(exchanged);
        }));

    private static bool IsSound(string? text)
    {
        var reading = Places.Read(text);
        var described = reading.Describe(CultureInfo.GetCultureInfo("it")).Length > 0
            && reading.Describe(CultureInfo.InvariantCulture).Length > 0;

        return described && (reading.Valid
            ? CheckHolds(reading.Code) && reading is { Sex: not null, BirthDate: not null, BirthPlace: not null, Position: null }
            : reading.Position is null or (>= 1 and <= 16));
    }

    private static bool CheckHolds(string code) =>
        code.Length == 16 && code.Take(15).All(char.IsAsciiLetterOrDigit) && FiscalCode.CheckCharacter(code.AsSpan(0, 15)) == code[15];

    private static void Holds<T>(Gen<T> generator, Func<T, bool> property) => Holds(generator, 300, property);

    private static void Holds<T>(Gen<T> generator, int times, Func<T, bool> property) =>
        Prop.ForAll(generator.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true));

    private sealed record Person(string Family, string Given, Sex Sex, DateOnly Birth, string Place)
    {
        public string Code => FiscalCode.Compute(Family, Given, Sex, Birth, Place);
    }
}
