using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Imports;

/// <summary>The imports of late, newest first.</summary>
[Requires(PatientsModule.Import)]
internal sealed record RecentImports : IQuery<IReadOnlyList<RecentImport>>
{
    private const int Shown = 10;

    internal sealed class Handler(PatientsDb db) : IRequestHandler<RecentImports, IReadOnlyList<RecentImport>>
    {
        public async Task<IReadOnlyList<RecentImport>> Handle(RecentImports request, CancellationToken cancellationToken) =>
            await db.Imports.OrderByDescending(i => i.StartedAt).ThenByDescending(i => i.Id).Take(Shown)
                .Select(i => new RecentImport(i.Id, i.Kind, i.FileName, i.StartedAt,
                    db.ImportBatches.Where(b => b.ImportId == i.Id).Sum(b => b.Added + b.Changed),
                    db.ImportBatches.Where(b => b.ImportId == i.Id).Sum(b => b.Bad)))
                .ToListAsync(cancellationToken);
    }
}

internal sealed record RecentImport(Guid Id, ImportKind Kind, string FileName, DateTime StartedAt, int Written, int Bad);
