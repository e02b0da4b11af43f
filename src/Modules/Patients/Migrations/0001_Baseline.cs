using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Patients.Migrations;

[DbContext(typeof(PatientsDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(PatientsDb.SchemaName);
    }
}
