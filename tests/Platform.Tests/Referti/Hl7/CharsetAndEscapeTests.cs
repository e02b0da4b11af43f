using System.Text;
using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class CharsetAndEscapeTests
{
    [Theory]
    [InlineData("", "utf-8", "utf-8")]
    [InlineData("UNICODE UTF-8", "utf-8", "utf-8")]
    [InlineData("8859/1", "iso-8859-1", "iso-8859-1")]
    [InlineData("8859/15", "iso-8859-15", "iso-8859-15")]
    public void Charsets_declared_in_MSH_18_are_read(string declared, string written, string expected)
    {
        var bytes = Encoder(written).GetBytes(Join(Msh(charset: declared), "PID|1||||NICCOLÒ^ZOË"));
        var message = Hl7Message.Parse(bytes);
        Assert.Equal("NICCOLÒ", message["PID"]!.Value(5));
        Assert.Equal(expected, message.Encoding.WebName);
        Assert.Empty(message.Notes);
    }

    [Theory]
    [InlineData("", "charset-fallback")]
    [InlineData("ASCII", "charset-fallback")]
    public void Bytes_that_are_not_UTF_8_are_read_as_Windows_1252_and_it_is_noted(string declared, string note)
    {
        var bytes = Encoder("windows-1252").GetBytes(Join(Msh(charset: declared), "PID|1||||NICCOLÒ €"));
        var message = Hl7Message.Parse(bytes);
        Assert.Equal("NICCOLÒ €", message["PID"]!.Value(5));
        Assert.Equal([note], message.Notes.Codes());
    }

    [Theory]
    [InlineData("UNICODE UTF-8", "invalid-charset")]
    [InlineData("ISO IR87", "unsupported-charset")]
    public void Bytes_that_cannot_be_what_is_declared_are_refused(string declared, string code)
    {
        var bytes = Encoder("windows-1252").GetBytes(Join(Msh(charset: declared), "PID|1||||NICCOLÒ"));
        var exception = Assert.Throws<Hl7Exception>(() => Hl7Message.Parse(bytes));
        Assert.Equal((code, 18), (exception.Code, exception.Field));
    }

    [Theory]
    [InlineData("a\\F\\b", "a|b")]
    [InlineData("a\\S\\b", "a^b")]
    [InlineData("a\\T\\b", "a&b")]
    [InlineData("a\\R\\b", "a~b")]
    [InlineData("a\\E\\b", "a\\b")]
    [InlineData("\\E\\F\\E\\", "\\F\\")]
    [InlineData("a\\.br\\b", "a\nb")]
    [InlineData("\\H\\forte\\N\\", "forte")]
    [InlineData("\\P\\", "#")]
    [InlineData("\\X41\\", "A")]
    [InlineData("\\XC3A0\\", "à")]
    [InlineData("\\X4\\", "\\X4\\")]
    [InlineData("\\XZZ\\", "\\XZZ\\")]
    [InlineData("\\X\\", "\\X\\")]
    [InlineData("\\Zxy\\", "\\Zxy\\")]
    [InlineData("\\.sp+2\\", "\\.sp+2\\")]
    [InlineData("\\F", "\\F")]
    [InlineData("a\\b c \\T\\ d", "a\\b c & d")]
    [InlineData("\\", "\\")]
    [InlineData("\\\\", "\\\\")]
    [InlineData("nulla", "nulla")]
    public void Escapes_say_what_they_mean_and_unknown_ones_stay(string raw, string text)
        => Assert.Equal(text, Hl7Escapes.Decode(raw, Hl7Separators.Standard, Encoding.UTF8));

    [Theory]
    [InlineData("a|b^c&d~e\\f", "a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f")]
    [InlineData("a\rb\n", "a\\X0D\\b\\X0A\\")]
    [InlineData("à è", "à è")]
    public void What_is_written_is_escaped(string text, string raw)
    {
        Assert.Equal(raw, Hl7Escapes.Encode(text, Hl7Separators.Standard));
        Assert.Equal(text, Hl7Escapes.Decode(raw, Hl7Separators.Standard, Encoding.UTF8));
    }

    private static Encoding Encoder(string name)
        => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
}
