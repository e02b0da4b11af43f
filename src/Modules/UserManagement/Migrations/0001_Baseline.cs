using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;

namespace Platform.UserManagement.Migrations;

[DbContext(typeof(UserManagementDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(UserManagementDb.SchemaName);
    }
}
