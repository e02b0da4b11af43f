using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Platform.Tests.Walls;

/// <summary>The files of the first folder say true things, in the form that their readers expect.</summary>
public sealed partial class TopLevelTests
{
    [Fact]
    public void The_catalogue_of_public_software_can_read_publiccode()
    {
        var yaml = PlainYaml.Read(Text("publiccode.yml"));
        foreach (var key in new[] { "publiccodeYmlVersion", "name", "url", "developmentStatus", "softwareType", "legal.license", "maintenance.type" })
            Assert.False(string.IsNullOrEmpty(yaml.GetValueOrDefault(key)), key);
        Assert.NotEmpty(yaml.List("platforms"));
        Assert.Contains(yaml["developmentStatus"], new[] { "concept", "development", "beta", "stable", "obsolete" });
        Assert.Contains(yaml["maintenance.type"], new[] { "internal", "contract", "community", "none" });
        Assert.NotEmpty(yaml.Under("maintenance.contacts[0]"));
        Assert.Equal("EUPL-1.2", yaml["legal.license"]);
        Assert.Matches("^urn:x-italian-pa:[a-zA-Z0-9_]+$", yaml["organisation.uri"]);
        Assert.Contains(yaml["localisation.localisationReady"], new[] { "true", "false" });
        Assert.Equal(["it", "en"], yaml.List("localisation.availableLanguages"));
        Assert.Equal(["it", "en"], yaml.Under("description"));
        foreach (var language in yaml.Under("description"))
        {
            Assert.InRange(yaml[$"description.{language}.shortDescription"].Length, 1, 150);
            Assert.InRange(yaml[$"description.{language}.longDescription"].Length, 150, 10000);
            Assert.NotEmpty(yaml.List($"description.{language}.features"));
        }
    }

    [Fact]
    public void The_licence_is_the_whole_EUPL()
    {
        var licence = Text("LICENSE");
        Assert.StartsWith("EUROPEAN UNION PUBLIC LICENCE v. 1.2", licence, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(1, 15), n => Assert.Matches(new Regex($@"^{n}\. \w", RegexOptions.Multiline), licence));
        Assert.Contains("‘Compatible Licences’ according to Article 5 EUPL are:", licence, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_brings_up_database_host_proxy_and_mail_catcher()
    {
        var yaml = PlainYaml.Read(Text("docker-compose.yml"));
        var services = yaml.Under("services");
        Assert.Equal(["database", "host", "proxy", "mail"], services);
        Assert.All(services, s => Assert.True(yaml.ContainsKey($"services.{s}.image") || yaml.ContainsKey($"services.{s}.build"), s));
        Assert.All(services.Where(s => s != "host"), s => Assert.Matches(@"^[a-z0-9./-]+:[\w.-]+$", yaml[$"services.{s}.image"]));
        Assert.All(services.SelectMany(s => yaml.Under($"services.{s}.depends_on")), s => Assert.Contains(s, services));
        Assert.All(services.SelectMany(s => yaml.List($"services.{s}.ports")), p => Assert.Matches(@"^\d+:\d+$", p));
        Assert.Equal(["8080:80"], yaml.List("services.proxy.ports"));

        // The host is told where its neighbours are, by keys that it knows, with no secret written down.
        var keys = yaml.Under("services.host.environment").Where(k => !k.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).Select(k => k.Replace("__", ":", StringComparison.Ordinal).TrimEnd(':', '1')).ToList();
        Assert.NotEmpty(keys);
        Assert.Empty(keys.Except(ConfigurationKeys()));
        Assert.Equal("SqlServer", yaml["services.host.environment.Database__Provider"]);
        Assert.Contains("Server=database;", yaml["services.host.environment.ConnectionStrings__Platform"], StringComparison.Ordinal);
        Assert.Contains(yaml["services.host.environment.Mail__Host"], services);
        Assert.All(yaml.Where(v => v.Key.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase)), v => Assert.StartsWith("${", v.Value, StringComparison.Ordinal));

        foreach (var mounted in services.SelectMany(s => yaml.List($"services.{s}.volumes")).Where(v => v.StartsWith("./", StringComparison.Ordinal)))
            Assert.True(Path.Exists(Path.Combine(Rooms.Root, mounted.Split(':')[0])), mounted);
        Assert.All(services.SelectMany(s => yaml.List($"services.{s}.volumes")).Where(v => v[0] != '.'), v => Assert.Contains(v.Split(':')[0] + ":", Text("docker-compose.yml")[Text("docker-compose.yml").LastIndexOf("\nvolumes:", StringComparison.Ordinal)..], StringComparison.Ordinal));
        Assert.Equal("/closed", yaml["services.host.environment.Maintenance__PageFolder"]);
        Assert.All(new[] { "host", "proxy" }, s => Assert.Contains(yaml.List($"services.{s}.volumes"), v => v.StartsWith("closed:/closed", StringComparison.Ordinal)));
        var proxy = Text("deploy/nginx-trial.conf") + Text("deploy/nginx/http.conf") + Text("deploy/nginx/site.conf");
        Assert.Contains("server host:8080;", proxy, StringComparison.Ordinal);
        Assert.Contains("proxy_set_header X-Forwarded-For $remote_addr;", proxy, StringComparison.Ordinal);
        Assert.Equal(proxy.Count(c => c == '{'), proxy.Count(c => c == '}'));
    }

    [Fact]
    public void The_image_is_built_for_this_framework_and_does_not_run_as_root()
    {
        var lines = Text("Dockerfile").Split('\n').Select(l => l.Trim()).ToList();
        var framework = XDocument.Load(Path.Combine(Rooms.Root, "Directory.Build.props")).Descendants("TargetFramework").Single().Value["net".Length..];
        var stages = lines.Where(l => l.StartsWith("FROM ", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, stages.Count);
        Assert.Contains(stages, s => s.Contains($"dotnet/sdk:{framework} ", StringComparison.Ordinal));
        Assert.EndsWith($"dotnet/aspnet:{framework}", stages[^1], StringComparison.Ordinal);
        var last = lines[(lines.LastIndexOf(stages[^1]) + 1)..];
        Assert.Contains("USER $APP_UID", last);
        Assert.Contains("EXPOSE 8080", last);
        Assert.Contains(last, l => l.StartsWith("HEALTHCHECK ", StringComparison.Ordinal));
        Assert.Contains(last, l => l.Contains("/health/ready", StringComparison.Ordinal));
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"Host.dll\"]", last);
        Assert.Equal("Host", Rooms.Host.GetName().Name);
        foreach (var copied in lines.Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from", StringComparison.Ordinal)))
            Assert.True(Path.Exists(Path.Combine(Rooms.Root, copied.Split(' ')[1])), copied);
    }

    [Fact]
    public void Every_key_of_the_configuration_is_explained()
    {
        var read = Rooms.Sources("src", ".cs").SelectMany(f => Key().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().ToList();
        Assert.Contains("Database:Provider", read);
        Assert.Empty(read.Except(ConfigurationKeys()).Select(k => $"{k} is read and is not in docs/operations/install.md"));
        Assert.Empty(ConfigurationKeys().Where(k => !k.StartsWith("Serilog", StringComparison.Ordinal) && k != "ConnectionStrings:Platform").Except(read)
            .Select(k => $"{k} is in docs/operations/install.md and nobody reads it"));
    }

    [Fact]
    public void The_reader_of_YAML_reads()
    {
        var yaml = PlainYaml.Read("a:\n  b: 1\n  c:\n    - x\n    - k: v\n      l: w\n    - \"q: r\"\nd: >-\n  one\n  two\ne: \"f\"\n");
        Assert.Equal("1", yaml["a.b"]);
        Assert.Equal("x", yaml["a.c[0]"]);
        Assert.Equal("v", yaml["a.c[1].k"]);
        Assert.Equal("w", yaml["a.c[1].l"]);
        Assert.Equal("q: r", yaml["a.c[2]"]);
        Assert.Equal("one two", yaml["d"]);
        Assert.Equal("f", yaml["e"]);
        Assert.Throws<FormatException>(() => PlainYaml.Read("a: 1\na: 2\n"));
    }

    private static List<string> ConfigurationKeys() =>
        [.. Row().Matches(Text("docs/operations/install.md")).SelectMany(m => Named().Matches(m.Groups[1].Value).Select(k => k.Groups[1].Value))];

    private static string Text(string file) => File.ReadAllText(Path.Combine(Rooms.Root, file)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"(?:[cC]onfiguration(?:\.GetValue(?:<[^>]+>)?\(|\.GetSection\(|\[)|new PublicQuota\()\x22([A-Za-z]+(?::[A-Za-z]+)*)\x22")]
    private static partial Regex Key();

    // The first cell of a row of the table.
    [GeneratedRegex(@"^\| (`[A-Z][A-Za-z]+:[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z:…]+)`")]
    private static partial Regex Named();
}
