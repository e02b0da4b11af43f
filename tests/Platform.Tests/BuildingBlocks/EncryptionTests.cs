using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;
using Platform.Notifications;
using Platform.Notifications.Contracts;
using Platform.Notifications.Mails;
using Platform.Patients;
using Platform.Patients.Merges;
using Platform.Patients.People;
using Platform.Tests.Harness;
using Platform.Tests.Patients;
using Platform.UserManagement;

namespace Platform.Tests.BuildingBlocks;

/// <summary>Personal fields lie encrypted in the database: whoever reads its files or its copies reads nothing.</summary>
public sealed class EncryptionTests
{
    private const string Street = "Via della Prova Segreta 7", Email = "segreta@example.org", Phone = "+39 011 555 7788", Body = "Testo riservato della posta", Refused = "Cognomerespinto";

    [Theory, OnEachEngine]
    public async Task Nobody_who_reads_the_raw_database_finds_a_personal_field_in_clear(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await Fill(app);
        var everything = await Raw(app);
        Assert.Contains("Rossi", everything, StringComparison.Ordinal);
        foreach (var secret in new[] { Street, Email, Phone, Body, Refused, "<key id=" })
            Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase);

        var person = await app.Patient(id);
        Assert.Equal((Street, Email, Phone), (person.Address, person.Email, person.Phone));
        var fault = await app.Db<PatientsDb, ImportFault>(db => db.Set<ImportFault>().SingleAsync(f => f.Cells != null));
        Assert.Contains(Refused, fault.Cells, StringComparison.Ordinal);
        // A list that does not show them does not open them.
        Assert.Single((await app.Send(new SearchPeople { Text = "Rossi" }, Registry.Sisp)).Rows);
    }

    [Theory, OnEachEngine]
    public async Task After_a_new_key_the_command_seals_all_anew_and_the_old_key_can_go(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await Fill(app);
        var events = await Told(app);
        var (second, junk) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        await using (var both = app.Beside(("Privacy:Keys:2", Convert.ToBase64String(second))))
        {
            Assert.Equal(Email, (await both.Patient(id)).Email);
            Assert.Equal(0, await Reencrypt(both));
            Assert.Equal(0, await Reencrypt(both));
            Assert.DoesNotContain("\n1:", await Raw(both), StringComparison.Ordinal);
            Assert.Equal(events, await Told(both));
        }

        await using (var alone = app.Beside(("Privacy:Keys:1", Convert.ToBase64String(junk)), ("Privacy:Keys:2", Convert.ToBase64String(second))))
        {
            Assert.Equal((Street, Email, Phone), await alone.Db<PatientsDb, (string?, string?, string?)>(async db =>
            {
                var p = await db.Patients.SingleAsync(p => p.Id == id);
                return (p.Address, p.Email, p.Phone);
            }));
            Assert.Equal(Body, await alone.Db<NotificationsDb, string>(db => db.Mails.Select(m => m.Body).SingleAsync()));
            Assert.NotEmpty(await alone.Db<UserManagementDb, List<string>>(db => db.ProtectionKeys.Select(k => k.Xml).ToListAsync()));
        }

        // Without the key that sealed, the platform says so and gives nothing away.
        await using var stranger = app.Beside(("Privacy:Keys:1", Convert.ToBase64String(junk)));
        var told = await Assert.ThrowsAsync<InvalidOperationException>(() => stranger.Patient(id));
        Assert.Contains("patients.patients.", told.Message, StringComparison.Ordinal);
    }

    private static async Task<Guid> Fill(PlatformApp app)
    {
        var id = await app.Send(Registry.Mario with { Address = Street, Email = Email, Phone = Phone }, Registry.Sisp);
        // Registered twice, and made one: the picture of the other record is kept.
        var twin = await app.Send(Registry.Person("Rossi", "Carlo", new(1980, 3, 12)) with { Address = Street, Email = Email, Phone = Phone }, Registry.Sisp);
        await app.Send(
            new MergePeople
            {
                SurvivorId = id, SurvivorVersion = (await app.Patient(id)).Version, MergedId = twin, MergedVersion = (await app.Patient(twin)).Version,
                Reason = "Registrata due volte", SamePerson = true,
            }, Registry.Sisp);
        await app.Send(new PostMail(Guid.CreateVersion7(), Email, "Nuovo messaggio nella piattaforma", Body, id));
        var admin = await app.SignedIn(As.Administrator());
        var file = Encoding.UTF8.GetBytes($"{Registry.Header}\nNONSENSE,{Refused},Uno,,,,{Registry.Torino},,,,,");
        await admin.Submit((await admin.Open("/patients/import")).Attach("Form.File", "persone.csv", file), "Importa");
        await app.Drain();
        return id;
    }

    private static Task<int> Told(PlatformApp app) => app.Db<PatientsDb, int>(db => db.Outbox.CountAsync());

    private static Task<int> Reencrypt(PlatformApp app)
    {
        var command = app.Modules.SelectMany(m => m.ConsoleCommands).Single(c => c.Words == "privacy reencrypt");
        var scope = app.Scope();
        return command.Run(scope.ServiceProvider, [], CancellationToken.None);
    }

    /// <summary>Every value of every table, a line each; on SQLite the files themselves beside.</summary>
    private static async Task<string> Raw(PlatformApp app)
    {
        var all = new StringBuilder();
        await using var scope = app.Scope();
        foreach (var db in app.Modules.Where(m => m.Db is not null).Select(m => (ModuleDb)scope.ServiceProvider.GetRequiredService(m.Db!)))
        {
            var connection = db.Database.GetDbConnection();
            await connection.OpenAsync();
            foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct())
                await Read(connection, db.GetService<ISqlGenerationHelper>().DelimitIdentifier(table, db.Schema), all);
            if (connection is SqliteConnection file)
                all.Append(Encoding.Latin1.GetString(await Bytes(file.DataSource)));
        }

        return all.ToString();
    }

    private static async Task Read(DbConnection connection, string table, StringBuilder into)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM " + table;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            for (var column = 0; column < rows.FieldCount; column++)
                into.Append('\n').Append(rows.GetValue(column) is byte[] bytes ? Encoding.Latin1.GetString(bytes) : rows.GetValue(column));
        }
    }

    private static async Task<byte[]> Bytes(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        return copy.ToArray();
    }
}
