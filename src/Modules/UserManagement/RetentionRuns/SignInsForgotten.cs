using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.UserManagement.RetentionRuns;

internal sealed class SignInsForgotten(UserManagementDb db) : IForgets
{
    public string What => Retention.SignIns;

    public Task<int> Forget(DateTime before, CancellationToken cancellation) =>
        db.SignIns.Where(s => s.At < before).ExecuteDeleteAsync(cancellation);
}
