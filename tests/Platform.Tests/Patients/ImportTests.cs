using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Patients;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Imports;
using Platform.Tests.Harness;
using Platform.Tests.Tables;

namespace Platform.Tests.Patients;

public sealed class ImportTests
{
    private static readonly string Code = Registry.Mario.FiscalCode!;
    private static readonly string Good = $"{Code},Rossi,Mario,M,12/03/1980,Torino,001272,Via Po 1,mario@example.org,+39 555 1234567,990007,2020-01-01";
    private static readonly string Other = FiscalCode.Compute("Verdi", "Anna", Sex.Female, new(1990, 5, 6), "F205");

    [Theory, OnEachEngine]
    public async Task Good_lines_go_in_and_the_same_file_again_changes_nothing(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        string[] lines = [Good, $"{Other},Verdi,Anna,,,,Moncalieri,,,,,", ",Neri,Ugo,M,1970-01-02,,001272,,,,,"];
        Assert.Equal((3, 0, 0, 0), Of(await app.Import(lines)));
        Assert.Equal((0, 0, 3, 0), Of(await app.Import(lines)));
        Assert.Equal(3, await app.Count());
        Assert.Equal((3, 0), (await app.Told<PatientRegistered>(), await app.Told<PatientChanged>()));

        var mario = (await app.Send(new PatientsByIdentity(Code, null, null, null)))[0];
        Assert.Equal(("990007", "010301", "mario@example.org"), (mario.GpCode, mario.AslCode, mario.Email));

        Assert.Equal((0, 1, 2, 0), Of(await app.Import([Good.Replace("Via Po 1", "", StringComparison.Ordinal).Replace("001272", "001156", StringComparison.Ordinal), .. lines[1..]])));
        Assert.Equal("Via Po 1", (await app.Patient(mario.Id)).Address);
        Assert.Equal(1, await app.Told<PatientChanged>());
    }

    public static readonly TheoryData<string, string, string> BadLines = new()
    {
        { "RSSMRA80C12L219A,Rossi,Mario,,,,001272,,,,,", "fiscal_code", "controllo" },
        { "12345678901,Rossi,Mario,,,,001272,,,,,", "fiscal_code", "11 cifre" },
        { $"{Code},Verdi,Mario,,,,001272,,,,,", "family_name", "cognome" },
        { $"{Code},Rossi,Luca,,,,001272,,,,,", "given_name", "nome" },
        { $"{Code},Rossi,Mario,F,,,001272,,,,,", "sex", "uomo" },
        { $"{Code},Rossi,Mario,X,,,001272,,,,,", "sex", "M oppure F" },
        { $"{Code},Rossi,Mario,,1981-03-12,,001272,,,,,", "birth_date", "12/03/1980" },
        { $"{Code},Rossi,Mario,,31/02/1980,,001272,,,,,", "birth_date", "1980-03-12" },
        { $"{Code},Rossi,Mario,,,Milano,001272,,,,,", "birth_place", "luogo" },
        { $"{Code},Rossi,Mario,,,Atlantide,001272,,,,,", "birth_place", "Nessun comune" },
        { $"{Code},,Mario,,,,001272,,,,,", "family_name", "obbligatorio" },
        { $"{Code},R0ssi,Mario,,,,001272,,,,,", "family_name", "lettere" },
        { $"{Code},{new string('R', 81)},Mario,,,,001272,,,,,", "family_name", "80" },
        { $"{Code},Rossi,Mario,,,,999999,,,,,", "residence_istat", "regione" },
        { $"{Code},Rossi,Mario,,,,,,,,,", "residence_istat", "Manca" },
        { $"{Code},Rossi,Mario,,,,001272,\"Via\tPo\0\",,,,", "", "controllo" },
        { $"{Code},Rossi,Mario,,,,001272,,nessuna,,,", "email", "posta" },
        { $"{Code},Rossi,Mario,,,,001272,,,numero,,", "phone", "telefono" },
        { $"{Code},Rossi,Mario,,,,001272,,,,999999,", "gp_code", "Nessun medico" },
        { $"{Code},Rossi,Mario,,,,001272,,,,990528,", "gp_code", "pediatra" },
        { $"{Code},Rossi,Mario,,,,001272,,,,990007,1979-01-01", "gp_from", "nascita" },
        { $"{Code},Rossi,Mario,,,,001272,,,,990007,ieri", "gp_from", "1980-03-12" },
        { $"{Code},Rossi,Mario,,,,001272,,,,,2020-01-01", "gp_from", "manca" },
        { ",Rossi,Mario,,1980-03-12,,001272,,,,,", "sex", "sesso" },
        { ",Rossi,Mario,M,,,001272,,,,,", "birth_date", "nascita" },
        { ",Rossi,Mario,M,2031-03-12,,001272,,,,,", "birth_date", "possibile" },
        { $"{Code},Rossi,Mario", "", "3 campi" },
        { $"{Code},Rossi,Mario,,,,001272,,,,,,altro", "", "13 campi" },
        { $"{Code},\"Rossi,Mario,,,,001272,,,,,", "", "virgolette" },
        { $"{Code},\"Rossi\"x,Mario,,,,001272,,,,,", "", "virgolette" },
        { $"{Code},Ro\0ssi,Mario,,,,001272,,,,,", "", "controllo" },
    };

    [Theory, MemberData(nameof(BadLines))]
    public async Task A_bad_line_is_told_with_column_and_reason_and_the_good_ones_around_it_are_kept(string line, string column, string reason)
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var outcome = await app.Import(",Neri,Ugo,M,1970-01-02,,001272,,,,,", line, $"{Other},Verdi,Anna,,,,001272,,,,,");
        Assert.Equal(2, outcome.Added);
        Assert.Equal(2, await app.Count());
        var fault = Assert.Single(outcome.Faults);
        Assert.Equal((3, column), (fault.Line, fault.Column));
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_list_that_is_full_takes_nobody_more(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        await app.Doctors([new(2, ["990007", "D'Angelo", "Chiara", "mmg", "010301", "001272", "", "", "1"])]);
        var outcome = await app.Import(Good, $"{Other},Verdi,Anna,,,,001272,,,,990007,");
        Assert.Equal((1, 0, 0, 1), Of(outcome));
        Assert.Contains("massimale", Assert.Single(outcome.Faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Italian_workbook_goes_in_and_a_column_nobody_knows_is_told()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var admin = await app.SignedIn(As.Administrator());
        var workbook = Sheets.Workbook(
            (1, [("A", "shared", "Codice fiscale", 0), ("B", "shared", "Cognome", 0), ("C", "shared", "Nome", 0), ("D", "shared", "Data di nascita", 0), ("E", "inline", "Comune di residenza", 0), ("F", "inline", "Taglia", 0)]),
            (2, [("A", "shared", Code, 0), ("B", "shared", "Rossi", 0), ("C", "shared", "Mario", 0), ("D", null, "29292", 1), ("E", null, "1272", 3), ("F", null, "42", 0)]),
            (3, [("A", "shared", Other, 0), ("B", "shared", "Verdi", 0), ("C", "shared", "Anna", 0), ("D", null, "29292", 1), ("E", null, "1272", 3)]));
        var form = (await admin.Open("/patients/import")).Attach("Form.File", "persone.zip", Sheets.Zip(("persone.xlsx", workbook)));
        var progress = await admin.Submit(form, "Importa");
        await app.Drain();
        progress = await admin.Open(progress.Address);
        Assert.Contains("1 Taglia La colonna non è prevista", progress.Text, StringComparison.Ordinal);
        Assert.Contains("3 birth_date", progress.Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.Count());
    }

    [Fact]
    public void No_bytes_make_the_reader_stumble_and_lines_that_are_good_stay_good()
    {
        var junk = Gen.OneOf(
            Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(),
            Gen.Elements("\",;\r a1\0é'=".ToCharArray()).ArrayOf().Select(c => Encoding.UTF8.GetBytes(c)))
            .Select(bytes => bytes.Select(b => b == (byte)'\n' ? (byte)' ' : b).ToArray());
        var lines = Gen.Frequency((2, junk.Select(b => (Bytes: b, Good: false))), (1, Gen.Constant((Bytes: "Rossi,Mario,001272"u8.ToArray(), Good: true)))).ArrayOf();
        Prop.ForAll(lines.ToArbitrary(), some =>
        {
            byte[] file = [.. "family_name,given_name,residence_istat\n"u8, .. some.SelectMany(l => l.Bytes.Append((byte)'\n'))];
            var rows = Registry.Read(file).GetAwaiter().GetResult();
            var good = rows.Count(r => r.Fault is null && r.Fields[1] == "Rossi" && r.Fields[2] == "Mario" && r.Fields[6] == "001272");
            return good >= some.Count(l => l.Good) && rows.Count <= some.Length && rows.TrueForAll(r => r.Line >= 2 && r.Line <= some.Length + 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));
    }

    [Fact]
    public async Task No_lines_make_the_import_stumble()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var fields = Gen.OneOf(ArbMap.Default.ArbFor<string>().Generator.Select(s => s ?? ""), Gen.Elements(Good.Split(',')), Gen.Constant("")).ArrayOf(PeopleImport.Layout.Fields.Count);
        foreach (var sample in fields.Sample(200, 20).Chunk(50))
        {
            var line = 2;
            var outcome = await app.People([.. sample.Select(f => new TableRow(line++, [.. f.Select(t => t.Replace("\0", "", StringComparison.Ordinal))]))]);
            Assert.Equal(sample.Length, outcome.Added + outcome.Changed + outcome.Unchanged + outcome.Bad);
        }
    }

    [Theory, OnEachEngine]
    public async Task The_screen_takes_a_file_shows_its_progress_and_each_bad_line(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var admin = await app.SignedIn(As.Administrator());
        var lines = Enumerable.Range(0, 1200).Select(i =>
            $"{FiscalCode.Compute("Prova", "Uno", Sex.Male, new DateOnly(1980, 1, 1).AddDays(i), "L219")},Prova,Uno,,,,{(i == 700 ? "nulla" : "001272")},,,,990007,2020-01-01");
        var file = Encoding.UTF8.GetBytes(Registry.Header + "\n" + string.Join('\n', lines));
        var form = (await admin.Open("/patients/import")).Attach("Form.File", "persone.csv", file);
        var progress = await admin.Submit(form, "Importa");
        Assert.Equal(HttpStatusCode.OK, progress.Status);
        Assert.Contains("0 righe su 1200", progress.Text, StringComparison.Ordinal);

        await app.Drain();
        progress = await admin.Open(progress.Address);
        Assert.Contains("Importazione finita: 1200 righe", progress.Text, StringComparison.Ordinal);
        Assert.Contains("702 residence_istat Non è un comune della regione", progress.Text, StringComparison.Ordinal);
        Assert.Equal(1199, await app.Count());
        Assert.All(await app.Db<PatientsDb, List<ImportBatch>>(db => db.Set<ImportBatch>().ToListAsync()), b => Assert.Empty(b.Payload));
        var refused = await admin.Http.GetStringAsync(progress.Address + "?format=csv");
        Assert.Contains("Prova;Uno;;;;nulla;", refused, StringComparison.Ordinal);
        Assert.Contains("702;residence_istat: Non è un comune della regione", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_screen_refuses_what_is_no_such_file()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var admin = await app.SignedIn(As.Administrator());
        var none = await admin.Submit(await admin.Open("/patients/import"), "Importa");
        Assert.Contains("Scelga un file", none.ErrorOf("File"), StringComparison.Ordinal);
        var wrong = await admin.Submit((await admin.Open("/patients/import")).Attach("Form.File", "x.csv", "a,b\n1,2"u8.ToArray()), "Importa");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("manca family_name, given_name, residence_istat", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.Db<PatientsDb, int>(db => db.Set<ImportedFile>().CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task Doctors_are_brought_in_and_again_change_nothing(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var pack = await File.ReadAllBytesAsync(Path.Combine(app.Region.Folder, "gps.csv"));
        var rows = await Registry.Read(pack, DoctorsImport.Layout);
        Assert.Equal((0, 0, app.Region.Doctors.Count, 0), Of(await app.Doctors(rows)));
        var outcome = await app.Doctors(
        [
            new(2, ["990007", "D'Angelo", "Maria", "mmg", "010301", "001272", "", "", ""]),
            new(3, ["", "", "X", "gp", "999", "1", "x", "y", "0"]),
        ]);
        Assert.Equal((0, 1, 0, 1), Of(outcome));
        Assert.Equal(["code", "family_name", "kind", "asl", "municipality_istat", "email", "fiscal_code", "list_limit"], outcome.Faults.Select(f => f.Column));
    }

    private static (int Added, int Changed, int Unchanged, int Bad) Of(BatchOutcome o) => (o.Added, o.Changed, o.Unchanged, o.Bad);

    [Theory, OnEachEngine]
    public async Task STP_domicile_and_former_codes_come_in(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        async Task<BatchOutcome> Bring(params string[] lines) => await app.People(await Registry.Read(
            string.Join('\n', ["Codice fiscale;Cognome;Nome;Sesso;Data di nascita;Residenza;Rilasciato il;Domicilio", .. lines])));
        const string youssef = "STP0010011234567;El Amrani;Youssef;M;06/02/1995;Torino;01/10/2021;Moncalieri";
        var first = await Bring(youssef, "STP0010011234568;Senza;Rilascio;M;06/02/1995;Torino;;", ";Neonato;Uno;M;10/11/2021;Torino;;Nessundove");
        Assert.Equal(1, first.Added);
        Assert.Equal(["code_issued_on", "domicile_istat"], first.Faults.Select(f => f.Column));
        Assert.Equal((0, 1), await Bring(youssef) is var again ? (again.Changed, again.Unchanged) : default);
        var id = Assert.Single(await app.Send(new PatientsByIdentity("STP0010011234567", null, null, null))).Id;
        Assert.Equal(("010301", "010205"), await app.Patient(id) is var p ? (p.AslCode, p.DomicileAsl) : default);

        var code = FiscalCode.Compute("El Amrani", "Youssef", Sex.Male, new(1995, 2, 6), "Z330");
        await app.Send(await IdentityTests.Change(app, id) with { FiscalCode = code }, Registry.Sisp);
        Assert.Equal((0, 0, 1), await Bring(youssef) is var known ? (known.Added, known.Changed, known.Unchanged) : default);
        Assert.Equal(code, (await app.Patient(id)).FiscalCode);
    }
}
