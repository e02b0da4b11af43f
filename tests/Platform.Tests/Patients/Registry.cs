using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Patients;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Facts;
using Platform.Patients.Imports;
using Platform.Patients.People;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

/// <summary>A registry for the tests, arranged through the use cases.</summary>
internal static class Registry
{
    public const string Header = "fiscal_code,family_name,given_name,sex,birth_date,birth_place,residence_istat,address,email,phone,gp_code,gp_from";

    /// <summary>General practitioners and paediatrician of ASL Città di Torino, as in the region pack.</summary>
    public const string Gp = "990007", OtherGp = "990014", Paediatrician = "990528", GpOfMoncalieri = "990070";

    public const string Torino = "001272", Moncalieri = "001156";

    public static readonly Identity Sisp = As.Sisp("010301"), SispTo5 = As.Sisp("010205");

    public static async Task<PlatformApp> Start(Engine engine, params (string, string)[] settings)
    {
        var app = await PlatformApp.Start(engine, settings);
        var line = 2;
        await app.Doctors([.. app.Region.Doctors.Select(d => new TableRow(line++,
            [d.Code, d.FamilyName, d.GivenName, d.Paediatrician ? "pls" : "mmg", d.Asl, d.MunicipalityIstat, d.Email, d.FiscalCode, ""]))]);
        return app;
    }

    public static RegisterPerson Person(
        string family, string given, DateOnly born, Sex sex = Sex.Male, string place = "L219", string residence = Torino) =>
        new()
        {
            Id = Guid.CreateVersion7(), FamilyName = family, GivenName = given, Residence = residence,
            FiscalCode = FiscalCode.Compute(family, given, sex, born, place),
        };

    /// <summary>Mario Rossi, born on 12 March 1980 in Torino, where he lives.</summary>
    public static RegisterPerson Mario => Person("Rossi", "Mario", new(1980, 3, 12));

    public static Task<List<TableRow>> Read(string csv, TableLayout? layout = null) => Read(Encoding.UTF8.GetBytes(csv), layout);

    public static async Task<List<TableRow>> Read(byte[] csv, TableLayout? layout = null)
    {
        var rows = new List<TableRow>();
        await using var table = await Table.Open(new MemoryStream(csv), layout ?? PeopleImport.Layout, default);
        await foreach (var row in table.Rows())
            rows.Add(row);
        return rows;
    }

    public static async Task<BatchOutcome> Import(this PlatformApp app, params string[] lines) =>
        await app.People(await Read(string.Join('\n', [Header, .. lines])));

    public static async Task<BatchOutcome> People(this PlatformApp app, IReadOnlyList<TableRow> rows) =>
        Of(await app.Services.GetRequiredService<ImportRun>().Bring<PeopleImport>(ImportSource.CommandLine, rows, default));

    public static async Task<BatchOutcome> Doctors(this PlatformApp app, IReadOnlyList<TableRow> rows) =>
        Of(await app.Services.GetRequiredService<ImportRun>().Bring<DoctorsImport>(ImportSource.CommandLine, rows, default));

    private static BatchOutcome Of(ImportOutcome outcome) => new(outcome.Counts[0], outcome.Counts[1], outcome.Counts[2], outcome.Faults);

    public static Task<Patient> Patient(this PlatformApp app, Guid id) =>
        app.Db<PatientsDb, Patient>(db => db.Patients.AsNoTracking().Include(p => p.Assignments).SingleAsync(p => p.Id == id));

    public static Task<FactKind[]> Facts(this PlatformApp app, Guid id) =>
        app.Db<PatientsDb, FactKind[]>(db => db.Facts.Where(f => f.PatientId == id).OrderBy(f => f.At).Select(f => f.Kind).ToArrayAsync());

    public static Task<int> Count(this PlatformApp app) => app.Db<PatientsDb, int>(db => db.Patients.CountAsync());

    public static async Task<int> Told<TEvent>(this PlatformApp app)
        where TEvent : IEvent
    {
        var name = EventCatalogue.NameOf(typeof(TEvent));
        return await app.Db<PatientsDb, int>(db => db.Outbox.CountAsync(r => r.Type == name));
    }
}
