using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Platform.Benchmarks;

/// <summary>The same rows of one person's two doses, one transaction a person, by pgbench on the same server: what a booking costs that
/// is written as it comes.</summary>
internal static partial class Baseline
{
    private const int Clients = 16;

    public static async Task<double> Run(string database, int seconds)
    {
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync();
            await using var prepare = new NpgsqlCommand("""
                CREATE SCHEMA IF NOT EXISTS baseline;
                CREATE TABLE IF NOT EXISTS baseline.slots (LIKE vaccination.slots INCLUDING ALL);
                CREATE TABLE IF NOT EXISTS baseline.bookings (LIKE vaccination.bookings INCLUDING ALL);
                CREATE TABLE IF NOT EXISTS baseline.appointments (LIKE vaccination.appointments INCLUDING ALL);
                CREATE TABLE IF NOT EXISTS baseline.outbox (LIKE vaccination.outbox INCLUDING ALL);
                -- LIKE leaves it out, and it is part of the same work.
                ALTER TABLE baseline.appointments DROP CONSTRAINT IF EXISTS of_booking, ADD CONSTRAINT of_booking FOREIGN KEY (booking_id) REFERENCES baseline.bookings (id);
                TRUNCATE baseline.slots, baseline.bookings, baseline.appointments, baseline.outbox;
                INSERT INTO baseline.slots SELECT md5('s' || n)::uuid, 'c', 'v', 'x', 1 + n % 2, now(), 10, 1000000, 0, false, NULL FROM generate_series(0, 19999) n;
                ANALYZE baseline.slots;
                """, connection);
            await prepare.ExecuteNonQueryAsync();
        }

        var script = Path.Combine(Path.GetTempPath(), $"booking-{Guid.CreateVersion7():N}.sql");
        await File.WriteAllTextAsync(script, """
            \set first random(0, 9999) * 2
            \set second random(0, 9999) * 2 + 1
            \set person random(1, 1000000000000)
            BEGIN;
            UPDATE baseline.slots SET taken = taken + 1 WHERE id = md5('s' || :first)::uuid AND taken < capacity AND NOT closed;
            UPDATE baseline.slots SET taken = taken + 1 WHERE id = md5('s' || :second)::uuid AND taken < capacity AND NOT closed;
            INSERT INTO baseline.bookings (id, code, campaign_code, patient_id, group_id, centre_code, vaccine_code, state, open_key, channel, ticket_number, booked_at, email, language, moves, version)
                VALUES (md5('b' || :person)::uuid, substr(md5('c' || :person), 1, 10), 'covid-80', md5('p' || :person)::uuid, md5('g')::uuid, 'CV-001', 'comirnaty', 'Booked', 'covid-80|' || :person, 'Citizen', :person, now(), 'a@example.org', 'it', 0, 0);
            INSERT INTO baseline.appointments VALUES
                (gen_random_uuid(), md5('b' || :person)::uuid, 1, md5('s' || :first)::uuid, now(), 'Booked'), (gen_random_uuid(), md5('b' || :person)::uuid, 2, md5('s' || :second)::uuid, now(), 'Booked');
            INSERT INTO baseline.outbox (id, type, payload, at, attempts, due_at) VALUES (gen_random_uuid(), 'Platform.VaccinationBooking.Contracts.VaccinationsBooked', '{"Bookings":["' || md5('b' || :person) || '"]}', now(), 0, now());
            COMMIT;
            """);
        var where = new NpgsqlConnectionStringBuilder(database);
        var start = new ProcessStartInfo(PgBench(), ["-n", "-M", "prepared", "-f", script, "-c", Clients.ToString(CultureInfo.InvariantCulture), "-j", "2", "-T", seconds.ToString(CultureInfo.InvariantCulture),
            "-h", where.Host!, "-p", where.Port.ToString(CultureInfo.InvariantCulture), "-U", where.Username!, where.Database!])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(script);
        return Tps().Match(said) is { Success: true } match
            ? double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"pgbench: {said} {await errors}");
    }

    private static string PgBench() =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin", "pgbench")) : [])
        .FirstOrDefault(File.Exists) ?? "pgbench";

    [GeneratedRegex("tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
