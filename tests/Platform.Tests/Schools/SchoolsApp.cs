using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts;
using Platform.Schools;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Tests.Harness;
using Platform.Tests.Testing;

namespace Platform.Tests.Schools;

/// <summary>What the tests of schools begin from: an institute of Torino with a nursery, a primary and a lower secondary school, and a paritaria.</summary>
internal static class SchoolsApp
{
    public const string Institute = "TOIC81500R";
    public const string Primary = "TOEE81501A";
    public const string Lower = "TOMM81501B";
    public const string Nursery = "TOAA8A102Q";
    public const string Private = "TO1E00100P";
    public const string StateHeader = "ANNOSCOLASTICO,AREAGEOGRAFICA,REGIONE,PROVINCIA,CODICEISTITUTORIFERIMENTO,DENOMINAZIONEISTITUTORIFERIMENTO,CODICESCUOLA,DENOMINAZIONESCUOLA,INDIRIZZOSCUOLA,CAPSCUOLA,CODICECOMUNESCUOLA,DESCRIZIONECOMUNE,DESCRIZIONECARATTERISTICASCUOLA,DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA,INDICAZIONESEDEDIRETTIVO,INDICAZIONESEDEOMNICOMPRENSIVO,INDIRIZZOEMAILSCUOLA,INDIRIZZOPECSCUOLA,SITOWEBSCUOLA";
    public const string PrivateHeader = "ANNOSCOLASTICO,AREAGEOGRAFICA,REGIONE,PROVINCIA,CODICESCUOLA,DENOMINAZIONESCUOLA,INDIRIZZOSCUOLA,CAPSCUOLA,CODICECOMUNESCUOLA,DESCRIZIONECOMUNE,DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA,INDIRIZZOEMAILSCUOLA,INDIRIZZOPECSCUOLA,SITOWEBSCUOLA";
    public const string ClassHeader = "CODICESCUOLA,TIPOGRADOSCUOLA,ANNOCORSO,SEZIONEANNO,COMBINAZIONE";

    public static Identity Referent { get; } = As.School(Institute);

    public static Identity Office { get; } = As.Sisp("010301");

    public static string State(string code, string type, int year = 202122, string institute = Institute, string town = "L219", string name = "SCUOLA") =>
        $"{year},NORD OVEST,PIEMONTE,TORINO,{institute},I.C. PROVA,{code},{name} {code},VIA ROMA 1,10100,{town},TORINO,NORMALE,{type},NO,NO,prova@example.org,,";

    public static string[] Register(int year = 202122) =>
    [
        StateHeader, State(Institute, "ISTITUTO COMPRENSIVO", year), State(Primary, "SCUOLA PRIMARIA", year), State(Lower, "SCUOLA PRIMO GRADO", year), State(Nursery, "SCUOLA INFANZIA", year),
    ];

    public static async Task<PlatformApp> Start(Engine engine)
    {
        var app = await TestingApp.Start(engine);
        await app.Bring<SchoolsImport>(Register());
        await app.Bring<ClassesImport>(ClassHeader, $"{Primary},EE,2,A,27 ORE", $"{Primary},EE,2,B,27 ORE", $"{Lower},MM,1,A,", $"{Lower},MM,2,A,");
        return app;
    }

    public static Task<ImportOutcome> Bring<TImport>(this PlatformApp app, params string[] lines)
        where TImport : StagedImport => app.Bring<TImport>(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public static async Task<ImportOutcome> Bring<TImport>(this PlatformApp app, byte[] file)
        where TImport : StagedImport
    {
        var (counts, faults) = (new List<int>(), new List<RowFault>());
        await using var scope = app.Scope();
        var (table, _) = await scope.ServiceProvider.GetRequiredService<TImport>().Open(new MemoryStream(file), null, default);
        await using (table)
        {
            await app.Services.GetRequiredService<ImportRun>().Bring<TImport>(ImportSource.CommandLine, table.Rows(), (_, outcome) =>
            {
                counts = counts.Count == 0 ? [.. outcome.Counts] : [.. counts.Zip(outcome.Counts, (a, b) => a + b)];
                faults.AddRange(outcome.Faults);
                return ValueTask.CompletedTask;
            }, default);
        }

        return new(counts, faults);
    }

    public static async Task<Guid> HandIn(this PlatformApp app, Identity who, string school, params string[] lines)
    {
        var file = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        return await app.Send(new HandInList { Id = Guid.CreateVersion7(app.Clock.Now), SchoolCode = school, File = new FormFile(new MemoryStream(file), 0, file.Length, "File", "elenco.csv") }, who);
    }

    public static Task<SchoolClass> ClassOf(this PlatformApp app, string school, string name) =>
        app.Db<SchoolsDb, SchoolClass>(async db => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(db.Classes.Where(c => c.SchoolCode == school))).Single(c => c.Name == name));

    public static string Row(PatientSummary person, string of, string part = "alunno") => $"{person.FamilyName};{person.GivenName};{person.FiscalCode};{part};{of}";

    /// <summary>A class with its pupils and two teachers, of whom the first teaches in another class too.</summary>
    public static async Task<(SchoolClass Class, List<PatientSummary> Pupils, List<PatientSummary> Teachers)> Filled(this PlatformApp app, int pupils, string school = Primary, string name = "2A", string other = "2B")
    {
        var (people, teachers) = (new List<PatientSummary>(), new List<PatientSummary>());
        for (var index = 0; index < pupils; index++)
            people.Add(await app.Person($"Alunno{(char)('a' + index % 26)}", $"Nome{(char)('a' + index / 26)}"));
        teachers.Add(await app.Person("Maestra", "Prima"));
        teachers.Add(await app.Person("Maestra", "Seconda"));
        var list = await app.HandIn(Referent, school,
            ["Cognome;Nome;Codice fiscale;Ruolo;Classe", .. people.Select(p => Row(p, name)), .. teachers.Select(t => Row(t, name, "docente")), Row(teachers[0], other, "docente")]);
        await app.Send(new ApplyList { Id = list, From = new(2021, 9, 1) }, Referent);
        return (await app.ClassOf(school, name), people, teachers);
    }
}
