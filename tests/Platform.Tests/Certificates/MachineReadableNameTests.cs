using Platform.Certificates.Hcert;

namespace Platform.Tests.Certificates;

public sealed class MachineReadableNameTests
{
    /// <summary>ICAO Doc 9303, part 3, section 6; the first two are the examples of the European schema.</summary>
    [Theory]
    [InlineData("d'Červenková Panklová", "DCERVENKOVA<PANKLOVA")]
    [InlineData("Jiřina-Maria Alena", "JIRINA<MARIA<ALENA")]
    [InlineData("D'Angelo", "DANGELO")]
    [InlineData("D’Angelo", "DANGELO")]
    [InlineData("De Nicolò", "DE<NICOLO")]
    [InlineData("  Rossi   Bianchi ", "ROSSI<BIANCHI")]
    [InlineData("Cecilia–Niccolò", "CECILIA<NICCOLO")]
    [InlineData("Ștefănescu", "STEFANESCU")]
    [InlineData("Țîrlea", "TIRLEA")]
    [InlineData("Gjergj Kastrioti Skënderbeu", "GJERGJ<KASTRIOTI<SKENDERBEU")]
    [InlineData("Çelë", "CELE")]
    [InlineData("Müller Jäger Köhler Groß", "MUELLER<JAEGER<KOEHLER<GROSS")]
    [InlineData("Sørensen Ærø Åse", "SOERENSEN<AEROE<AASE")]
    [InlineData("Łukasz Żółć", "LUKASZ<ZOLC")]
    [InlineData("Nguyễn Thị Đào", "NGUYEN<THI<DAO")]
    [InlineData("Þór Guðmundsson", "THOR<GUDMUNDSSON")]
    [InlineData("Işık İnönü", "ISIK<INOENUE")]
    [InlineData("Muñoz Peña", "MUNOZ<PENA")]
    [InlineData("Щербаков", "SHCHERBAKOV")]
    [InlineData("Гаврилов Юрий", "GAVRILOV<IURII")]
    [InlineData("Зеленський Юрій", "ZELENSKYI<YURII")]
    [InlineData("Їжакевич Галина", "YIZHAKEVYCH<HALYNA")]
    [InlineData("Ђорђевић", "DORDEVIC")]
    [InlineData("محمد", "MXHMD")]
    [InlineData("عائشة", "EAXIXSHXAH")]
    [InlineData("عبد الرحمن", "EBD<ALRXHMN")]
    [InlineData("محمّد", "MXHMMD")]
    [InlineData("Παπαδόπουλος", "PAPADOPOULOS")]
    [InlineData("王", "")]
    [InlineData("", "")]
    [InlineData("'-.", "")]
    public void Names_are_written_as_passports_write_them(string name, string expected) => Assert.Equal(expected, MachineReadableName.Of(name));

    /// <summary>Зеленський alone could be anybody's; Юрій beside it is written in Ukrainian.</summary>
    [Fact]
    public void A_letter_of_one_name_tells_the_table_of_the_other() =>
        Assert.Equal(("ZELENSKYI", "YURII"), (DccName.Of("Зеленський", "Юрій").FamilyNameInMrz, DccName.Of("Зеленський", "Юрій").GivenNameInMrz));

    [Fact]
    public void Never_longer_than_eighty_and_never_ending_in_a_gap()
    {
        Assert.Equal(80, MachineReadableName.Of(new string('ß', 60)).Length);
        Assert.Equal(new string('A', 79), MachineReadableName.Of(new string('a', 79) + " bb"));
        Assert.Equal(79, DccText.Cut(new string('a', 79) + "😀").Length);
    }
}
