using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Imports;

namespace Platform.Tests.BuildingBlocks;

/// <summary>What is looked at before a file is taken in: how many there were today, and what a scanner says.</summary>
public sealed class UploadsTests
{
    private const string Header = "user_name,display_name,email,role,scope,valid_from,valid_to\n";

    [Theory, OnEachEngine]
    public async Task Each_sender_has_so_many_files_and_bytes_a_day(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine, ("Uploads:FilesPerDay", "2"), ("Uploads:MegabytesPerDay", "1"));
        var (one, other) = (As.Administrator(), As.Administrator() with { Id = Guid.CreateVersion7() });
        var first = File(Header);
        await app.Send(first, one);
        // The same file again is the same file.
        await app.Send(first, one);
        await app.Send(File(Header), one);
        Assert.Equal("uploads-today", await Refused(app, File(Header), one));
        await app.Send(File(Header), other);
        Assert.Equal("uploads-today", await Refused(app, File(Header + new string('\n', 1024 * 1024)), other));
        app.Clock.Advance(TimeSpan.FromHours(25));
        await app.Send(File(Header), one);
        Assert.Equal(4, await app.Db<UserManagementDb, int>(db => db.Set<ImportedFile>().CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task A_file_is_shown_to_the_scanner_first_and_one_in_which_it_finds_something_is_not_taken(Engine engine)
    {
        await using var clamd = new FakeClamd { Limit = 200_000 };
        await using var app = await PlatformApp.Start(engine, ("Uploads:Scanner", clamd.Address));
        await app.Send(File(Header + new string('\n', 150_000)), As.Administrator());
        Assert.Equal(150_000 + Header.Length, Assert.Single(clamd.Shown));

        var infected = File(Header + @"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*,,,,,,");
        var refusal = await Assert.ThrowsAsync<Refusal>(() => app.Send(infected, As.Administrator()));
        Assert.Equal(("file-infected", "Eicar-Test-Signature"), (refusal.Code, refusal.Arguments.Single()));
        // Beyond its limit it looks at nothing; away, it answers nothing: what was not looked at is not taken.
        Assert.Equal("scanner-away", await Refused(app, File(Header + new string('\n', 300_000)), As.Administrator()));
        await clamd.DisposeAsync();
        Assert.Equal("scanner-away", await Refused(app, File(Header), As.Administrator()));
        Assert.Equal(1, await app.Db<UserManagementDb, int>(db => db.Set<ImportedFile>().CountAsync()));
    }

    private static async Task<string> Refused(PlatformApp app, StartAccountsImport file, Identity who) => (await Assert.ThrowsAsync<Refusal>(() => app.Send(file, who))).Code;

    private static StartAccountsImport File(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new() { Id = Guid.CreateVersion7(), File = new FormFile(new MemoryStream(bytes), 0, bytes.Length, "File", "utenti.csv") };
    }
}
