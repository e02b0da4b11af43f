using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.Patients.HeldData;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.Tests.Walls;
using Platform.UserManagement;
using Platform.UserManagement.AuditLog;

namespace Platform.Tests.Patients;

public sealed class HeldDataTests
{
    [Theory, OnEachEngine]
    public async Task All_that_is_held_on_a_person_comes_in_one_file_and_nobody_elses(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await app.Sample();
        await app.Take(RefertiApp.Message("M1", sample.Person, sample.Number), sample.Lab);
        await app.Person("Verdi", "Anna", new(1990, 2, 3));
        await app.Drain();
        var zip = await app.Send(new ExportHeldData { FiscalCode = sample.Person.FiscalCode, Reason = "Protocollo 12/2021" }, As.PrivacyOfficer());
        await app.Drain();

        var files = Read(zip);
        Assert.Equal(["certificates.json", "index.html", "notifications.json", "patients.json", "referti.json", "testing.json", "users.json", "vaccination.json"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("FERRARIS", One(files["patients.json"], "patients").GetProperty("family_name").GetString()!.ToUpperInvariant());
        Assert.Equal(sample.RequestId, One(files["testing.json"], "swab_requests").GetProperty("id").GetGuid());
        Assert.Equal("Detected", One(files["referti.json"], "report_versions").GetProperty("result").GetString());
        Assert.Contains("Ferraris", files["index.html"], StringComparison.OrdinalIgnoreCase);
        Assert.All(files.Values, text => Assert.DoesNotContain("Verdi", text, StringComparison.OrdinalIgnoreCase));
        Assert.All(files.Values, text => Assert.DoesNotContain("_hash", text, StringComparison.Ordinal));
        var line = await app.Db<UserManagementDb, AuditLine>(db => db.AuditLines.SingleAsync(l => l.Action == "export"));
        Assert.Equal((sample.Person.Id, "Protocollo 12/2021"), (line.SubjectId, line.Why));
    }

    [Fact]
    public async Task It_is_downloaded_by_the_privacy_officer_for_a_whole_code_and_a_reason()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var officer = await app.SignedIn(As.PrivacyOfficer());
        var screen = await officer.Open("/patients/held-data");
        Assert.Contains("protocollo", (await officer.Submit(screen, "Scarica l'archivio", ("Codice fiscale", Registry.Mario.FiscalCode!), ("Motivo", ""))).Text, StringComparison.Ordinal);
        Assert.Contains("Nessuna persona", (await officer.Submit(screen, "Scarica l'archivio", ("Codice fiscale", "VRDNNA90B43L219X"), ("Motivo", "Protocollo 1"))).Text, StringComparison.Ordinal);
        Assert.Equal($"/audit/person/{id}", (await officer.Submit(screen, "Chi ha visto i suoi dati", ("Codice fiscale", Registry.Mario.FiscalCode!))).Address);
    }

    /// <summary>A module that comes to hold data of people is in the file without a line of its own.</summary>
    [Fact]
    public void Every_row_of_a_person_in_every_module_is_in_the_file()
    {
        foreach (var module in Rooms.WithDb)
        {
            var db = Rooms.Open(module, new SqliteEngine(Path.GetTempPath()));
            var covered = HeldOnPerson.Tables(db).Select(t => t.Entity.ClrType).ToHashSet();
            Assert.Empty(db.Model.GetEntityTypes().Select(e => e.ClrType).Where(t => t.IsAssignableTo(typeof(IOfPatient))).Except(covered));
        }
    }

    private static Dictionary<string, string> Read(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.Name, e => new StreamReader(e.Open()).ReadToEnd());
    }

    private static JsonElement One(string json, string table) => Assert.Single(JsonDocument.Parse(json).RootElement.GetProperty(table).EnumerateArray());
}
