using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Imports;

[Requires(PatientsModule.Import)]
internal sealed class OneImportPage : ImportProgressPage
{
    public override string StartPath => "/patients/import";

    protected override IQuery<ImportProgress> ProgressOf(Guid id, int page) => new OneImport(id, page);

    protected override IQuery<RefusedRows> RefusedRowsOf(Guid id) => new RefusedPeople(id);
}
