using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Imports;

/// <summary>How far an import is, and what was wrong with which line.</summary>
[Requires(PatientsModule.Import)]
internal sealed record ImportProgress(Guid Id, int Page, bool Whole = false) : IQuery<ImportProgressAnswer>
{
    internal sealed class Handler(PatientsDb db) : IRequestHandler<ImportProgress, ImportProgressAnswer>
    {
        public async Task<ImportProgressAnswer> Handle(ImportProgress request, CancellationToken cancellationToken)
        {
            var import = await db.Imports.AsNoTracking().FirstOrDefaultAsync(i => i.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var batches = await db.ImportBatches.Where(b => b.ImportId == import.Id)
                .Select(b => new { b.Lines, b.Added, b.Changed, b.Unchanged, b.Bad, b.DoneAt }).ToListAsync(cancellationToken);
            var faults = db.ImportFaults.Where(f => f.ImportId == import.Id).OrderBy(f => f.Line).ThenBy(f => f.Column)
                .Select(f => new RowFault(f.Line, f.Column, f.Reason));
            Listing<RowFault> page;
            if (request.Whole)
            {
                var all = await faults.ToListAsync(cancellationToken);
                page = new(all, 1, all.Count, all.Count);
            }
            else
            {
                page = await faults.ToListing(request.Page, Listings.DefaultSize, cancellationToken);
            }

            return new(
                import, batches.Sum(b => b.Lines), batches.Where(b => b.DoneAt is not null).Sum(b => b.Lines),
                batches.Sum(b => b.Added), batches.Sum(b => b.Changed), batches.Sum(b => b.Unchanged), batches.Sum(b => b.Bad),
                import.ReadAt is not null && batches.TrueForAll(b => b.DoneAt is not null), page);
        }
    }
}

/// <param name="Lines">Read from the file so far.</param>
/// <param name="Done">Of those, dealt with.</param>
internal sealed record ImportProgressAnswer(
    Import Import, int Lines, int Done, int Added, int Changed, int Unchanged, int Bad, bool Finished, Listing<RowFault> Faults)
{
    public int Percent => Lines == 0 ? (Finished ? 100 : 0) : (int)(100L * Done / Lines);
}
