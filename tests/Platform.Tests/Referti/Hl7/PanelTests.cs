using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class PanelTests
{
    private const string Antigen = "94558-4^SARS-CoV-2 Ag^LN";
    private const string GeneN = "94533-7^N gene^LN";
    private const string FluA = "92142-9^Influenza A RNA^LN";

    [Theory]
    [InlineData("94500-6", "Molecular")]
    [InlineData("94309-2", "Molecular")]
    [InlineData("94845-5", "Molecular")]
    [InlineData("95608-6", "Molecular")]
    [InlineData("94558-4", "Antigen")]
    [InlineData("97097-0", "Antigen")]
    [InlineData("96119-3", "Antigen")]
    [InlineData("94563-4", "Serology")]
    [InlineData("94762-2", "Serology")]
    public void The_code_tells_the_kind_of_test(string code, string kind)
    {
        foreach (var coded in new[] { $"{code}^x^LN", $"T1^Tampone^L^{code}^x^LN" })
        {
            var result = Assert.Single(ReadObservations(Obx(1, coded, Detected)).Results);
            Assert.Equal((code, kind, true), (result.Test.Code, result.Kind.ToString(), result.IsReportable));
        }
    }

    [Fact]
    public void Every_code_of_the_table_has_its_LOINC_check_digit()
    {
        Assert.True(SarsCov2Tests.Codes.Count() > 60);
        Assert.All(SarsCov2Tests.Codes, code => Assert.Equal(code[^1], CheckDigit(code[..^2])));
    }

    [Fact]
    public void Of_a_panel_only_SARS_CoV_2_counts()
    {
        var reading = ReadObservations(
            Obx(1, FluA, Detected), Obx(2, Pcr, NotDetected), Obx(3, "92131-2^RSV RNA^LN", Detected),
            Obx(4, "FLUB^Influenza B^L", "POSITIVO", "ST"));
        Assert.Equal((2, ResultValue.NotDetected), (Assert.Single(reading.Results).ObservationIndex, reading.Results[0].Value));
        Assert.Equal([1, 3, 4], reading.Ignored.Select(one => one.SegmentIndex));
        Assert.All(reading.Ignored, one => Assert.Equal(IgnoredBecause.NotSarsCov2, one.Because));
    }

    [Fact]
    public void A_panel_without_SARS_CoV_2_has_no_result()
    {
        var reading = ReadObservations(Obx(1, FluA, Detected));
        Assert.Empty(reading.Results);
        Assert.Contains(ProblemCodes.NoResult, reading.Problems.Codes());
        Assert.Equal(AckCode.AA, Acknowledgement.CodeFor(reading));
    }

    [Fact]
    public void Questions_are_listed_and_ignored()
    {
        var reading = ReadObservations(
            Obx(1, Antigen, Detected), Obx(2, "95418-0^Employed in healthcare^LN", "Y^Yes^HL70136", kind: "QST"),
            Obx(3, "95419-8^Has symptoms^LN", "N^No^HL70136"), Obx(4, "X1^Esposto a COVID^L", "Y", kind: "QST"));
        Assert.Single(reading.Results);
        Assert.Equal(3, reading.Ignored.Count(one => one.Because == IgnoredBecause.Question));
    }

    [Fact]
    public void The_overall_result_wins_over_its_targets()
    {
        var result = Assert.Single(ReadObservations(
            Obx(1, GeneN, Detected), Obx(2, "94559-2^ORF1ab^LN", NotDetected), Obx(3, "94758-0^E gene^LN", Detected),
            Obx(4, Pcr, NotDetected), Obx(5, "94745-7^Ct^LN", "31.5", "NM"), Obx(6, "94746-5^Ct^LN", "<^20", "SN")).Results);
        Assert.Equal((ResultValue.NotDetected, true), (result.Value, result.IsReportable));
        Assert.Equal(["94533-7", "94559-2", "94758-0", "94745-7", "94746-5"], result.Details.Select(detail => detail.Test.Code));
        Assert.Equal(["31.5", "<20"], result.Details.Where(detail => detail.Role == TestRole.Detail).Select(detail => detail.Text));
        Assert.Contains(ProblemCodes.TargetsDiffer, result.Problems.Codes());
    }

    [Fact]
    public void Targets_alone_are_no_result()
    {
        var reading = ReadObservations(Obx(1, GeneN, Detected), Obx(2, "94534-5^RdRp^LN", Detected), Obx(3, "94745-7^Ct^LN", "22", "NM"));
        Assert.Equal(3, reading.Results.Count);
        Assert.All(reading.Results, result => Assert.Contains(ProblemCodes.NoOverallResult, result.Problems.Codes()));
        Assert.DoesNotContain(reading.Results, result => result.IsReportable);
    }

    [Fact]
    public void Targets_in_an_order_of_their_own_on_the_same_sample_are_details()
    {
        var result = Assert.Single(Read(Join(
            Msh(), Pid, Obr("1"), Obx(1, Pcr, Detected), Spm, Obr("2", GeneN), Obx(2, GeneN, Detected))).Results);
        Assert.Equal("94533-7", Assert.Single(result.Details).Test.Code);
    }

    [Fact]
    public void Antibodies_of_different_classes_may_differ()
        => Assert.False(ReadObservations(Obx(1, "94563-4^IgG^LN", Detected), Obx(2, "94564-2^IgM^LN", NotDetected)).HasDoubts);

    [Theory]
    [InlineData("TAMP^Tampone molecolare^L")]
    [InlineData("99999-8^Nuovo test^LN")]
    [InlineData("94500-6^RNA^L")]
    [InlineData("")]
    public void A_test_with_an_unknown_code_is_kept_and_not_guessed(string test)
    {
        var result = Assert.Single(ReadObservations(Obx(1, test, Detected)).Results);
        Assert.Contains(ProblemCodes.UnknownTestCode, result.Problems.Codes());
        Assert.Null(result.Kind);
        Assert.True(result.IsInDoubt);
    }

    [Fact]
    public void An_unknown_test_that_speaks_of_the_virus_is_kept_beside_a_known_one()
        => Assert.Equal(2, ReadObservations(Obx(1, Pcr, Detected), Obx(2, "Z9^Sars-CoV-2 nuovo^L", Detected)).Results.Count);

    [Fact]
    public void A_document_beside_an_answer_is_ignored_and_alone_is_kept()
    {
        var document = Obx(2, "PDF^Referto SARS-CoV-2^L", "^application^pdf^Base64^JVBERi0=", "ED");
        Assert.True(Assert.Single(ReadObservations(Obx(1, Pcr, Detected), document).Results).IsReportable);
        Assert.True(Assert.Single(ReadObservations(document).Results).IsInDoubt);
    }

    [Fact]
    public void The_longest_message_is_read_all_the_same()
    {
        var observations = Enumerable.Range(1, 9000).Select(number => Obx(
            number, number % 3 == 0 ? GeneN : Pcr, number % 2 == 0 ? Detected : NotDetected, status: number % 5 == 0 ? "W" : "F"));
        var reading = ReadObservations([.. observations]);
        Assert.Equal(6000, reading.Results.Count);
        Assert.Contains(ProblemCodes.ContradictoryResults, reading.AllProblems.Codes());
    }

    [Fact]
    public void A_known_code_without_its_system_is_read_and_noted()
    {
        var result = Assert.Single(ReadObservations(Obx(1, "94500-6", Detected)).Results);
        Assert.Equal([ProblemCodes.CodingSystemMissing], result.Problems.Codes());
        Assert.True(result.IsReportable);
    }

    [Fact]
    public void Two_codes_of_different_kinds_are_a_contradiction()
        => Assert.Contains(
            ProblemCodes.ContradictoryCode,
            Assert.Single(ReadObservations(Obx(1, "94500-6^RNA^LN^94558-4^Ag^LN", Detected)).Results).Problems.Codes());

    private static char CheckDigit(string number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[^(i + 1)] - '0';
            sum += i % 2 == 0 ? (digit * 2 / 10) + (digit * 2 % 10) : digit;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
