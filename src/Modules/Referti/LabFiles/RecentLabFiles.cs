using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.LabFiles;

/// <summary>The last files that one's laboratory handed in.</summary>
[Requires(RefertiModule.Files)]
internal sealed record RecentLabFiles : IQuery<IReadOnlyList<RecentLabFile>>
{
    private const int Most = 20;

    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<RecentLabFiles, IReadOnlyList<RecentLabFile>>
    {
        public async Task<IReadOnlyList<RecentLabFile>> Handle(RecentLabFiles request, CancellationToken cancellationToken) =>
            await db.LabFiles.AsNoTracking().OfHers(user).OrderByDescending(f => f.StartedAt).Take(Most)
                .Select(f => new RecentLabFile(
                    f.Id, f.FileName, f.StartedAt, f.StartedBy,
                    db.LabFileBatches.Where(b => b.FileId == f.Id).Sum(b => b.Lines), db.LabFileBatches.Where(b => b.FileId == f.Id).Sum(b => b.Bad)))
                .ToListAsync(cancellationToken);
    }
}

internal sealed record RecentLabFile(Guid Id, string FileName, DateTime StartedAt, string StartedBy, int Lines, int Refused);
