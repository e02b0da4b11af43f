using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class StatusTests
{
    [Theory]
    [InlineData("F", "F")]
    [InlineData("C", "C")]
    public void Different_final_values_of_one_test_contradict_each_other(string first, string second)
    {
        var reading = ReadObservations(Obx(1, Pcr, Detected, status: first), Obx(2, Pcr, NotDetected, status: second));
        Assert.Equal(2, reading.Results.Count);
        Assert.All(reading.Results, result => Assert.Contains(ProblemCodes.ContradictoryResults, result.Problems.Codes()));
    }

    [Theory]
    [InlineData("94309-2^SARS-CoV-2 RNA^LN", true)]
    [InlineData("94558-4^SARS-CoV-2 Ag^LN", false)]
    public void Two_codes_of_one_kind_are_one_test_and_two_kinds_are_two(string other, bool contradict)
    {
        var reading = ReadObservations(Obx(1, Pcr, Detected), Obx(2, other, NotDetected));
        Assert.Equal(2, reading.Results.Count);
        Assert.Equal(contradict, reading.HasDoubts);
    }

    [Fact]
    public void The_same_result_twice_is_one()
    {
        var reading = ReadObservations(Obx(1, Pcr, Detected), Obx(2, Pcr, Detected));
        Assert.Single(reading.Results);
        Assert.Equal(IgnoredBecause.Repeated, Assert.Single(reading.Ignored).Because);
    }

    [Fact]
    public void A_correction_stands_over_what_it_corrects()
    {
        var reading = ReadObservations(Obx(1, Pcr, Detected), Obx(2, Pcr, NotDetected, status: "C"));
        Assert.Equal((ResultValue.NotDetected, true), (Assert.Single(reading.Results).Value, reading.Results[0].IsReportable));
        Assert.True(reading.IsCorrection);
        Assert.Equal(IgnoredBecause.Superseded, Assert.Single(reading.Ignored).Because);
    }

    [Theory]
    [InlineData("F", "F", "Final", true)]
    [InlineData("C", "F", "Corrected", true)]
    [InlineData("P", "F", "Preliminary", false)]
    [InlineData("X", "F", "CannotBeDone", false)]
    [InlineData("D", "F", "Annulled", false)]
    [InlineData("W", "F", "Annulled", false)]
    [InlineData("", "F", "Final", true)]
    [InlineData("", "P", "Preliminary", false)]
    [InlineData("", "C", "Corrected", true)]
    [InlineData("f", "", "Final", true)]
    [InlineData("", "", "Unknown", false)]
    [InlineData("U", "F", "Unknown", false)]
    [InlineData("Z", "F", "Unknown", false)]
    [InlineData("P", "C", "Preliminary", false)]
    public void The_status_says_what_is_a_report(string obx, string obr, string status, bool reportable)
    {
        var result = Assert.Single(Read(Join(Msh(), Pid, Obr(status: obr), Obx(1, Pcr, Detected, status: obx))).Results);
        Assert.Equal((status, reportable), (result.Status.ToString(), result.IsReportable));
        Assert.Equal(status == "Unknown", result.IsInDoubt);
    }

    [Theory]
    [InlineData("R")]
    [InlineData("I")]
    [InlineData("S")]
    [InlineData("O")]
    public void What_is_not_yet_a_result_is_listed(string status)
    {
        var reading = ReadObservations(Obx(1, Pcr, Detected, status: status));
        Assert.Empty(reading.Results);
        Assert.Equal(IgnoredBecause.StatusIsNotAResult, Assert.Single(reading.Ignored).Because);
    }

    [Fact]
    public void A_deletion_needs_no_value_and_with_a_new_result_is_a_correction()
    {
        var alone = ReadObservations(Obx(1, Pcr, "", status: "D"));
        Assert.True(alone.HasAnnulments);
        Assert.False(alone.HasDoubts);
        Assert.False(alone.IsCorrection);
        var replaced = ReadObservations(Obx(1, Pcr, Detected, status: "W"), Obx(2, Pcr, NotDetected));
        Assert.True(replaced is { IsCorrection: true, HasAnnulments: true });
        Assert.True(replaced.Results[1].IsReportable);
    }

    [Fact]
    public void What_is_withdrawn_may_say_anything()
    {
        var result = Assert.Single(ReadObservations(Obx(1, Pcr, Detected, flag: "NEG", status: "W")).Results);
        Assert.True(result is { IsAnnulment: true, IsInDoubt: false, IsReportable: false });
    }
}
