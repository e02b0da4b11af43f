using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>What differs between the engines, behind one name: SQLite and PostgreSQL here,
/// SQL Server in Providers/SqlServer.</summary>
public interface IDatabaseEngine
{
    /// <summary>As in <c>Database:Provider</c>.</summary>
    string Name { get; }

    /// <param name="module">The module's name: schema, or file.</param>
    void Use(DbContextOptionsBuilder options, string module);

    /// <summary>How the scheduler reaches the same server, to keep its jobs there for all hosts; null on the
    /// embedded engine, where there is one host and the schedule lives in memory.</summary>
    (DbProviderFactory Factory, string ConnectionString)? Server { get; }

    /// <summary>The write met a row with the same unique key.</summary>
    bool IsDuplicate(Exception failure);

    /// <summary>Before the first migration: the folder, the database, the schema.</summary>
    Task Prepare(ModuleDb db, CancellationToken cancellation);
}
