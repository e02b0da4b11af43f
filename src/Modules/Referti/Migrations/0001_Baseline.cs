using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Referti.Migrations;

[DbContext(typeof(RefertiDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(RefertiDb.SchemaName);
    }
}
