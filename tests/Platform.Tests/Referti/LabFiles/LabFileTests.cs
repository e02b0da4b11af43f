using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;
using Platform.Referti;
using Platform.Referti.Contracts;
using Platform.Referti.LabFiles;
using Platform.Referti.LabMessages;
using Platform.Referti.Unmatched;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti.LabFiles;

/// <summary>Files of results: the good rows become reports, the wrong ones are told by row and column, nothing is lost or doubled.</summary>
public sealed class LabFileTests
{
    internal const string SimpleHeader = "campione;codice_fiscale;cognome;nome;data_nascita;esame;esito;prelevato_il;ct_n";

    [Theory, OnEachEngine]
    public async Task Good_rows_become_reports_and_wrong_ones_are_told_by_row_and_column(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();

        var progress = await app.HandIn(
            $"""
            {SimpleHeader}
            {Simple(sample)}
            ;{sample.Person.FiscalCode};"Rossi; detta ""Lia"" ";Anna;01/08/1985;molecolare;POSITIVISSIMO;15/11/2021 08:30;
            {sample.Number};XXX;A;B;31/02/1985;molecolare;negativo;ieri;99,9
            a;b;c
            """, sample.Lab);

        Assert.Equal((4, 1, 0, 3, true), (progress.Lines, progress.Released, progress.Waiting, progress.Refused, progress.Finished));
        Assert.Equal(
            [(3, "esito"), (4, "codice_fiscale"), (4, "data_nascita"), (4, "prelevato_il"), (4, "ct_n"), (5, "")],
            progress.Faults.Rows.Select(f => (f.Line, f.Column)));
        var report = Assert.Single(await app.Reports());
        Assert.Equal((ReportResult.Detected, sample.Person.Id, sample.RequestId), (report.Result, report.PatientId, report.RequestId));
        Assert.Equal("CT N: 21.4", report.Versions[0].Details);
        Assert.Equal(SwabRequestState.Reported, await app.StateOf(sample.RequestId));
    }

    [Theory, OnEachEngine]
    public async Task The_same_file_sent_several_times_at_once_is_one_file(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var (id, content) = (Guid.CreateVersion7(app.Clock.Now), Encoding.UTF8.GetBytes($"{SimpleHeader}\n{Simple(sample)}\n"));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => app.Send(new SendLabFile(id, new MemoryStream(content), "risultati.csv", null), As.Lab(sample.Lab)))));

        var progress = await app.HandIn(content, sample.Lab, id: id);
        Assert.Equal((1, 1, 0, true), (progress.Lines, progress.Released, progress.Refused, progress.Finished));
        Assert.Single(await app.Reports());
    }

    [Theory, OnEachEngine]
    public async Task The_same_rows_again_in_any_file_change_nothing(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.HandIn($"{SimpleHeader}\n{Simple(sample)}\n", sample.Lab);

        var again = await app.HandIn($"ct_n,esito,{SimpleHeader.Replace(";esito", "", StringComparison.Ordinal).Replace(";ct_n", "", StringComparison.Ordinal).Replace(';', ',')}\n"
            + $"\"21,4\",positivo,{sample.Number},{sample.Person.FiscalCode},{sample.Person.FamilyName},{sample.Person.GivenName},01/08/1985,molecolare,15/11/2021 08:30\n", sample.Lab);

        Assert.Equal((1, 0, 1), (again.Lines, again.Released, again.Known));
        Assert.Single(Assert.Single(await app.Reports()).Versions);
        Assert.Single(await app.Messages());
    }

    [Theory, OnEachEngine]
    public async Task Corrections_and_annulments_come_by_file_and_an_undeclared_change_waits(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.HandIn($"{SimpleHeader};stato\n{Simple(sample)};\n", sample.Lab);
        await app.HandIn($"{SimpleHeader};stato\n{Simple(sample, "negativo")};\n", sample.Lab);
        Assert.Equal(WaitingReason.ContradictsIssued, Assert.Single(await app.Queue()).ReasonCode);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.HandIn($"{SimpleHeader};stato\n{Simple(sample, "negativo")};correzione\n", sample.Lab);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.HandIn($"{SimpleHeader};stato\n{Simple(sample, "negativo")};annullamento\n", sample.Lab);

        Assert.Equal([ReportVersionKind.Original, ReportVersionKind.Correction, ReportVersionKind.Annulment],
            Assert.Single(await app.Reports()).Versions.OrderBy(v => v.Number).Select(v => v.Kind));
    }

    [Theory, OnEachEngine]
    public async Task The_regions_own_layout_is_read_and_its_known_gaps_are_closed(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        string Row(string document, string cf, string result = "P", string described = "POSITIVO", string code = "91.12.S", string serology = ";;") =>
            $"Laboratorio;12;;;301;01;VRDMRA80A01L219M;;{cf};{person.FamilyName};{person.GivenName};F;01/08/1985;TORINO;TORINO;Via Roma;TORINO;;{document};{code};Tampone;"
            + $"20211115083000+0100;{result};{described};{serology}";
        var header = string.Join(';', Enumerable.Range(1, 27).Select(i => $"colonna {i}")); // The first row is dropped whatever it says.

        var progress = await app.HandIn(string.Join("\r\n",
            header, Row("D1", person.FiscalCode!), Row("D2", person.FiscalCode!, "POSITIVO"), Row("D3", person.FiscalCode!, "N", "POSITIVO"),
            Row("D4", "NON-POSSIEDE-CF"), Row("D5", person.FiscalCode!, "NP", "NON PERVENUTO"), Row("D6", person.FiscalCode!, code: "91.31.C"),
            Row("D7", person.FiscalCode!, code: "91.31.C", serology: "AU/mL;15,2;0-10"), Row("D1", person.FiscalCode!)), Lab, Encoding.Latin1);

        Assert.Equal([(3, "esitoCode"), (4, "esitoDesc"), (7, "unit"), (7, "value"), (7, "referenceRange")], progress.Faults.Rows.Select(f => (f.Line, f.Column)));
        // Nobody is matched by name alone; what never reached the laboratory is no result.
        Assert.Equal([WaitingReason.CannotBeDone, WaitingReason.NoFiscalCode], (await app.Queue()).Select(u => u.ReasonCode).Order());
        Assert.Equal([(TestType.Molecular, ReportResult.Detected), (TestType.Serology, ReportResult.Detected)],
            (await app.Reports()).Select(r => (r.TestType, r.Result)).Order());
        Assert.Equal((2, 2, 1, 3), (progress.Released, progress.Waiting, progress.Known, progress.Refused));
    }

    [Theory, OnEachEngine]
    public async Task An_analysers_file_goes_by_the_tube_alone_in_its_own_laboratory(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var other = await app.Sample(await app.Person("Verdi", "Mara"));
        var file = $"Well\tSample Name\tCall\tCt N\tCt RdRP\tRun Ended\nA01\t{sample.Number}\tPOS\t18.2\t19,7\t15/11/2021 09:30\nA02\tNTC\tNEG\tN/A\tN/A\t15/11/2021 09:30\n"
            + $"A03\t{other.Number}\tUnclear\tN/A\tN/A\t15/11/2021 09:30\n";

        var progress = await app.HandIn(file, sample.Lab, map: "cfx96");

        var report = Assert.Single(await app.Reports());
        Assert.Equal((sample.RequestId, "CT N: 18.2; CT RdRP: 19.7"), (report.RequestId!.Value, report.Versions[0].Details));
        Assert.Equal((1, 1, 1), (progress.Released, progress.Waiting, progress.Refused));
        Assert.Equal("Result", Assert.Single(progress.Faults.Rows).Column);
    }

    [Theory, OnEachEngine]
    public async Task What_is_no_table_is_refused_before_anything_is_kept(Engine engine)
    {
        await using var app = await Start(engine);
        foreach (var (content, code) in new[] { ("", "table-empty"), ("paziente;cosa\na;b\n", "table-missing-column"), ("%PDF-1.4", "table-not-a-table") })
            Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(() => app.HandIn(content, Lab))).Code);
        Assert.Equal("unknown-format", (await Assert.ThrowsAsync<Refusal>(() => app.HandIn(SimpleHeader, Lab, map: "boh"))).Code);
        Assert.Equal(0, await app.Db<RefertiDb, int>(db => db.Set<ImportedFile>().CountAsync()));
        Assert.DoesNotContain(await app.Messages(), _ => true);
    }

    [Theory, OnEachEngine]
    public async Task One_bad_row_among_many_is_one_bad_row_and_a_file_cut_off_goes_on(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var rows = Enumerable.Range(0, 600).Select(i => i == 400 ? "x" : i == 599 ? Simple(sample) : $"T{i};;Cognome;Nome;01/01/1980;molecolare;negativo;15/11/2021 08:30;");
        var file = $"{SimpleHeader}\n{string.Join('\n', rows)}\n";
        var id = Guid.CreateVersion7();

        // The sender is cut off in the middle of the upload; then it comes whole.
        await Assert.ThrowsAnyAsync<Exception>(() => app.Send(
            new SendLabFile(id, new Torn(Encoding.UTF8.GetBytes(file), 24_000), "a.csv", null), As.Lab(sample.Lab)));
        await app.Drain();
        var progress = await app.HandIn(file, sample.Lab, id: id);

        Assert.Equal((600, 1, 598, 1, true), (progress.Lines, progress.Released, progress.Waiting, progress.Refused, progress.Finished));
        Assert.Equal(402, Assert.Single(progress.Faults.Rows).Line);
        Assert.Equal(599, (await app.Messages()).Count);
        Assert.All(await app.Db<RefertiDb, List<string>>(db => db.Set<ImportBatch>().Select(b => b.Payload).ToListAsync()), Assert.Empty);
    }

    [Theory, OnEachEngine]
    public async Task The_operator_hands_in_on_the_page_and_sends_the_mended_rows_again(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var visitor = await app.SignedIn(As.Lab(sample.Lab));
        var wrong = Simple(sample).Replace("positivo", "POSITIVO!", StringComparison.Ordinal);
        var received = await HandIn($"{SimpleHeader}\n{wrong}\n");
        await app.Drain();

        var progress = await visitor.Open(received.Address);
        Assert.Contains("2 esito Il valore non è tra quelli ammessi", progress.Text, StringComparison.Ordinal);
        var refused = progress.Link("Scarica le righe respinte");
        var mended = (await visitor.Http.GetStringAsync(refused)).Replace("POSITIVO!", "positivo", StringComparison.Ordinal);
        await HandIn(mended);
        await app.Drain();
        Assert.Equal(ReportResult.Detected, Assert.Single(await app.Reports()).Result);

        var empty = await HandIn("");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (empty.Status, empty.Text.Contains("Il file è vuoto.", StringComparison.Ordinal)));
        var other = await app.SignedIn(As.Lab(sample.Lab == "LAB-003" ? "LAB-001" : "LAB-003"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Open(received.Address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Open(refused)).Status);

        // The rows name people whom nothing has matched: the look at them is in the audit, by file.
        await app.Drain();
        Assert.Equal(1, await app.Db<Platform.UserManagement.UserManagementDb, int>(db => Task.FromResult(
            db.AuditLines.Count(l => l.What == "referti.RefusedLabRows" && l.Subject == Platform.UserManagement.AuditLog.AuditSubject.Record))));

        async Task<Screen> HandIn(string content) =>
            await visitor.Submit((await visitor.Open("/referti/import")).Attach("Form.File", "risultati.csv", Encoding.UTF8.GetBytes(content)), "Importa");
    }

    [Theory, OnEachEngine]
    public async Task A_system_sends_a_file_and_asks_what_became_of_it(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var system = await app.LabSystem(sample.Lab);

        var answer = await Post(system, "/api/v1/referti/files", $"{SimpleHeader}\n{Simple(sample)}\n", "text/csv");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await app.Drain();
        var told = JsonNode.Parse(await system.GetStringAsync(answer.Headers.Location))!;
        Assert.Equal((1, true), ((int)told["released"]!, (bool)told["finished"]!));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(system, "/api/v1/referti/files", "boh", "text/csv")).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Post(system, "/api/v1/referti/files", "boh", "text/html")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post(app.Anonymous(), "/api/v1/referti/files", "boh", "text/csv")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.LabSystem(sample.Lab == "LAB-003" ? "LAB-001" : "LAB-003")).GetAsync(answer.Headers.Location)).StatusCode);
    }

    [Theory, OnEachEngine]
    public async Task From_the_command_line_a_table_goes_in_and_leaves_its_refused_rows_beside_it(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"{SimpleHeader}\n{Simple(sample)}\n{Simple(sample, "forse")}\n");
            var said = new StringWriter();
            Assert.Equal(1, await ImportReferti.Run(app.Services, [file, "--lab", sample.Lab], said, default));
            Assert.Contains("2 rows: 1 released, 0 said already, 0 waiting, 0 known already, 1 refused;", said.ToString(), StringComparison.Ordinal);
            Assert.Contains("Row 3: esito:", said.ToString(), StringComparison.Ordinal);
            Assert.Contains("forse", await File.ReadAllTextAsync(file + ".refused.csv"), StringComparison.Ordinal);
            Assert.Equal(2, await ImportReferti.Run(app.Services, [file], said, default));
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".refused.csv");
        }
    }

    [Fact]
    public void A_description_that_is_wrong_says_where()
    {
        var folder = Directory.CreateTempSubdirectory();
        Directory.CreateDirectory(Path.Combine(folder.FullName, "lab_files"));
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "lab_files", "a.json"), """
                { "name": "a", "title": "A", "title_en": "A", "source": "s", "valid_from": "2021-01-01",
                  "columns": [ { "name": "esito", "is": "result", "values": { "P": "positivo" } }, { "name": "quando", "is": "collected_at" } ] }
                """);
            File.WriteAllText(Path.Combine(folder.FullName, "lab_files", "b.json"), "{ \"name\": \"b\",\n \"colums\": [] }");
            var errors = Assert.Throws<RegionPackException>(() => FileMaps.Read(folder.FullName)).Errors;
            Assert.Contains(errors, e => e.StartsWith("lab_files/a.json, column esito: positivo", StringComparison.Ordinal));
            Assert.Contains(errors, e => e.StartsWith("lab_files/a.json, column quando: a date needs formats", StringComparison.Ordinal));
            Assert.Contains(errors, e => e.StartsWith("lab_files/a.json, columns: none says the test", StringComparison.Ordinal));
            Assert.Contains(errors, e => e.StartsWith("lab_files/b.json, line 2", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(true);
        }
    }

    internal static string Simple(Sample sample, string result = "positivo", string ct = "21,4") =>
        $"{sample.Number};{sample.Person.FiscalCode};{sample.Person.FamilyName};{sample.Person.GivenName};"
        + $"{sample.Person.BirthDate.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)};molecolare;{result};15/11/2021 08:30;{ct}";

    private static async Task<HttpResponseMessage> Post(HttpClient client, string address, string text, string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await client.PostAsync(address, content);
    }

    /// <summary>A stream that breaks after so many bytes.</summary>
    private sealed class Torn(byte[] bytes, int after) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= after ? throw new IOException("The sender is gone.")
                : await base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Math.Max(1, after - Position))], cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) =>
            Position >= after ? throw new IOException("The sender is gone.") : base.Read(buffer, offset, (int)Math.Min(count, after - Position));
    }
}

internal static class HandingIn
{
    public static Task<LabFileProgressAnswer> HandIn(
        this PlatformApp app, string content, string lab, Encoding? encoding = null, string? map = null, Guid? id = null) =>
        app.HandIn((encoding ?? Encoding.UTF8).GetBytes(content), lab, map, id);

    public static async Task<LabFileProgressAnswer> HandIn(this PlatformApp app, byte[] content, string lab, string? map = null, Guid? id = null)
    {
        var file = id ?? Guid.CreateVersion7(app.Clock.Now);
        using var stream = new MemoryStream(content);
        await app.Send(new SendLabFile(file, stream, "risultati.csv", map), As.Lab(lab));
        await app.Drain();
        return LabFileProgressAnswer.Of(await app.Send(new LabFileProgress(file, 1), As.Lab(lab)));
    }
}
