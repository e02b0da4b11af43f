using System.Globalization;
using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class ValueTests
{
    [Theory]
    [InlineData("260373001", "Detected")]
    [InlineData("10828004", "Detected")]
    [InlineData("260415000", "NotDetected")]
    [InlineData("260385009", "NotDetected")]
    [InlineData("895231008", "NotDetected")]
    [InlineData("419984006", "Inconclusive")]
    [InlineData("42425007", "Inconclusive")]
    [InlineData("82334004", "Inconclusive")]
    [InlineData("720735008", "PresumptivePositive")]
    [InlineData("455371000124106", "Invalid")]
    [InlineData("125154007", "Unsuitable")]
    public void Codes_of_the_table_are_understood(string code, string value)
    {
        var result = One("CWE", $"{code}^^SCT");
        Assert.Equal(value, result.Value.ToString());
        Assert.Equal(code, result.OriginalValue!.Code);
        Assert.True(result.IsReportable);
    }

    [Theory]
    [InlineData("462371000124108^Detected in pooled specimen^SCT")]
    [InlineData("840533007^Severe acute respiratory syndrome coronavirus 2^SCT")]
    [InlineData("840539006^Disease caused by SARS-CoV-2^SCT")]
    [InlineData("373121007^Test not done^SCT")]
    [InlineData("52101004^Detected^SCT")]
    [InlineData("2603730010^^SCT")]
    [InlineData("999999^x^SCT^POS^Positivo^L")]
    [InlineData("XYZ^boh^L")]
    [InlineData("260373001^^L")]
    [InlineData("A^Abnormal^HL70078")]
    [InlineData("N^Normal^HL70078")]
    public void Codes_outside_the_table_are_kept_and_not_guessed(string value)
    {
        var result = One("CWE", value);
        Assert.Equal(ResultValue.Unknown, result.Value);
        Assert.Contains(ProblemCodes.UnknownValue, result.Problems.Codes());
        Assert.Equal(value.Split('^')[0], result.OriginalValue!.Code);
        Assert.False(result.IsReportable);
    }

    [Theory]
    [InlineData("POSITIVO", "Detected")]
    [InlineData(" positivo ", "Detected")]
    [InlineData("Positiva", "Detected")]
    [InlineData("Detected", "Detected")]
    [InlineData("Rilevato", "Detected")]
    [InlineData("Not detected", "NotDetected")]
    [InlineData("NEGATIVO", "NotDetected")]
    [InlineData("Neg", "NotDetected")]
    [InlineData("non rilevato", "NotDetected")]
    [InlineData("Non reattivo", "NotDetected")]
    [InlineData("Indeterminato", "Inconclusive")]
    [InlineData("dubbio", "Inconclusive")]
    [InlineData("Presumptive positive", "PresumptivePositive")]
    [InlineData("Invalid result", "Invalid")]
    [InlineData("Campione non idoneo", "Unsuitable")]
    [InlineData("Debolmente positivo", "Unknown")]
    [InlineData("Negative *** High ***", "Unknown")]
    [InlineData("Positive (Abnormal)", "Unknown")]
    [InlineData("Non negativo", "Unknown")]
    [InlineData("Not not detected", "Unknown")]
    [InlineData("Virus detected", "Unknown")]
    [InlineData("Detected?", "Unknown")]
    [InlineData("NEGATIVO.", "Unknown")]
    [InlineData("+", "Unknown")]
    [InlineData("260373001", "Unknown")]
    public void Words_are_whole_or_nothing(string text, string value)
    {
        foreach (var type in new[] { "ST", "TX", "FT" })
        {
            Assert.Equal(value, One(type, text).Value.ToString());
        }
    }

    [Theory]
    [InlineData("it-IT")]
    [InlineData("tr-TR")]
    public void Words_do_not_depend_on_the_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.All(ResultValues.KnownWords, word => Assert.Equal(
                ResultValues.OfWords(word), ResultValues.OfWords(word.ToLowerInvariant())));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("POS^Positivo^L", "Detected")]
    [InlineData("12^NEGATIVO^99LAB", "NotDetected")]
    [InlineData("R7^esito^L^260415000^Not detected^SCT", "NotDetected")]
    [InlineData("^Detected^SCT", "Detected")]
    [InlineData("LA11883-8^Not detected^LN", "NotDetected")]
    [InlineData("POS^Positive^HL70078", "Detected")]
    [InlineData("260385009^Negativo^SCT^ND^Not detected^L", "NotDetected")]
    public void Local_codes_are_read_by_their_exact_words_or_their_translation(string coded, string value)
        => Assert.Equal(value, One("CWE", coded).Value.ToString());

    [Theory]
    [InlineData("260415000^Detected^SCT")]
    [InlineData("260373001^Detected^SCT^NEG^Negativo^L")]
    [InlineData("260373001^Detected^SCT^260415000^Not detected^SCT")]
    [InlineData("260373001^Detected^SCT^^^^^^Not detected")]
    [InlineData("POS^Negativo^L")]
    [InlineData("260373001^^SCT~260415000^^SCT")]
    [InlineData("720735008^Positive^SCT")]
    public void A_value_that_contradicts_itself_is_no_value(string coded)
    {
        var result = One("CWE", coded);
        Assert.Equal(ResultValue.Unknown, result.Value);
        Assert.Contains(ProblemCodes.ContradictoryValue, result.Problems.Codes());
        Assert.True(result.IsInDoubt);
    }

    [Theory]
    [InlineData("NM", "12.4", "numeric-value")]
    [InlineData("SN", "^28", "numeric-value")]
    [InlineData("ST", "12.4", "numeric-value")]
    [InlineData("ED", "^application^pdf^Base64^JVBERi0=", "unsupported-value-type")]
    [InlineData("DT", "20210301", "unsupported-value-type")]
    [InlineData("CWE", "", "missing-value")]
    [InlineData("CWE", "\"\"", "missing-value")]
    [InlineData("ST", "NEGATIVO~nota del laboratorio", "unknown-value")]
    public void Figures_documents_and_nothing_are_not_answers(string type, string value, string problem)
    {
        var result = One(type, value);
        Assert.Equal(ResultValue.Unknown, result.Value);
        Assert.Equal([problem], result.Problems.Codes());
        Assert.True(result.IsInDoubt);
    }

    [Theory]
    [InlineData("CE", "260373001")]
    [InlineData("CWE", "260373001^Detected")]
    [InlineData("", "260373001^Detected")]
    public void A_code_without_its_system_is_read_and_noted(string type, string value)
    {
        var result = One(type, value);
        Assert.Equal(ResultValue.Detected, result.Value);
        Assert.Equal([ProblemCodes.CodingSystemMissing], result.Problems.Codes());
        Assert.True(result.IsReportable);
    }

    [Fact]
    public void A_truncated_value_is_in_doubt()
    {
        var result = Assert.Single(Read("MSH|^~\\&#|A|B|C|D|20210301||ORU^R01^ORU_R01|1|P|2.7\r" + Join(Pid, Obr(), Obx(1, Pcr, "POSITIVO#", "ST"))).Results);
        Assert.Equal([ProblemCodes.TruncatedValue], result.Problems.Codes());
    }

    private static LabResult One(string type, string value) => Assert.Single(ReadObservations(Obx(1, Pcr, value, type)).Results);
}
