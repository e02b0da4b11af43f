using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class ParserTests
{
    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\r\n\n")]
    public void Any_line_end_ends_a_segment(string end)
    {
        var message = Hl7Message.Parse(Oru(Obx(1, Pcr, Detected)).Replace("\r", end, StringComparison.Ordinal));
        Assert.Equal(["MSH", "PID", "OBR", "OBX", "SPM"], message.Segments.Select(segment => segment.Name));
        Assert.Empty(message.Notes);
    }

    [Theory]
    [InlineData("2.3")]
    [InlineData("2.3.1")]
    [InlineData("2.4")]
    [InlineData("2.5")]
    [InlineData("2.5.1")]
    [InlineData("2.6")]
    [InlineData("2.7")]
    [InlineData("2.7.1")]
    public void Versions_from_2_3_to_2_7_are_taken(string version)
    {
        var reading = Read(Join(Msh(version: version), Pid, Obr(), Obx(1, Pcr, Detected)));
        Assert.Null(reading.Header.Refusal());
        Assert.Equal(version, reading.Header.Version);
        Assert.True(Assert.Single(reading.Results).IsReportable);
    }

    [Fact]
    public void Frame_and_byte_order_mark_are_taken_off()
    {
        byte[] framed = [0x0B, 0xEF, 0xBB, 0xBF, .. Utf8(Oru(Obx(1, Pcr, Detected))), 0x1C, 0x0D];
        Assert.Equal("MSG1", Hl7Message.Parse(framed).Header.Value(10));
        Assert.Equal("MSG1", Hl7Message.Parse("\uFEFF" + Oru()).Header.Value(10));
    }

    [Fact]
    public void Separators_are_those_the_message_declares()
    {
        var message = Hl7Message.Parse("MSH$*!/%$LIS$$$$$$ORU*R01$ID7$P$2.5\rPID$1$$A1!B2*C*D*E%F%G*NNITA$$ROSSI|BIANCHI*ANNA/S/MARIA\r");
        Assert.Equal("$", message.Header.Field(1).Value);
        Assert.Equal("*!/%", message.Header.Field(2).Value);
        Assert.Equal("ID7", message.Header.Value(10));
        var pid = message["PID"]!;
        Assert.Equal(2, pid.Field(3).Repetitions.Count);
        Assert.Equal("A1", pid.Field(3).Value);
        Assert.Equal("G", pid.Field(3).Repetitions[1].Component(4).Subcomponent(3));
        Assert.Equal(["E", "F", "G"], pid.Field(3).Repetitions[1].Component(4).Subcomponents);
        Assert.Equal("ROSSI|BIANCHI", pid.Value(5));
        Assert.Equal("ANNA*MARIA", pid.Field(5).First.Component(2).Value);
    }

    [Fact]
    public void What_is_not_there_is_empty_and_two_quotes_are_an_explicit_null()
    {
        var message = Hl7Message.Parse(Msh() + "\rPID|1||\"\"||^A\r");
        var pid = message["PID"]!;
        Assert.True(pid.Field(3).IsExplicitNull);
        Assert.Null(pid.Field(3).Value);
        Assert.True(pid.Field(4).IsEmpty);
        Assert.False(pid.Field(4).IsExplicitNull);
        Assert.Null(pid.Field(5).Value);
        Assert.Equal("A", pid.Field(5).First.Component(2).Value);
        Assert.True(pid.Field(99).IsEmpty);
        Assert.Null(pid.Field(99).First.Component(7).Subcomponent(3));
        Assert.Null(message["OBX"]);
        Assert.Empty(message.All("OBX"));
    }

    [Fact]
    public void Truncation_of_2_7_is_seen()
    {
        var message = Hl7Message.Parse("MSH|^~\\&#|A|B|C|D|20210301||ORU^R01^ORU_R01|1|P|2.7\rPID|1||X||LUNGHISSIM#^ANNA\\P\\\r");
        Assert.Equal('#', message.Separators.Truncation);
        Assert.True(message["PID"]!.Field(5).IsTruncated);
        Assert.False(message["PID"]!.Field(3).IsTruncated);
        Assert.Equal("ANNA#", message["PID"]!.Field(5).First.Component(2).Value);
    }

    [Fact]
    public void Short_encoding_characters_leave_the_others_undeclared()
    {
        var pid = Hl7Message.Parse("MSH|^~|A\rPID|1||A&B\\F\\C~D\r")["PID"]!;
        Assert.Equal("A&B\\F\\C", pid.Field(3).Value);
        Assert.Equal(2, pid.Field(3).Repetitions.Count);
    }

    [Fact]
    public void A_line_that_is_no_segment_is_noted_and_puts_the_observation_before_it_in_doubt()
    {
        var reading = Read(Join(Msh(), Pid, Obr(), Obx(1, Pcr, Detected), "seguito del testo", "NTE|1||ok"));
        Assert.Contains(ProblemCodes.StrayText, reading.Problems.Codes());
        Assert.True(Assert.Single(reading.Results).IsInDoubt);
    }

    [Theory]
    [InlineData("", "missing-msh")]
    [InlineData("ciao", "missing-msh")]
    [InlineData("PID|1", "missing-msh")]
    [InlineData("msh|^~\\&|", "missing-msh")]
    [InlineData("MSH", "invalid-separators")]
    [InlineData("MSH|", "invalid-separators")]
    [InlineData("MSH||x", "invalid-separators")]
    [InlineData("MSH|^^\\&|", "invalid-separators")]
    [InlineData("MSH|^~\\&#!|", "invalid-separators")]
    [InlineData("MSHA^~\\&A", "invalid-separators")]
    [InlineData("MSH|^~\\a|", "invalid-separators")]
    [InlineData("MSH|^~\\&|A\rMSH|^~\\&|B", "several-messages")]
    public void What_is_no_message_is_refused_with_its_place(string text, string code)
    {
        var exception = Assert.Throws<Hl7Exception>(() => Hl7Message.Parse(text));
        Assert.Equal(code, exception.Code);
        Assert.Equal("MSH", exception.Segment);
        Assert.NotEmpty(exception.Reason);
        Assert.Equal(code, Assert.Throws<Hl7Exception>(() => Hl7Message.Parse(Utf8(text))).Code);
    }

    [Fact]
    public void Limits_refuse_clearly()
    {
        var limits = new Hl7Limits(MaxMessageLength: 200, MaxSegments: 3);
        Assert.Equal("message-too-large", Assert.Throws<Hl7Exception>(() => Hl7Message.Parse(new string('x', 201), limits)).Code);
        Assert.Equal("message-too-large", Assert.Throws<Hl7Exception>(() => Hl7Message.Parse(new byte[201], limits)).Code);
        Assert.Equal("too-many-segments", Assert.Throws<Hl7Exception>(() => Hl7Message.Parse(Msh() + "\rA01|\rA02|\rA03|", limits)).Code);
    }

}
