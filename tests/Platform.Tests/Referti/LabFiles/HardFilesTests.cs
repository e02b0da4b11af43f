using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Jobs;
using Platform.Referti;
using Platform.Referti.LabFiles;
using Platform.Referti.LabMessages;
using Platform.UserManagement;
using Platform.UserManagement.RetentionRuns;
using Platform.Tests.Harness;
using Platform.Tests.Tables;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti.LabFiles;

/// <summary>Files as laboratories really send them, and as nobody should, down the whole road: a clear answer, nothing lost.</summary>
public sealed class HardFilesTests
{
    private const string Header = LabFileTests.SimpleHeader + ";note";

    [Theory, OnEachEngine]
    public async Task Windows_1252_with_quotes_separators_and_line_breaks_inside_its_cells(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample(await app.Person("D'Aloè", "Niccolò"));
        var progress = await app.HandIn($"{Header}\r\n{Row(sample, note: "\"Campione \"\"caldo\"\"; ricevuto\nalle 9 – città\"")}\r\n", sample.Lab, Windows1252);
        Assert.Equal((1, 1, 0), (progress.Lines, progress.Released, progress.Refused));
        Assert.Contains("Campione \"caldo\"; ricevuto\nalle 9 – città", Assert.Single(await app.Reports()).Versions[0].Details, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_quote_that_is_never_closed_spoils_its_row_and_no_other(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var progress = await app.HandIn($"{Header}\n\"mai chiusa;;;;;molecolare;negativo;15/11/2021 08:30;;\n{Row(sample)}\n", sample.Lab);
        Assert.Equal((2, 1, 1), (progress.Lines, progress.Released, progress.Refused));
        Assert.Equal((2, ""), Assert.Single(progress.Faults.Rows) is var fault ? (fault.Line, fault.Column) : default);
    }

    [Theory, OnEachEngine]
    public async Task A_workbook_in_a_zip_with_its_moments_as_numbers(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        (string, string?, string, uint)[] cells =
        [
            ("A", "str", sample.Number, 0), ("B", "shared", sample.Person.FiscalCode!, 0), ("C", "str", "molecolare", 0), ("D", "str", "positivo", 0),
            ("E", null, "44515.354166666664", 2), // 15/11/2021 08:30
        ];
        var workbook = Sheets.Workbook((1, [("A", "str", "Campione", 0), ("B", "str", "CF", 0), ("C", "str", "Esame", 0), ("D", "str", "Risultato", 0), ("E", "str", "Data prelievo", 0)]), (2, cells));
        var progress = await app.HandIn(Sheets.Zip(("risultati.xlsx", workbook)), sample.Lab);
        Assert.Equal((1, 1, 0), (progress.Lines, progress.Released, progress.Refused));
        Assert.Equal(new DateTime(2021, 11, 15, 7, 30, 0), Assert.Single(await app.Reports()).CollectedAt);
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_with_its_reason_and_nothing_is_kept()
    {
        await using var app = await Start(Engine.Sqlite);
        var system = await app.LabSystem(Lab);
        var csv = Encoding.UTF8.GetBytes(Header + "\n");
        foreach (var (file, type, code) in new (byte[], string, string)[]
        {
            ([], "text/csv", "table-empty"),
            ("\n\n;;\n"u8.ToArray(), "text/csv", "table-empty"),
            (Sheets.Zip(("a.csv", csv), ("b.csv", csv)), "application/zip", "table-zip"),
            (Sheets.Zip(), "application/zip", "table-zip"),
            (Sheets.Zip(("a.zip", Sheets.Zip(("a.csv", csv)))), "application/zip", "table-zip"),
            (Sheets.Zip(("a.csv", csv))[..60], "application/zip", "table-"),
            (Sheets.Zip(("a.csv", [.. csv, .. new byte[20 * 1024 * 1024]])), "application/zip", "table-too-large"),
            ("%PDF-1.7 "u8.ToArray(), "text/csv", "table-not-a-table"),
        })
        {
            using var content = new ByteArrayContent(file);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            var answer = await system.PostAsync("/api/v1/referti/files", content);
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (answer.StatusCode, ((string)problem["type"]!).Contains(code, StringComparison.Ordinal)));
            Assert.False(string.IsNullOrWhiteSpace((string?)problem["title"]));
        }

        Assert.Equal(0, await app.Db<RefertiDb, int>(db => db.Set<ImportedFile>().CountAsync()));
    }

    [Fact]
    public async Task A_header_alone_and_a_column_that_nobody_knows_are_told()
    {
        await using var app = await Start(Engine.Sqlite);
        var empty = await app.HandIn(Header + "\n", Lab);
        Assert.Equal((0, 0, true, 100), (empty.Lines, empty.Refused, empty.Finished, empty.Percent));
        var odd = await app.HandIn(Header + ";colore\n", Lab);
        Assert.Equal((1, "colore", 0), Assert.Single(odd.Faults.Rows) is var fault ? (fault.Line, fault.Column, odd.Refused) : default);
    }

    [Theory, OnEachEngine]
    public async Task However_many_rows_are_wrong_all_come_back_to_be_mended(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var file = Path.GetTempFileName();
        try
        {
            var rows = Enumerable.Range(0, 1300).Select(i => i == 650 ? Row(sample) : $"T{i};;Cognome;Nome;01/01/1980;molecolare;forse;15/11/2021 08:30;;");
            await File.WriteAllTextAsync(file, $"{Header}\n{string.Join('\n', rows)}\n");
            var said = new StringWriter();
            Assert.Equal(1, await ImportReferti.Run(app.Services, [file, "--lab", sample.Lab], said, default));
            Assert.Contains("1300 rows: 1 released, 0 said already, 0 waiting, 0 known already, 1299 refused;", said.ToString(), StringComparison.Ordinal);
            Assert.Equal(20, said.ToString().Split('\n').Count(l => l.StartsWith("Row ", StringComparison.Ordinal)));
            var beside = await File.ReadAllLinesAsync(file + ".refused.csv");
            Assert.Equal(1300, beside.Length);
            Assert.StartsWith("T1299;;Cognome;Nome;01/01/1980;;molecolare;forse;", beside[^1], StringComparison.Ordinal);

            // Mended, the file that came back is a file like any other.
            var mended = string.Join('\n', beside).Replace("forse", "negativo", StringComparison.Ordinal);
            var progress = await app.HandIn(mended, sample.Lab);
            Assert.Equal((1299, 1299, 0), (progress.Lines, progress.Waiting, progress.Faults.Total));
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".refused.csv");
        }
    }

    [Theory, OnEachEngine]
    public async Task The_cells_of_refused_rows_are_forgotten_in_time_and_what_was_wrong_stays(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var progress = await app.HandIn($"{Header}\n{Row(sample, "forse")}\n", sample.Lab);
        var address = $"/referti/import/{progress.Id}?format=csv";
        var jobs = app.Services.GetRequiredService<JobRunner>();

        app.Clock.Advance(TimeSpan.FromDays(29));
        await jobs.Run(ApplyRetention.Name, default);
        var visitor = await app.SignedIn(As.Lab(sample.Lab));
        Assert.Contains(sample.Person.FamilyName, await visitor.Http.GetStringAsync(address), StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromDays(2));
        await jobs.Run(ApplyRetention.Name, default);
        await visitor.SignIn($"laboperator.{sample.Lab.ToLowerInvariant()}", PlatformApp.Password);
        var after = await visitor.Http.GetStringAsync(address);
        Assert.DoesNotContain(sample.Person.FamilyName, after, StringComparison.Ordinal);
        Assert.Contains("esito: Il valore non è tra quelli ammessi", after, StringComparison.Ordinal);
        Assert.Contains("è stato cancellato, passato il termine", (await visitor.Open($"/referti/import/{progress.Id}")).Text, StringComparison.Ordinal);
        Assert.Contains("import_refused_rows: 1", await app.Db<UserManagementDb, string?>(
            db => db.JobRuns.OrderByDescending(r => r.StartedAt).Select(r => r.OutcomeArguments).FirstAsync()), StringComparison.Ordinal);
    }

    private static Encoding Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static string Row(Sample sample, string result = "positivo", string note = "") => LabFileTests.Simple(sample, result, ct: "") + ";" + note;
}
