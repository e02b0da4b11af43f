using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Patients;

internal sealed class PatientsDb(DbContextOptions<PatientsDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "patients";

    public override string Schema => SchemaName;

    protected override void Tables(ModelBuilder model)
    {
    }
}
