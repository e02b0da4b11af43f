using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Platform.BuildingBlocks.Tables;

namespace Platform.Tests.Tables;

public sealed class WriterTests
{
    private sealed record Row(string Name, DateOnly? Day, DateTime? Moment, int? Number, decimal Share);

    private static readonly TableColumn<Row>[] Columns =
    [
        new("Cognome", r => r.Name), new("Nome", _ => "x"), new("Data di nascita", r => r.Day), new("Quando", r => r.Moment),
        new("Numero", r => r.Number), new("Quota", r => r.Share),
    ];

    private static readonly Row[] Rows =
    [
        new("Nicolò; \"Nini\"", new(1980, 3, 12), new(2021, 3, 12, 8, 30, 0), 3, 0.25m),
        new("=1+1", null, null, null, -2),
        new("due\nrighe \u0001", null, null, 0, 1),
    ];

    [Fact]
    public async Task Csv_opens_in_a_spreadsheet_and_no_cell_is_a_formula()
    {
        var file = await Write(TableFormat.Csv);
        Assert.True(file.AsSpan().StartsWith(Encoding.UTF8.Preamble));
        Assert.Equal(
            "Cognome;Nome;Data di nascita;Quando;Numero;Quota\r\n"
            + "\"Nicolò; \"\"Nini\"\"\";x;12/03/1980;12/03/2021 08:30;3;0,25\r\n"
            + "'=1+1;x;;;;-2\r\n"
            + "\"due\nrighe \u0001\";x;;;0;1\r\n",
            Encoding.UTF8.GetString(file.AsSpan(3)));
    }

    [Fact]
    public async Task The_workbook_is_valid_and_its_cells_have_types()
    {
        var file = await Write(TableFormat.Xlsx);
        using (var document = SpreadsheetDocument.Open(new MemoryStream(file), false))
            Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => $"{e.Path?.XPath} {e.Description}"));
        var layout = new TableLayout([.. Columns.Select(c => new TableField(c.Title, true))]);
        Assert.Equal(
            ["2:Nicolò; \"Nini\"|x|1980-03-12|2021-03-12T08:30:00|3|0.25", "3:=1+1|x||||-2", "4!La colonna «Cognome» contiene un carattere di controllo."],
            (await Sheets.Read(file, layout: layout)).Rows.Select(r => r.Said()));
    }

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.Xlsx)]
    public async Task Many_rows_leave_as_they_come(TableFormat format)
    {
        await using var output = new OneWay();
        await TableWriter.Write(format, output, Columns, Many(30_000), default);
        Assert.True(output.Largest < 1024 * 1024, $"{output.Largest}");
        Assert.Equal(30_000, (await Sheets.Read(output.Kept.ToArray())).Rows.Count);
    }

    private static async Task<byte[]> Write(TableFormat format)
    {
        await using var output = new OneWay();
        await TableWriter.Write(format, output, Columns, Rows.ToAsyncEnumerable(), default);
        return output.Kept.ToArray();
    }

    private static async IAsyncEnumerable<Row> Many(int count)
    {
        for (var index = 0; index < count; index++)
            yield return Rows[index % 2];
        await Task.CompletedTask;
    }

    /// <summary>As the body of an answer: written asynchronously only.</summary>
    private sealed class OneWay : Stream
    {
        public MemoryStream Kept { get; } = new();
        public int Largest { get; private set; }
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Largest = Math.Max(Largest, buffer.Length);
            return Kept.WriteAsync(buffer, cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() => throw new InvalidOperationException("Synchronous.");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("Synchronous.");
    }
}
