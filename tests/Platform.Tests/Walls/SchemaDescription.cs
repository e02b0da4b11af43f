using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Tests.Harness;

namespace Platform.Tests.Walls;

/// <summary>A schema as a set of lines, one a fact: two schemas are equal when their lines are.</summary>
internal static partial class SchemaDescription
{
    public const string History = "__migrations";

    public static async Task<SortedSet<string>> Of(DbConnection connection, Engine engine, string schema)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            await connection.OpenAsync();
        return engine == Engine.Sqlite ? await OfSqlite(connection) : await OfPostgreSql(connection, schema);
    }

    public static IReadOnlyList<string> TablesIn(IEnumerable<string> description) =>
        [.. description.Where(l => l.StartsWith("table ", StringComparison.Ordinal)).Select(l => l["table ".Length..])];

    private static async Task<SortedSet<string>> OfSqlite(DbConnection connection)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var table in await Read(connection,
            "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like $s escape '\\'", @"\_\_%"))
        {
            var name = table[0];
            lines.Add($"table {name}");
            foreach (var column in await Read(connection, "select name, type, \"notnull\", dflt_value, pk, hidden from pragma_table_xinfo($s)", name))
            {
                lines.Add($"column {name}.{column[0]} {column[1]}{(column[2] == "1" ? " not null" : "")} default {column[3]} hidden {column[5]}");
                if (column[4] != "0")
                    lines.Add($"key {name} {column[4]}: {column[0]}");
            }

            foreach (var index in await Read(connection, "select name, \"unique\", origin, partial from pragma_index_list($s)", name))
            {
                var columns = await Read(connection,
                    "select name, \"desc\", coll from pragma_index_xinfo($s) where key = 1 order by seqno", index[0]);
                var filter = index[3] == "0" ? "" : (await Read(connection, "select sql from sqlite_master where name = $s", index[0]))[0][0];
                filter = filter.Length == 0 ? "" : filter[filter.IndexOf(" WHERE ", StringComparison.OrdinalIgnoreCase)..];
                // The name of a key's index is the engine's own.
                lines.Add($"index {name} {(index[2] == "c" ? index[0] : index[2])} unique {index[1]} ({string.Join(", ", columns.Select(c => string.Join(' ', c)))}){filter}");
            }

            foreach (var key in await Read(connection,
                "select \"table\", group_concat(\"from\"), group_concat(\"to\"), on_update, on_delete from pragma_foreign_key_list($s) group by id", name))
            {
                lines.Add($"foreign key {name} ({key[1]}) -> {key[0]} ({key[2]}) update {key[3]} delete {key[4]}");
            }

            foreach (Match check in Check().Matches(table[1]))
                lines.Add($"check {name} {check.Value}");
        }

        return lines;
    }

    private static async Task<SortedSet<string>> OfPostgreSql(DbConnection connection, string schema)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        // A table that is parted by months is one table; its parts are its own affair.
        const string table = "pg_class t join pg_namespace n on n.oid = t.relnamespace and n.nspname = $1 and not t.relispartition and t.relname <> '" + History + "'";
        foreach (var row in await Read(connection, $"select t.relname from {table} where t.relkind in ('r', 'p')", schema))
            lines.Add($"table {row[0]}");
        foreach (var row in await Read(connection,
            $"""
            select t.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, coalesce(pg_get_expr(d.adbin, d.adrelid), ''),
                a.attidentity::text || a.attgenerated::text, coalesce(c.collname, '')
            from {table} join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
                left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum left join pg_collation c on c.oid = a.attcollation
            where t.relkind in ('r', 'p')
            """, schema))
        {
            lines.Add($"column {row[0]}.{row[1]} {row[2]}{(row[3] == "True" ? " not null" : "")} default {row[4]} {row[5]} {row[6]}".TrimEnd());
        }

        foreach (var row in await Read(connection,
            $"select t.relname, k.conname, pg_get_constraintdef(k.oid) from {table} join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'f', 'c')", schema))
        {
            lines.Add($"constraint {row[0]} {row[1]} {row[2]}");
        }

        foreach (var row in await Read(connection,
            $"select t.relname, pg_get_indexdef(i.indexrelid) from {table} join pg_index i on i.indrelid = t.oid", schema))
        {
            lines.Add($"index {row[0]} {row[1].Replace(" ON ONLY ", " ON ", StringComparison.Ordinal)}");
        }

        return lines;
    }

    private static async Task<List<string[]>> Read(DbConnection connection, string sql, string argument)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        parameter.ParameterName = sql.Contains("$s", StringComparison.Ordinal) ? "$s" : "";
        parameter.Value = argument;
        command.Parameters.Add(parameter);
        var rows = new List<string[]>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!)]);
        return rows;
    }

    [GeneratedRegex(@"CONSTRAINT ""[^""]+"" CHECK \(.*\)")]
    private static partial Regex Check();
}
