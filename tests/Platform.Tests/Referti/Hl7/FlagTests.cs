using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class FlagTests
{
    [Theory]
    [InlineData(Detected, "NEG", true)]
    [InlineData(Detected, "N", true)]
    [InlineData(Detected, "ND^Not detected^HL70078", true)]
    [InlineData(Detected, "IND", true)]
    [InlineData(Detected, "A~NEG", true)]
    [InlineData(Detected, "A", false)]
    [InlineData(Detected, "POS", false)]
    [InlineData(Detected, "", false)]
    [InlineData(Detected, "H", false)]
    [InlineData(Detected, "\"\"", false)]
    [InlineData(NotDetected, "POS", true)]
    [InlineData(NotDetected, "A", true)]
    [InlineData(NotDetected, "N", false)]
    [InlineData(NotDetected, "neg", false)]
    [InlineData("419984006^^SCT", "POS", true)]
    [InlineData("419984006^^SCT", "A", false)]
    [InlineData("720735008^^SCT", "NEG", true)]
    [InlineData("720735008^^SCT", "POS", false)]
    [InlineData("125154007^^SCT", "NEG", true)]
    public void A_flag_never_decides_and_may_put_in_doubt(string value, string flag, bool doubt)
    {
        var result = Assert.Single(ReadObservations(Obx(1, Pcr, value, flag: flag)).Results);
        Assert.Equal(doubt, result.Problems.Codes().Contains(ProblemCodes.ContradictoryFlag));
        Assert.Equal(!doubt, result.IsReportable);
        Assert.NotEqual(ResultValue.Unknown, result.Value);
    }

    [Fact]
    public void A_flag_alone_is_not_a_result()
        => Assert.Equal(ResultValue.Unknown, Assert.Single(ReadObservations(Obx(1, Pcr, "", flag: "POS")).Results).Value);

    [Fact]
    public void For_antibodies_normal_and_abnormal_say_nothing()
        => Assert.True(Assert.Single(ReadObservations(Obx(1, "94563-4^IgG^LN", Detected, flag: "N")).Results).IsReportable);
}
