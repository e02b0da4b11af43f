using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;

namespace Platform.QuickSwabs.Migrations;

[DbContext(typeof(QuickSwabsDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = QuickSwabsDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
    }
}
