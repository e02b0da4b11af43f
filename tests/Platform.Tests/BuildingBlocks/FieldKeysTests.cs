using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.BuildingBlocks.Privacy;

namespace Platform.Tests.BuildingBlocks;

public sealed class FieldKeysTests : IDisposable
{
    private static readonly byte[] One = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Two = RandomNumberGenerator.GetBytes(32);

    private readonly string folder = Directory.CreateTempSubdirectory("platform-keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("anna@example.org")]
    [InlineData("Corso Unità d’Italia 1, Moncalieri")]
    [InlineData("日本語😀")]
    public void What_was_sealed_opens_in_its_place_and_no_two_seals_are_alike(string text)
    {
        var keys = new FieldKeys([("1", One)]);
        var value = keys.Seal(text, "patients.patients.email");
        Assert.StartsWith("1:", value, StringComparison.Ordinal);
        Assert.Equal(text, keys.Open(value, "patients.patients.email"));
        Assert.NotEqual(value, keys.Seal(text, "patients.patients.email"));
        Assert.InRange(value.Length, 1, FieldKeys.LengthOf(text.Length));
        Assert.Throws<InvalidOperationException>(() => keys.Open(value, "patients.patients.phone"));
    }

    [Fact]
    public void The_newest_key_seals_and_the_older_ones_still_open()
    {
        var old = new FieldKeys([("1", One)]).Seal("prima", "a.b.c");
        var both = new FieldKeys([("1", One), ("2", Two)]);
        Assert.Equal("prima", both.Open(old, "a.b.c"));
        Assert.StartsWith("2:", both.Seal("dopo", "a.b.c"), StringComparison.Ordinal);
        var gone = Assert.Throws<InvalidOperationException>(() => new FieldKeys([("2", Two)]).Open(old, "a.b.c"));
        Assert.Contains("«1»", gone.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in chiaro")]
    [InlineData("1:")]
    [InlineData("1:non base64!")]
    [InlineData("1:AAAA")]
    [InlineData("9:AAAA")]
    public void What_is_not_sealed_or_was_changed_is_told_with_its_place_and_without_its_content(string value)
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => new FieldKeys([("1", One)]).Open(value, "a.b.c"));
        Assert.Contains("a.b.c", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("chiaro", wrong.Message, StringComparison.Ordinal);
        var sealedText = new FieldKeys([("1", One)]).Seal("x", "a.b.c").ToCharArray();
        sealedText[10] = sealedText[10] == 'A' ? 'B' : 'A';
        Assert.Throws<InvalidOperationException>(() => new FieldKeys([("1", One)]).Open(new string(sealedText), "a.b.c"));
    }

    [Fact]
    public void Keys_come_from_the_configuration_and_the_highest_number_is_the_newest()
    {
        var keys = Read("Production", ("Privacy:Keys:2", Convert.ToBase64String(Two)), ("Privacy:Keys:10", Convert.ToBase64String(One)), ("Privacy:Keys:1", Convert.ToBase64String(One)));
        Assert.Equal("10", keys.Newest);
    }

    [Theory]
    [InlineData("1", "AAAA")]
    [InlineData("1", "nonsense")]
    [InlineData("UPPER", "")]
    public void A_key_that_is_none_stops_the_start_and_says_how_to_make_one(string id, string key)
    {
        var value = key.Length > 0 ? key : Convert.ToBase64String(One);
        Assert.Contains("openssl rand", Assert.Throws<InvalidOperationException>(() => Read("Development", ($"Privacy:Keys:{id}", value))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Production_does_not_start_without_a_key_and_a_try_makes_its_own_once()
    {
        Assert.Contains("Production", Assert.Throws<InvalidOperationException>(() => Read("Production")).Message, StringComparison.Ordinal);
        var sealedText = Read("Development").Seal("testo", "a.b.c");
        Assert.Equal("testo", Read("Development").Open(sealedText, "a.b.c"));
        var file = Assert.Single(Directory.GetFiles(folder));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private FieldKeys Read(string environment, params (string Key, string Value)[] settings) => FieldKeys.Of(
        new ConfigurationBuilder().AddInMemoryCollection([new("Database:Folder", folder), .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]).Build(),
        new HostingEnvironment { EnvironmentName = environment, ContentRootPath = folder }, NullLogger.Instance);
}
