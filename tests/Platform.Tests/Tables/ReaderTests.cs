using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Tables;

namespace Platform.Tests.Tables;

public sealed class ReaderTests
{
    private const string Plain = "Cognome;Nome;Data di nascita;Codice\r\nRossi;Nicolò;12/03/1980;001272\r\n";

    [Theory]
    [InlineData(';')]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task Separators_are_recognised_by_the_header(char separator)
    {
        var (rows, table) = await Sheets.Read($"Cognome;NOME;data_di_nascita;Còdice\r\nD'Angelo;Zoè;\"12/03/1980\";1\r\n".Replace(';', separator));
        Assert.Equal("2:D'Angelo|Zoè|12/03/1980|1", Assert.Single(rows).Said());
        Assert.Equal((1, 0), (table.HeaderLine, table.Unknown.Count));
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "utf-16", "utf-16 without mark", "utf-16BE", "windows-1252"];

    [Theory, MemberData(nameof(Encodings))]
    public async Task Encodings_are_recognised(string name)
    {
        byte[] file = name switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(Plain),
            "utf-8 with mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Plain)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Plain)],
            "utf-16 without mark" => Encoding.Unicode.GetBytes(Plain),
            "utf-16BE" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Plain)],
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Plain),
        };
        Assert.Equal("2:Rossi|Nicolò|12/03/1980|001272", Assert.Single((await Sheets.Read(file)).Rows).Said());
    }

    [Fact]
    public async Task A_line_in_another_encoding_than_the_rest_is_told_and_the_others_are_read()
    {
        byte[] file = [.. "Cognome;Nome\nRossi;Nicolò\n"u8, .. Encoding.Latin1.GetBytes("Verdi;Zoè\n"), .. "Neri;Ugo"u8];
        Assert.Equal(
            ["2:Rossi|Nicolò||", "3!La riga non è in UTF-8 come il resto del file: salvi il file come «CSV UTF-8».", "4:Neri|Ugo||"],
            (await Sheets.Read(file)).Rows.Select(r => r.Said()));
    }

    [Fact]
    public async Task Rows_are_counted_as_a_spreadsheet_counts_them_and_habits_are_understood()
    {
        var (rows, table) = await Sheets.Read("sep=;\n\nnome;cognome;Note;;\nAnna;\"Rossi; detta \"\"Nini\"\"\";x;;\n;;;;\n\"Due\nrighe\";Verdi;;\n\nUgo;Neri;y\n");
        Assert.Equal(["4:Rossi; detta \"Nini\"|Anna||", "6:Verdi|Due\nrighe||", "8:Neri|Ugo||"], rows.Select(r => r.Said()));
        Assert.Equal((3, "Note"), (table.HeaderLine, Assert.Single(table.Unknown)));
    }

    [Theory]
    [InlineData("", "table-empty")]
    [InlineData("\r\n \r\n", "table-empty")]
    [InlineData("nome;codice\nx;y", "table-missing-column")]
    [InlineData("nome;cognome;Nome\nx;y;z", "table-column-twice")]
    [InlineData("%PDF-1.4 cognome nome", "table-not-a-table")]
    [InlineData("cognome;nome\0;\n", "table-not-a-table")]
    [InlineData("PK\u0003\u0004 broken", "table-zip-broken")]
    public async Task A_file_that_is_no_table_of_ours_is_refused_with_the_reason(string file, string code)
    {
        var refusal = await Assert.ThrowsAsync<Refusal>(() => Sheets.Read(file));
        Assert.Equal((code, RefusalKind.Unprocessable), (refusal.Code, refusal.Kind));
    }

    [Fact]
    public async Task A_missing_column_is_named_with_the_row_and_what_the_columns_are() =>
        Assert.Equal(["1", "family_name", "family_name, given_name, birth_date, code"],
            (await Assert.ThrowsAsync<Refusal>(() => Sheets.Read("nome;taglia\nx;y"))).Arguments.Select(a => a!.ToString()));

    [Fact]
    public async Task A_workbook_is_read_with_its_days_codes_and_texts()
    {
        var file = Sheets.Workbook(
            (2, [("B", "shared", "Cognome", 0), ("C", "inline", "Nome", 0), ("D", "shared", "Data di nascita", 0), ("F", "shared", "Codice", 0)]),
            (3, [("B", "shared", "Rossi", 0), ("C", "inline", "Nicolò", 0), ("D", null, "29292", 1), ("F", null, "1272", 3)]),
            (4, []),
            (6, [("B", "shared", "Verdi", 0), ("C", "str", "Anna_x000A_Maria", 0), ("D", null, "44267.354166666664", 2), ("F", null, "0.30000000000000004", 5)]),
            (7, [("B", "str", "Neri", 0), ("C", "str", "Ugo", 0), ("F", "error", "#N/A", 0)]),
            (8, [("B", "str", "Gialli", 0), ("C", "str", "Ivo", 0), ("D", null, "0.5", 4), ("F", "bool", "1", 0)]));
        string[] told = ["3:Rossi|Nicolò|1980-03-12|001272", "6:Verdi|Anna\nMaria|2021-03-12T08:30:00|0.3", "7!La cella F7 contiene un errore (#N/A).", "8:Gialli|Ivo|12:00:00|true"];
        var (rows, table) = await Sheets.Read(file);
        Assert.Equal(told, rows.Select(r => r.Said()));
        Assert.Equal(2, table.HeaderLine);
        Assert.Equal(told, (await Sheets.Read(Sheets.Zip(("__MACOSX/x", []), ("persone.xlsx", file)))).Rows.Select(r => r.Said()));
    }

    [Fact]
    public async Task A_zip_holds_one_file()
    {
        var csv = Encoding.UTF8.GetBytes(Plain);
        Assert.Single((await Sheets.Read(Sheets.Zip(("dati/persone.csv", csv)))).Rows);
        foreach (var zip in new[] { Sheets.Zip(), Sheets.Zip(("a.csv", csv), ("b.csv", csv)), Sheets.Zip(("a.zip", Sheets.Zip(("a.csv", csv)))) })
            Assert.StartsWith("table-zip", (await Assert.ThrowsAsync<Refusal>(() => Sheets.Read(zip))).Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_is_refused()
    {
        var bomb = Sheets.Zip(("a.csv", [.. "cognome;nome\n"u8, .. new byte[20 * 1024 * 1024]]));
        Assert.Equal("table-too-large", (await Assert.ThrowsAsync<Refusal>(() => Sheets.Read(bomb))).Code);
        var wide = Sheets.Workbook((1, [("A", "str", "cognome", 0), ("B", "str", "nome", 0)]), (2, [("A", "str", "x", 0), ("XFD", "str", "x", 0)]));
        Assert.Equal("2!La riga 2 ha più di 1000 celle.", Assert.Single((await Sheets.Read(wide)).Rows).Said());
        var few = new TableLimits { LongestCell = 10, MostCells = 5, LongestLine = 50 };
        Assert.Equal(
            ["2!La colonna «family_name» ha più di 10 caratteri.", "3!La riga ha più di 5 celle.", "4!La riga è troppo lunga.", "5:a|b||"],
            (await Sheets.Read(Encoding.UTF8.GetBytes($"cognome,nome\n{new string('x', 11)},b\n1,2,3,4,5,6\n{new string('x', 51)}\na,b"), few)).Rows.Select(r => r.Said()));
        var longCell = Sheets.Workbook((1, [("A", "str", "cognome", 0), ("B", "str", "nome", 0)]), (2, [("A", "str", new('x', 600), 0)]));
        Assert.Contains("più di 10 caratteri", Assert.Single((await Sheets.Read(longCell, few with { LongestCell = 10 })).Rows).Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_file_no_row_is_kept_and_little_is_read_ahead()
    {
        await using var file = new Repeated("cognome;nome\n"u8.ToArray(), "Rossi;Mario\n"u8.ToArray(), 2_000_000);
        await using var table = await Table.Open(file, Sheets.Layout, default);
        var (count, ahead, rows) = (0, 0L, new List<WeakReference>());
        await foreach (var row in table.Rows())
        {
            ahead = Math.Max(ahead, file.Position - 13 - count * 12L);
            if (++count % 500_000 == 1)
                rows.Add(new(row.Fields));
        }

        GC.Collect();
        Assert.Equal((2_000_000, 4), (count, rows.Count));
        Assert.All(rows, row => Assert.False(row.IsAlive));
        Assert.InRange(ahead, 0, 1024 * 1024);
    }

    [Fact]
    public void No_bytes_make_the_reader_stumble()
    {
        var workbook = Sheets.Workbook((1, [("A", "shared", "cognome", 0), ("B", "inline", "nome", 0)]), (2, [("A", "shared", "x", 0), ("B", null, "2", 1)]));
        var csv = Encoding.UTF8.GetBytes(Plain);
        var zip = Sheets.Zip(("a.csv", csv));
        var hurt = Gen.Elements(workbook, csv, zip).SelectMany(file => Gen.Choose(0, file.Length - 1).Zip(Gen.Choose(0, 255)).ArrayOf(4).Select(changes =>
        {
            var copy = (byte[])file.Clone();
            foreach (var (at, value) in changes)
                copy[at] = (byte)value;
            return copy;
        }));
        var junk = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();
        var text = Gen.Elements("\",;\r\n a1\0é'=cognome nome".ToCharArray()).ArrayOf().Select(c => Encoding.UTF8.GetBytes("cognome;nome\n" + new string(c)));
        Prop.ForAll(Gen.OneOf(hurt, junk, text).ToArbitrary(), file =>
        {
            try
            {
                var rows = Sheets.Read(file).GetAwaiter().GetResult().Rows;
                return rows.TrueForAll(r => r.Fault is not null || r.Fields.Length == 4) && rows.Select(r => r.Line).SequenceEqual(rows.Select(r => r.Line).Order());
            }
            catch (Refusal refusal)
            {
                return refusal.Kind == RefusalKind.Unprocessable;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }

    /// <summary>A file that is nowhere whole.</summary>
    private sealed class Repeated(byte[] head, byte[] line, int times) : Stream
    {
        private long at;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => head.Length + (long)line.Length * times;
        public override long Position { get => at; set => at = value; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, Length - at);
            for (var index = 0; index < read; index++, at++)
                buffer[offset + index] = at < head.Length ? head[at] : line[(at - head.Length) % line.Length];
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
