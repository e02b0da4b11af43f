using Platform.Patients.Contracts.FiscalCodes;
using Xunit;

namespace Platform.Tests.Patients.FiscalCodes;

public sealed class ComputingTests
{
    private static readonly DateOnly Birth = new(1980, 1, 1);

    [Theory]
    [InlineData("Rossi", "Mario", Sex.Male, 1980, 1, 1, "H501", "RSSMRA80A01H501U")]
    [InlineData("Caccamo", "Fabio", Sex.Male, 1985, 4, 3, "L219", "CCCFBA85D03L219P")]
    [InlineData("Verdi", "Lucia", Sex.Female, 1993, 6, 6, "F205", "VRDLCU93H46F205X")]
    [InlineData("Fo", "Dario", Sex.Male, 1926, 3, 24, "H501", "FOXDRA26C24H501G")]
    [InlineData("Strauß", "Franca", Sex.Female, 1955, 9, 21, "z112", "STRFNC55P61Z112U")]
    [InlineData("D'Annunzio", "Alessandro", Sex.Male, 2000, 2, 29, "L219", "DNNLSN00B29L219I")]
    [InlineData("Bianchi", "Eva", Sex.Female, 1999, 12, 31, "Z330", "BNCVEA99T71Z330F")]
    public void A_person_gives_the_code(
        string family, string given, Sex sex, int year, int month, int day, string place, string code) =>
        Assert.Equal(code, FiscalCode.Compute(family, given, sex, new DateOnly(year, month, day), place));

    [Theory]
    [InlineData("Rossi", "RSS")]
    [InlineData("ROSI", "RSO")]
    [InlineData("Fo", "FOX")]
    [InlineData("Fò", "FOX")]
    [InlineData("Fo'", "FOX")]
    [InlineData("Xu", "XUX")]
    [InlineData("I", "IXX")]
    [InlineData("B", "BXX")]
    [InlineData("Aia", "AIA")]
    [InlineData("Ay", "YAX")]
    [InlineData("De Rossi", "DRS")]
    [InlineData("D’Alò", "DLA")]
    [InlineData("Dell'Orto-Negri", "DLL")]
    [InlineData("Groß", "GRS")]
    [InlineData("WEIẞ", "WSS")]
    [InlineData("Ærø", "RAE")]
    [InlineData("Sœur", "SRO")]
    [InlineData("Ørn", "RNO")]
    [InlineData("Đoković", "DKV")]
    [InlineData("Łęcki", "LCK")]
    [InlineData("Muñoz", "MNZ")]
    [InlineData("Çelik", "CLK")]
    [InlineData("Işık", "SKI")]
    [InlineData("Țurcanu", "TRC")]
    [InlineData("Nguyễn", "NGY")]
    [InlineData("Þór", "THR")]
    [InlineData("Müller", "MLL")]
    [InlineData("Mu\u0308ller", "MLL")]
    public void A_family_name_gives_three_letters(string name, string letters) =>
        Assert.Equal(letters, FiscalCode.Compute(name, "Mario", Sex.Male, Birth, "H501")[..3]);

    [Theory]
    [InlineData("Mario", "MRA")]
    [InlineData("Marco", "MRC")]
    [InlineData("Ludovico", "LVC")]
    [InlineData("Gianfranco", "GFR")]
    [InlineData("Maria Teresa", "MTR")]
    [InlineData("Anna", "NNA")]
    [InlineData("Eva", "VEA")]
    [InlineData("Ia", "IAX")]
    [InlineData("O", "OXX")]
    [InlineData("Niccolò", "NCL")]
    [InlineData("Łukasz", "LSZ")]
    [InlineData("Øystein", "YTN")]
    [InlineData("Đorđe", "DRD")]
    [InlineData("Jean-Luc", "JLC")]
    public void A_given_name_gives_three_letters(string name, string letters) =>
        Assert.Equal(letters, FiscalCode.Compute("Rossi", name, Sex.Male, Birth, "H501")[3..6]);

    [Fact]
    public void Every_accented_Latin_letter_of_European_names_counts_as_its_letter()
    {
        var letters = Enumerable.Range(0xC0, 0x180 - 0xC0).Concat(Enumerable.Range(0x1EA0, 0x1F00 - 0x1EA0 - 6))
            .Select(point => (char)point).Where(char.IsLetter).ToList();

        Assert.True(letters.Count > 250);
        Assert.All(letters, letter =>
            Assert.NotEqual("XXX", FiscalCode.Compute($"{letter}", "Mario", Sex.Male, Birth, "H501")[..3]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-'")]
    [InlineData("123")]
    [InlineData("Иван")]
    [InlineData("\uD800")]
    public void A_name_without_Latin_letters_is_refused_by_its_parameter(string name)
    {
        var family = Assert.Throws<ArgumentException>(() => FiscalCode.Compute(name, "Mario", Sex.Male, Birth, "H501"));
        var given = Assert.Throws<ArgumentException>(() => FiscalCode.Compute("Rossi", name, Sex.Male, Birth, "H501"));

        Assert.Equal("familyName", family.ParamName);
        Assert.Contains("family name has no Latin letter", family.Message, StringComparison.Ordinal);
        Assert.Equal("givenName", given.ParamName);
        Assert.Contains("given name has no Latin letter", given.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("H50")]
    [InlineData("H5011")]
    [InlineData("5011")]
    [InlineData("HRLM")]
    public void A_place_code_of_another_shape_is_refused(string place) =>
        Assert.Equal("placeCode", Assert.Throws<ArgumentException>(
            () => FiscalCode.Compute("Rossi", "Mario", Sex.Male, Birth, place)).ParamName);

    [Fact]
    public void A_sex_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FiscalCode.Compute("Rossi", "Mario", (Sex)7, Birth, "H501"));

    [Theory]
    [InlineData("RSSMRA80A01H501", 'U')]
    [InlineData("rssmra80a01h501", 'U')]
    [InlineData("RSSMRAULALMHRLM", 'D')]
    [InlineData("LSZLKU75E05Z127", 'K')]
    public void The_check_character_is_computed(string first15, char check) =>
        Assert.Equal(check, FiscalCode.CheckCharacter(first15));

    [Theory]
    [InlineData("")]
    [InlineData("RSSMRA80A01H50")]
    [InlineData("RSSMRA80A01H501U")]
    [InlineData("RSSMRA80A01H50-")]
    [InlineData("RSSMRÀ80A01H501")]
    [InlineData("RSSMRA80A01H50٣")]
    public void The_check_character_of_something_else_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => FiscalCode.CheckCharacter(text));
}
