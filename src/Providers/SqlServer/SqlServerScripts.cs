using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace Platform.Providers.SqlServer;

/// <summary>To SQL Server two nulls are equal, so a unique index leaves them out by a filter, and only them. EF writes
/// that filter in the migration from its snapshot; without one it would filter every unique index, which then
/// serves no search. Here the columns of the model decide.</summary>
internal sealed class SqlServerScripts(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer batches)
    : SqlServerMigrationsSqlGenerator(dependencies, batches)
{
    protected override void Generate(
        CreateIndexOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        var present = Dependencies.CurrentContext.Context.GetService<IDesignTimeModel>().Model;
        if (operation is { IsUnique: true, Filter: null })
        {
            var table = present.GetRelationalModel().FindTable(operation.Table, operation.Schema);
            var nullable = operation.Columns.Where(c => table?.FindColumn(c)?.IsNullable == true).Select(c => $"[{c}] IS NOT NULL").ToList();
            if (nullable.Count > 0)
                operation.Filter = string.Join(" AND ", nullable);
        }

        base.Generate(operation, present, builder, terminate);
    }
}
