using Platform.Patients.Contracts.FiscalCodes;
using Xunit;

namespace Platform.Tests.Patients.FiscalCodes;

public sealed class ComparingTests
{
    private static readonly FiscalCodeReading Rossi = Places.Read("RSSMRA80A01H501U");
    private static readonly DateOnly Birth = new(1980, 1, 1);

    [Fact]
    public void What_agrees_leaves_nothing_to_say()
    {
        Assert.Empty(FiscalCode.Compare(Rossi, "ROSSI", "Mario", Sex.Male, Birth, "H501"));
        Assert.Empty(FiscalCode.Compare(Rossi, "ròssi", "Mària", Sex.Male, Birth, " h501 "));
    }

    [Fact]
    public void Each_part_that_does_not_agree_is_named()
    {
        Assert.Equal([FiscalCodeMismatch.FamilyName], FiscalCode.Compare(Rossi, "Verdi", "Mario", Sex.Male, Birth, "H501"));
        Assert.Equal([FiscalCodeMismatch.GivenName], FiscalCode.Compare(Rossi, "Rossi", "Luca", Sex.Male, Birth, "H501"));
        Assert.Equal([FiscalCodeMismatch.Sex], FiscalCode.Compare(Rossi, "Rossi", "Mario", Sex.Female, Birth, "H501"));
        Assert.Equal([FiscalCodeMismatch.BirthDate], FiscalCode.Compare(Rossi, "Rossi", "Mario", Sex.Male, Birth.AddDays(1), "H501"));
        Assert.Equal([FiscalCodeMismatch.BirthPlace], FiscalCode.Compare(Rossi, "Rossi", "Mario", Sex.Male, Birth, "L219"));
    }

    [Fact]
    public void All_that_do_not_agree_come_in_the_order_of_the_code() =>
        Assert.Equal(
            Enum.GetValues<FiscalCodeMismatch>(),
            FiscalCode.Compare(Rossi, "Verdi", "Luca", Sex.Female, Birth.AddYears(1), "L219"));

    [Fact]
    public void An_unknown_place_is_not_compared() =>
        Assert.Empty(FiscalCode.Compare(Rossi, "Rossi", "Mario", Sex.Male, Birth, null));

    [Fact]
    public void Names_without_letters_agree_with_no_code() =>
        Assert.Equal(
            [FiscalCodeMismatch.FamilyName, FiscalCodeMismatch.GivenName],
            FiscalCode.Compare(Rossi, "", "\uD800", Sex.Male, Birth, null));

    [Fact]
    public void Family_and_given_name_swapped_do_not_agree() =>
        Assert.Equal(
            [FiscalCodeMismatch.FamilyName, FiscalCodeMismatch.GivenName],
            FiscalCode.Compare(Rossi, "Mario", "Rossi", Sex.Male, Birth, null));

    [Fact]
    public void A_person_over_100_agrees_by_the_other_date()
    {
        var reading = Places.Read(Places.Closed("RSSMRA15A01H501"));

        Assert.Empty(FiscalCode.Compare(reading, "Rossi", "Mario", Sex.Male, new DateOnly(2015, 1, 1), "H501"));
        Assert.Empty(FiscalCode.Compare(reading, "Rossi", "Mario", Sex.Male, new DateOnly(1915, 1, 1), "H501"));
        Assert.Equal(
            [FiscalCodeMismatch.BirthDate],
            FiscalCode.Compare(reading, "Rossi", "Mario", Sex.Male, new DateOnly(1815, 1, 1), "H501"));
    }

    [Fact]
    public void A_reading_that_is_not_valid_is_not_compared() =>
        Assert.Throws<ArgumentException>(() => FiscalCode.Compare(
            Places.Read("RSSMRA80A01H501A"), "Rossi", "Mario", Sex.Male, Birth, "H501"));
}
