using System.Data.Common;
using System.Net;
using Npgsql;

namespace Platform.Host;

/// <summary>Connections that anybody between two machines could read (OWASP ASVS 9.2.2). Production does not start with one, unless the installation
/// answers for the network to that machine and names it in <c>Links:PlainTo</c>.</summary>
internal static class PlainLinks
{
    /// <returns>Those that are plain and permitted, to be told in the log.</returns>
    /// <exception cref="InvalidOperationException">In Production, with all that are plain and not permitted.</exception>
    public static IReadOnlyList<string> Check(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!environment.IsProduction())
            return [];
        var permitted = (configuration["Links:PlainTo"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var plain = All(configuration).Where(l => !IsHere(l.Machine)).ToList();
        var refused = plain.Where(l => !permitted.Contains(l.Machine, StringComparer.OrdinalIgnoreCase)).ToList();
        return refused.Count == 0 ? [.. plain.Select(l => l.ToString())] : throw new InvalidOperationException(
            $"In the Production environment people's data do not travel in clear: {string.Join("; ", refused)}. Encrypt the connection, or, where the network between the two machines "
            + $"is private and yours to answer for, name them: Links:PlainTo={string.Join(',', refused.Select(l => l.Machine).Distinct())} (docs/operations/install.md, Connections to other machines).");
    }

    private static IEnumerable<Link> All(IConfiguration configuration)
    {
        var database = configuration.GetConnectionString("Platform") ?? "";
        if (configuration["Database:Provider"] == "PostgreSql" && new NpgsqlConnectionStringBuilder(database) is { SslMode: SslMode.Disable or SslMode.Allow or SslMode.Prefer } postgres)
        {
            foreach (var host in (postgres.Host ?? "").Split(','))
                yield return new("database", host.StartsWith('/') ? host : host.Split(':')[0], "ConnectionStrings:Platform, SSL Mode=VerifyFull");
        }
        else if (configuration["Database:Provider"] == "SqlServer" && SqlServer(database) is { } server)
        {
            yield return new("database", server, "ConnectionStrings:Platform, Encrypt=true");
        }

        if (configuration["Mail:Host"] is { Length: > 0 } mail && !configuration.GetValue("Mail:Tls", false))
            yield return new("mail", mail, "Mail:Tls=true");
        if (Machine(configuration["Patients:Registry:Address"]) is { } registry)
            yield return new("registry", registry, "Patients:Registry:Address, https");
        if (Machine(configuration["Telemetry:Endpoint"]) is { } collector)
            yield return new("collector", collector, "Telemetry:Endpoint, https");
        // The scanner's protocol knows no encryption: beside the host, or through a tunnel.
        if (configuration["Uploads:Scanner"] is { Length: > 0 } scanner)
            yield return new("scanner", scanner.Split(':')[0], "Uploads:Scanner, on this machine");
    }

    // Encrypted unless it says otherwise.
    private static string? SqlServer(string connection)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        if (!parts.TryGetValue("Encrypt", out var encrypt) || (encrypt as string)?.Trim().ToUpperInvariant() is not ("FALSE" or "NO" or "OPTIONAL"))
            return null;
        var server = (parts.TryGetValue("Server", out var named) || parts.TryGetValue("Data Source", out named) ? named as string : null) ?? "";
        return server.Split(':')[^1].Split(',', '\\')[0];
    }

    private static string? Machine(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp ? uri.Host : null;

    // A socket of the file system, or this machine by one of its names.
    private static bool IsHere(string machine) =>
        machine is "" or "." or "(local)" || machine.StartsWith('/') || machine.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(machine.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private sealed record Link(string What, string Machine, string Mend)
    {
        public override string ToString() => $"the {What} at {Machine} ({Mend})";
    }
}
