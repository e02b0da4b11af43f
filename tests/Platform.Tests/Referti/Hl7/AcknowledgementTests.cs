using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class AcknowledgementTests
{
    private static readonly Hl7Problem Unknown = new(ProblemCodes.UnknownValue, "OBX", 2, 5, "The value 'A1' is not in the tables.");

    [Fact]
    public void A_message_taken_is_answered_with_its_sides_swapped()
    {
        var text = Answer(Oru(Obx(1, Pcr, Detected)), AckCode.AA).Text;
        Assert.Equal(
            "MSH|^~\\&|REGIONE|REFERTI|LIS|LAB|20210304050607+0100||ACK^R01^ACK|OWN1|P|2.5.1\rMSA|AA|MSG1\r", text);
    }

    [Theory]
    [InlineData("2.5")]
    [InlineData("2.5.1")]
    [InlineData("2.6")]
    [InlineData("2.7")]
    public void From_2_5_each_problem_is_an_ERR(string version)
    {
        var message = Join(Msh(version: version), Pid);
        Assert.Contains(
            "MSA|AE|MSG1\rERR||OBX^2^5|103^Table value not found^HL70357|E|unknown-value|||The value 'A1' is not in the tables.\r",
            Answer(message, AckCode.AE, Unknown).Text, StringComparison.Ordinal);
        Assert.Equal(2, Hl7Message.Parse(Answer(message, AckCode.AA, Unknown, Unknown).Text).All("ERR").Count(err => err.Value(4) == "W"));
    }

    [Theory]
    [InlineData("2.3", "ACK^R01")]
    [InlineData("2.3.1", "ACK^R01^ACK")]
    [InlineData("2.4", "ACK^R01^ACK")]
    public void Before_2_5_the_text_is_in_MSA_3_and_the_places_in_ERR_1(string version, string type)
    {
        var text = Answer(Join(Msh("ORU^R01", version: version), Pid), AckCode.AE, Unknown, Unknown with { SegmentIndex = 3 }).Text;
        Assert.Contains($"||{type}|OWN1|P|{version}\r", text, StringComparison.Ordinal);
        Assert.Contains("MSA|AE|MSG1|The value 'A1' is not in the tables.\r", text, StringComparison.Ordinal);
        Assert.Contains(
            "ERR|OBX^2^5^103&Table value not found&HL70357~OBX^3^5^103&Table value not found&HL70357\r", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORM^O01", "P", "2.5", "200")]
    [InlineData("ORU^R30", "P", "2.5", "201")]
    [InlineData("ORU^R01", "T", "2.5", "202")]
    [InlineData("ORU^R01", "P", "2.9", "203")]
    public void A_message_not_for_here_is_refused_by_its_code(string type, string processing, string version, string error)
    {
        var message = Hl7Message.Parse(Msh(type, processing: processing, version: version));
        var reading = OruReader.Read(message);
        Assert.Equal(AckCode.AR, Acknowledgement.CodeFor(reading));
        var answer = Hl7Message.Parse(Acknowledgement.For(message, AckCode.AR, "OWN1", At, [reading.Header.Refusal()!]).Text);
        Assert.Equal(("AR", "MSG1"), (answer["MSA"]!.Value(1), answer["MSA"]!.Value(2)));
        Assert.Equal((error, "E"), (answer["ERR"]!.Value(3), answer["ERR"]!.Value(4)));
        Assert.Equal(version, answer.Header.Value(12));
    }

    [Fact]
    public void Doubts_are_taken_and_a_message_without_observations_is_not()
    {
        Assert.Equal(AckCode.AA, Acknowledgement.CodeFor(ReadObservations(Obx(1, "X1^boh^L", "boh", "ST"))));
        Assert.Equal(AckCode.AE, Acknowledgement.CodeFor(ReadObservations()));
    }

    [Fact]
    public void Garbage_is_answered_too()
    {
        var problem = Assert.Throws<Hl7Exception>(() => Hl7Message.Parse("ciao")).Problem;
        var answer = Hl7Message.Parse(Acknowledgement.ForUnreadable("OWN|1", At, problem).Text);
        Assert.Equal(("ACK", "OWN|1"), (answer.Header.Value(9), answer.Header.Value(10)));
        Assert.Equal(("AR", "100"), (answer["MSA"]!.Value(1), answer["ERR"]!.Value(3)));
        Assert.Null(answer["MSA"]!.Value(2));
    }

    [Fact]
    public void Separators_and_charset_are_the_sender_s_own()
    {
        byte[] sent = [.. "MSH$*!/%$L"u8, 0xC9, .. "$LAB$REG$REF$20210301$$ORU*R01$I/T/D$P$2.5$$$$$$8859/1\r"u8];
        var message = Hl7Message.Parse(sent);
        var answer = Acknowledgement.For(message, AckCode.AE, "A$B", At, [Unknown with { Reason = "100% $ * !" }]);
        var bytes = answer.ToBytes();
        Assert.Contains((byte)0xC9, bytes);
        var read = Hl7Message.Parse(bytes);
        Assert.Equal(("LÉ", "A$B"), (read.Header.Value(5), read.Header.Value(10)));
        Assert.Equal(message.Header.Field(10).Value, read["MSA"]!.Field(2).Value);
        Assert.Equal("100% $ * !", read["ERR"]!.Value(8));
    }

    [Fact]
    public void A_batch_is_answered_as_a_batch()
    {
        var batch = new Hl7Batch();
        var entries = batch.Read(Utf8(Join("BHS|^~\\&|LIS|LAB|REGIONE|REFERTI|20210301||||B7") + Oru(Obx(1, Pcr, Detected)) + Oru() + "BTS|3\r")).ToList();
        var answers = entries.ConvertAll(entry => Acknowledgement.For(entry.Parse(), AckCode.AA, $"OWN{entry.Index}", At, []));
        var text = BatchAcknowledgement.Of(batch.BatchHeader, "OWNB", At, answers, batch.Problems);
        Assert.StartsWith("BHS|^~\\&|REGIONE|REFERTI|LIS|LAB|20210304050607+0100||||OWNB|B7\rMSH|", text, StringComparison.Ordinal);
        Assert.EndsWith("BTS|2|BTS-1 declares 3 messages, and there are 2.\r", text, StringComparison.Ordinal);
        var back = new Hl7Batch();
        Assert.Equal(2, back.Read(Utf8(text)).Count());
        Assert.Empty(back.Problems);
    }

    private static Acknowledgement Answer(string message, AckCode code, params Hl7Problem[] problems)
        => Acknowledgement.For(Hl7Message.Parse(message), code, "OWN1", At, problems);
}
