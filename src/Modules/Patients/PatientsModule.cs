using Platform.BuildingBlocks;

namespace Platform.Patients;

public sealed class PatientsModule : Module
{
    public override string Name => "patients";
    public override Type? Db => typeof(PatientsDb);
}
