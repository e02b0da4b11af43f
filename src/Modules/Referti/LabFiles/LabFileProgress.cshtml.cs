using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.LabFiles;

[Requires(RefertiModule.Files)]
internal sealed class LabFileProgressPage : ImportProgressPage
{
    public override string StartPath => "/referti/import";

    protected override IQuery<ImportProgress> ProgressOf(Guid id, int page) => new LabFileProgress(id, page);

    protected override IQuery<RefusedRows> RefusedRowsOf(Guid id) => new RefusedLabRows(id);
}
