using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

public sealed class BatchTests
{
    private const string Fhs = "FHS|^~\\&|LIS|LAB|REGIONE|REFERTI|20210301";
    private const string Bhs = "BHS|^~\\&|LIS|LAB|REGIONE|REFERTI|20210301||||B1";

    private static string One(string id) => Join(Msh(controlId: id), Pid, Obr(), Obx(1, Pcr, NotDetected));

    [Fact]
    public void An_envelope_gives_its_messages_and_agrees()
    {
        var (batch, entries) = ReadAll(Join(Fhs, Bhs) + One("A") + One("B") + Join("BTS|2", "FTS|1"));
        Assert.Equal(["A", "B"], Ids(entries));
        Assert.Equal([1, 1], entries.Select(entry => entry.BatchNumber));
        Assert.Empty(batch.Problems);
        Assert.True(batch.HasEnvelope);
        Assert.Equal("B1", batch.BatchHeader!.Value(11));
        Assert.Equal(2, batch.MessageCount);
    }

    [Theory]
    [InlineData("BTS|3", "FTS|1", "batch-count-mismatch")]
    [InlineData("BTS|2", "FTS|2", "file-count-mismatch")]
    [InlineData("BTS|due", "FTS|1", "invalid-count")]
    [InlineData("BTS|2", null, "missing-trailer")]
    [InlineData(null, "FTS|1", "missing-trailer")]
    public void An_envelope_that_does_not_agree_is_reported_and_loses_no_message(string? bts, string? fts, string problem)
    {
        var trailer = string.Concat(new[] { bts, fts }.OfType<string>().Select(line => line + "\r"));
        var (batch, entries) = ReadAll(Join(Fhs, Bhs) + One("A") + One("B") + trailer);
        Assert.Equal(["A", "B"], Ids(entries));
        Assert.Equal([problem], batch.Problems.Codes());
    }

    [Theory]
    [InlineData("FTS|1\r")]
    [InlineData("FTS\r")]
    [InlineData("FTS|\r")]
    public void A_file_without_batches_is_one_batch(string trailer)
        => Assert.Empty(ReadAll(Fhs + "\r" + One("A") + One("B") + trailer).Batch.Problems);

    [Fact]
    public void Several_batches_are_numbered_and_counted_each()
    {
        var (batch, entries) = ReadAll(Join(Fhs, Bhs) + One("A") + Join("BTS|1", Bhs) + One("B") + One("C") + Join("BTS|2", "FTS|2"));
        Assert.Equal([1, 2, 2], entries.Select(entry => entry.BatchNumber));
        Assert.Empty(batch.Problems);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Messages_without_an_envelope_are_cut_at_MSH(string end)
    {
        var (batch, entries) = ReadAll((One("A") + One("B")).Replace("\r", end, StringComparison.Ordinal));
        Assert.Equal(["A", "B"], Ids(entries));
        Assert.False(batch.HasEnvelope);
        Assert.Empty(batch.Problems);
    }

    [Fact]
    public void Frames_are_messages()
        => Assert.Equal(["A", "B"], Ids(ReadAll("\u000B" + One("A") + "\u001C\r\u000B" + One("B") + "\u001C\r").Entries));

    [Fact]
    public void What_stands_outside_a_message_is_an_entry_that_cannot_be_read()
    {
        var entries = ReadAll("spazzatura\r" + One("A")).Entries;
        Assert.Equal(2, entries.Count);
        Assert.False(entries[0].TryParse(null, out _, out var problem));
        Assert.Equal("missing-msh", problem!.Code);
        Assert.True(entries[1].TryParse(null, out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n \r\n\u001A")]
    public void Nothing_is_said_to_be_nothing(string text)
    {
        var (batch, entries) = ReadAll(text);
        Assert.Empty(entries);
        Assert.Equal(["empty-batch"], batch.Problems.Codes());
    }

    [Fact]
    public void One_message_too_large_does_not_cost_the_others()
    {
        var huge = Join(Msh(controlId: "HUGE"), "NTE|1||" + new string('x', 5000), "NTE|2||y");
        var batch = new Hl7Batch(new Hl7Limits(MaxMessageLength: 2000));
        var entries = batch.Read(Utf8(One("A") + huge + One("B"))).ToList();
        Assert.Equal([false, true, false], entries.Select(entry => entry.IsTooLarge));
        Assert.False(entries[1].TryParse(null, out _, out var problem));
        Assert.Equal("message-too-large", problem!.Code);
        Assert.Equal("HUGE", entries[1].HeaderOnly()!.Header.Value(10));
        Assert.Equal("B", Ids(entries).Last());
    }

    [Fact]
    public async Task The_stream_is_read_as_it_comes_however_it_is_cut()
    {
        var bytes = Utf8("\uFEFF" + Join(Fhs, Bhs) + One("A") + One("B") + Join("BTS|2", "FTS|1"));
        var ids = new List<string?>();
        var batch = new Hl7Batch();
        await foreach (var entry in batch.ReadAsync(new Drip(bytes, 1), TestContext.Current.CancellationToken))
        {
            ids.Add(entry.Parse().Header.Value(10));
        }

        Assert.Equal(["A", "B"], ids);
        Assert.Empty(batch.Problems);
    }

    private static (Hl7Batch Batch, List<Hl7BatchEntry> Entries) ReadAll(string text)
    {
        var batch = new Hl7Batch();
        return (batch, batch.Read(Utf8(text)).ToList());
    }

    private static IEnumerable<string?> Ids(IEnumerable<Hl7BatchEntry> entries)
        => entries.Select(entry => entry.HeaderOnly()?.Header.Value(10));

    private sealed class Drip(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(step, buffer.Length)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => ValueTask.FromResult(Read(buffer.Span));
    }
}
