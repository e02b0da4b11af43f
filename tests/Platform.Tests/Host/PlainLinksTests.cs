using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Platform.Host;

namespace Platform.Tests.Host;

/// <summary>Production sends nothing in clear to another machine, unless the installation answers for it (OWASP ASVS 9.2.2).</summary>
public sealed class PlainLinksTests
{
    [Theory]
    [InlineData("Database:Provider=PostgreSql|ConnectionStrings:Platform=Host=db.asl.example;Database=platform", "the database at db.asl.example", "SSL Mode=VerifyFull")]
    [InlineData("Database:Provider=PostgreSql|ConnectionStrings:Platform=Host=one,two:5433;SSL Mode=Prefer", "the database at two", "Links:PlainTo=one,two")]
    [InlineData("Database:Provider=SqlServer|ConnectionStrings:Platform=Server=tcp:sql.example,1433;Encrypt=False", "the database at sql.example", "Encrypt=true")]
    [InlineData("Mail:Host=smtp.example", "the mail at smtp.example", "Mail:Tls=true")]
    [InlineData("Patients:Registry:Address=http://registry.example/api", "the registry at registry.example", "https")]
    [InlineData("Telemetry:Endpoint=http://collector:4317", "the collector at collector", "https")]
    [InlineData("Uploads:Scanner=clamd:3310", "the scanner at clamd", "Links:PlainTo=clamd")]
    public void A_plain_connection_to_another_machine_stops_the_start_and_says_what_to_set(string settings, string which, string mend)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Check("Production", settings)).Message;
        Assert.Contains(which, refused, StringComparison.Ordinal);
        Assert.Contains(mend, refused, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", refused, StringComparison.OrdinalIgnoreCase);
        // Elsewhere one tries things out.
        Assert.Empty(Check("Staging", settings));
    }

    [Theory]
    [InlineData("Database:Provider=Sqlite")]
    [InlineData("Database:Provider=PostgreSql|ConnectionStrings:Platform=Host=db.asl.example;SSL Mode=VerifyFull")]
    [InlineData("Database:Provider=PostgreSql|ConnectionStrings:Platform=Host=db.asl.example;SSL Mode=Require")]
    [InlineData("Database:Provider=PostgreSql|ConnectionStrings:Platform=Host=/run/postgresql;Database=platform")]
    [InlineData("Database:Provider=PostgreSql|ConnectionStrings:Platform=Host=127.0.0.1;Database=platform")]
    [InlineData("Database:Provider=SqlServer|ConnectionStrings:Platform=Server=sql.example;Database=platform")]
    [InlineData("Database:Provider=SqlServer|ConnectionStrings:Platform=Server=localhost;Encrypt=false")]
    [InlineData("Mail:Host=smtp.example|Mail:Tls=true|Patients:Registry:Address=https://registry.example|Telemetry:Endpoint=http://localhost:4317|Uploads:Scanner=localhost:3310")]
    public void What_is_encrypted_or_stays_on_the_machine_starts(string settings) => Assert.Empty(Check("Production", settings));

    [Fact]
    public void What_the_installation_answers_for_starts_and_is_told_each_time()
    {
        Assert.Equal(["the mail at smtp.example (Mail:Tls=true)"], Check("Production", "Mail:Host=smtp.example|Links:PlainTo=db, SMTP.example"));
        var others = Assert.Throws<InvalidOperationException>(() => Check("Production", "Mail:Host=smtp.example|Links:PlainTo=smtp.example|Telemetry:Endpoint=http://collector")).Message;
        Assert.Contains("collector", others, StringComparison.Ordinal);
        Assert.DoesNotContain("smtp", others, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Check(string environment, string settings) => PlainLinks.Check(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Split('|').Select(s => new KeyValuePair<string, string?>(s.Split('=')[0], s[(s.IndexOf('=', StringComparison.Ordinal) + 1)..]))).Build(),
        new HostingEnvironment { EnvironmentName = environment });
}
