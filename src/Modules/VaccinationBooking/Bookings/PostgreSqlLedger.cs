using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>The ledger on PostgreSQL: a group costs two round trips and a commit however many it is, for rows travel as arrays. Slots are
/// locked in the order of their ids, so that two groups never wait for each other in a ring.</summary>
internal sealed class PostgreSqlLedger(VaccinationDb db, CurrentUser user, Region region) : IBookingLedger
{
    // The tables are empty when a night begins: a plan made then would read them whole an hour later, and one for each group's size costs more than the search.
    private const string ByIndex = "SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)";

    private const string ReadBookings =
        "SELECT id, code, campaign_code, patient_id, open_key IS NOT NULL, ticket_number FROM vaccination.bookings WHERE patient_id = ANY($1)";

    private const string ReadHolds =
        "SELECT id, campaign_code, patient_id, group_id, first_slot_id, second_slot_id, expires_at, offered FROM vaccination.holds WHERE patient_id = ANY($1) ORDER BY id FOR UPDATE";

    private const string ReadSlots = """
        SELECT id, campaign_code, centre_code, vaccine_code, dose, starts_at, capacity, taken, closed FROM vaccination.slots
        WHERE id = ANY($1 || ARRAY(SELECT unnest(ARRAY[first_slot_id, second_slot_id]) FROM vaccination.holds WHERE patient_id = ANY($2)))
        ORDER BY id FOR UPDATE
        """;

    // These come out of the order of ids: what another transaction holds is left to it, or two could wait for each other.
    private const string ReadFree = """
        SELECT s.* FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::int[])
            AS d(campaign, centre, vaccine, dose, since, until, near, slots)
        CROSS JOIN LATERAL (
            SELECT id, campaign_code, centre_code, vaccine_code, dose, starts_at, capacity, taken, closed FROM vaccination.slots
            WHERE campaign_code = d.campaign AND centre_code = d.centre AND dose = d.dose AND starts_at >= d.since AND starts_at < d.until
                AND vaccine_code = d.vaccine AND taken < capacity AND NOT closed
            ORDER BY abs(extract(epoch FROM starts_at - d.near)) LIMIT d.slots FOR UPDATE SKIP LOCKED) s
        """;

    private const string WriteBookings = """
        INSERT INTO vaccination.bookings (id, code, campaign_code, patient_id, group_id, centre_code, vaccine_code, state, open_key, channel, ticket_number,
            booked_by_id, booked_at, email, phone, language, moves, version)
        SELECT *, 0, 0 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[],
            $12::uuid[], $13::timestamptz[], $14::text[], $15::text[], $16::text[])
        """;

    private const string WriteAppointments = """
        INSERT INTO vaccination.appointments (id, booking_id, dose, slot_id, starts_at, state)
        SELECT a.id, a.booking, a.dose, a.slot, a.at, 'Booked' FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::timestamptz[]) AS a(id, booking, dose, slot, at)
        """;

    private const string WriteHolds = """
        INSERT INTO vaccination.holds (id, campaign_code, patient_id, group_id, first_slot_id, second_slot_id, expires_at, offered)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::bool[])
        """;

    private const string CountSlots =
        "UPDATE vaccination.slots s SET taken = s.taken + c.by FROM unnest($1::uuid[], $2::int[]) AS c(id, by) WHERE s.id = c.id AND s.taken + c.by BETWEEN 0 AND s.capacity";

    public async Task<IReadOnlyList<LedgerAnswer>> Commit(IReadOnlyList<LedgerOrder> orders)
    {
        await db.Database.OpenConnectionAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var open = (NpgsqlTransaction)transaction.GetDbTransaction();
        var reckoning = new Reckoning(region, await Read(connection, open, orders));
        var answers = await reckoning.Decide(orders, days => Free(connection, open, days));
        await Write(connection, open, reckoning);
        db.TellOf(orders, reckoning, user);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return answers;
    }

    private static async Task<LedgerState> Read(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<LedgerOrder> orders)
    {
        Guid[] people = [.. orders.Select(o => o.PatientId)];
        await using var batch = new NpgsqlBatch(connection, transaction);
        Add(batch, ByIndex);
        Add(batch, ReadHolds, people);
        Add(batch, ReadSlots, orders.SelectMany(o => new[] { o.First, o.Second ?? o.First }).Distinct().ToArray(), people);
        // Bookings last: what another group has committed while this one waited for its slots is seen.
        Add(batch, ReadBookings, people);

        var (holds, slots, bookings) = (new List<Hold>(), new List<SlotState>(), new List<StandingBooking>());
        await using var row = await batch.ExecuteReaderAsync();
        await row.NextResultAsync();
        while (await row.ReadAsync())
        {
            holds.Add(new()
            {
                Id = row.GetGuid(0), CampaignCode = row.GetString(1), PatientId = row.GetGuid(2), GroupId = row.GetGuid(3), FirstSlotId = row.GetGuid(4),
                SecondSlotId = row.IsDBNull(5) ? null : row.GetGuid(5), ExpiresAt = row.GetDateTime(6), Offered = row.GetBoolean(7),
            });
        }

        await row.NextResultAsync();
        while (await row.ReadAsync())
            slots.Add(SlotOf(row));

        await row.NextResultAsync();
        while (await row.ReadAsync())
            bookings.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetBoolean(4), row.IsDBNull(5) ? null : row.GetInt64(5)));
        return new(slots, bookings, holds);
    }

    private static async Task<IReadOnlyList<SlotState>> Free(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<SlotDay> days)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        Add(batch, ReadFree, Column(days, d => d.Campaign), Column(days, d => d.Centre), Column(days, d => d.Vaccine), Column(days, d => d.Dose),
            Column(days, d => d.From), Column(days, d => d.Until), Column(days, d => d.Near), Column(days, d => d.Slots));
        var found = new List<SlotState>();
        await using var row = await batch.ExecuteReaderAsync();
        while (await row.ReadAsync())
            found.Add(SlotOf(row));
        return found;
    }

    private static SlotState SlotOf(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetDateTime(5), row.GetInt32(6), row.GetInt32(7), row.GetBoolean(8));

    private async Task Write(NpgsqlConnection connection, NpgsqlTransaction transaction, Reckoning reckoning)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        var expected = 0;
        if (reckoning.LetGo.Count > 0)
        {
            Add(batch, "DELETE FROM vaccination.holds WHERE id = ANY($1)", reckoning.LetGo.ToArray());
            expected += reckoning.LetGo.Count;
        }

        if (reckoning.Booked is { Count: > 0 } booked)
        {
            Add(batch, WriteBookings, Column(booked, b => b.Id), Column(booked, b => b.Code), Column(booked, b => b.CampaignCode), Column(booked, b => b.PatientId),
                Column(booked, b => b.GroupId), Column(booked, b => b.CentreCode), Column(booked, b => b.VaccineCode), Column(booked, b => b.State.ToString()),
                Column(booked, b => b.OpenKey), Column(booked, b => b.Channel.ToString()), Column(booked, b => b.TicketNumber), Column(booked, b => b.BookedById),
                Column(booked, b => b.BookedAt), Column(booked, b => Sealed(nameof(Booking.Email), b.Email)), Column(booked, b => Sealed(nameof(Booking.Phone), b.Phone)), Column(booked, b => b.Language));
            Appointment[] appointments = [.. booked.SelectMany(b => b.Appointments)];
            Add(batch, WriteAppointments, Column(appointments, a => a.Id), Column(appointments, a => a.BookingId), Column(appointments, a => a.Dose),
                Column(appointments, a => a.SlotId), Column(appointments, a => a.StartsAt));
            expected += booked.Count + appointments.Length;
        }

        if (reckoning.Held is { Count: > 0 } held)
        {
            Add(batch, WriteHolds, Column(held, h => h.Id), Column(held, h => h.CampaignCode), Column(held, h => h.PatientId), Column(held, h => h.GroupId),
                Column(held, h => h.FirstSlotId), Column(held, h => h.SecondSlotId), Column(held, h => h.ExpiresAt), Column(held, h => h.Offered));
            expected += held.Count;
        }

        if (reckoning.Changes is { Count: > 0 } changes)
        {
            Add(batch, CountSlots, changes.Select(c => c.Slot).ToArray(), changes.Select(c => c.By).ToArray());
            expected += changes.Count;
        }

        if (batch.BatchCommands.Count == 0)
            return;
        try
        {
            // A place that another host has taken is not counted: nothing of the group may stand, or it would leak.
            if (await batch.ExecuteNonQueryAsync() != expected)
                throw new LedgerRace();
        }
        catch (PostgresException met) when (met.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new LedgerRace();
        }
    }

    // As the mapper would write it: these columns are encrypted.
    private string? Sealed(string property, string? text) =>
        text is null ? null : (string?)db.Model.FindEntityType(typeof(Booking))!.FindProperty(property)!.GetValueConverter()!.ConvertToProvider(text);

    private static T[] Column<TRow, T>(IReadOnlyCollection<TRow> rows, Func<TRow, T> value) => [.. rows.Select(value)];

    private static void Add(NpgsqlBatch batch, string sql, params Array[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}
