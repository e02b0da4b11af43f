using FsCheck;
using FsCheck.Fluent;
using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class FuzzTests
{
    private const string Alphabet = "|^~\\&#\r\n\"\u000B\u001C\0 .+-XFSTRE019PZ\uD800à";

    private static readonly string[] Seeds =
    [
        Oru(Obx(1, Pcr, Detected), Obx(2, "94533-7^N^LN", Detected), Obx(3, "94745-7^Ct^LN", "^22", "SN")),
        Join(Msh(version: "2.3", type: "ORU^R01"), "PID|1|X|FRRLCU85M01L219Z||A\\S\\B^C", "ORC|RE|1|2", Obr(), Obx(1, Pcr, "POSITIVO", "ST")),
        "MSH|^~\\&#|A|B|C|D|20210301||ORU^R01^ORU_R01|1|P|2.7\r" + Join(Pid, Obr(), Obx(1, Pcr, NotDetected)),
        Join("FHS|^~\\&|A", "BHS|^~\\&|A") + Oru(Obx(1, Pcr, Detected)) + Join("BTS|1", "FTS|1"),
    ];

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(1500);

    [Fact]
    public void Arbitrary_text_is_read_or_refused()
        => Check.One(Config, Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => Survives(text ?? string.Empty)));

    [Fact]
    public void Arbitrary_bytes_are_read_or_refused()
        => Check.One(Config, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Survives));

    [Fact]
    public void Arbitrary_bytes_after_a_header_are_read_or_refused()
        => Check.One(Config, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Survives([.. Utf8(Msh() + "\r"), .. bytes])));

    [Fact]
    public void Valid_messages_with_characters_changed_are_read_or_refused()
        => Check.One(Config, Prop.ForAll(Mutations().ToArbitrary(), text =>
        {
            Survives(text);
            Survives(Utf8(text));
        }));

    [Fact]
    public void What_is_encoded_is_decoded()
        => Check.One(Config, Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var plain = string.Concat(text.Get.Where(character => character < 0x80 || (!char.IsControl(character) && !char.IsSurrogate(character))));
            return Hl7Escapes.Decode(
                Hl7Escapes.Encode(plain, Hl7Separators.Standard), Hl7Separators.Standard, System.Text.Encoding.UTF8) == plain;
        }));

    private static Gen<string> Mutations()
    {
        var change = from place in Gen.Choose(0, 2000)
                     from kind in Gen.Choose(0, 3)
                     from character in Gen.Elements(Alphabet.ToCharArray())
                     select (place, kind, character);
        return from seed in Gen.Elements(Seeds)
               from changes in Gen.ListOf(change, 6)
               select changes.Aggregate(seed, (text, one) => Change(text, one.place, one.kind, one.character));
    }

    private static string Change(string text, int place, int kind, char character)
    {
        var at = text.Length == 0 ? 0 : place % text.Length;
        return kind switch
        {
            0 => text.Insert(at, character.ToString()),
            1 when text.Length > 0 => text.Remove(at, 1),
            2 => text[..at],
            _ => string.Concat(text.AsSpan(0, at), character.ToString(), text.AsSpan(Math.Min(text.Length, at + 1))),
        };
    }

    private static void Survives(string text)
    {
        try
        {
            Use(Hl7Message.Parse(text));
        }
        catch (Hl7Exception exception)
        {
            Assert.NotEmpty(exception.Code);
            Acknowledgement.ForUnreadable("X", At, exception.Problem);
        }
    }

    private static void Survives(byte[] bytes)
    {
        try
        {
            Use(Hl7Message.Parse(bytes));
        }
        catch (Hl7Exception exception)
        {
            Assert.NotEmpty(exception.Code);
        }

        var batch = new Hl7Batch(new Hl7Limits(MaxMessageLength: 600));
        foreach (var entry in batch.Read(bytes))
        {
            _ = entry.HeaderOnly();
            if (entry.TryParse(null, out var message, out _))
            {
                Use(message!);
            }
        }

        BatchAcknowledgement.Of(batch.BatchHeader ?? batch.FileHeader, "X", At, [], batch.Problems);
    }

    private static void Use(Hl7Message message)
    {
        var reading = OruReader.Read(message);
        Assert.All(reading.Results, result => Assert.False(result.IsReportable && result.Value == ResultValue.Unknown));
        var answer = Acknowledgement.For(message, Acknowledgement.CodeFor(reading), "X", At, reading.AllProblems);
        Hl7Message.Parse(answer.Text);
    }
}
