using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Pharmacovigilance;

/// <summary>What of an ASL waits to be sent, and the files that went.</summary>
[Requires(VaccinationModule.MayReport)]
internal sealed record ReportFiles : IQuery<ReportFilesAnswer>
{
    /// <summary>Reports of biological medicines go within 36 hours (D.M. 30 aprile 2015, art. 22).</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(36);

    private const int FilesShown = 50;

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<ReportFiles, ReportFilesAnswer>
    {
        public async Task<ReportFilesAnswer> Handle(ReportFiles request, CancellationToken cancellationToken)
        {
            var centres = db.Centres.Within(Centre.Scope, user, VaccinationModule.MayReport);
            var waiting = await (
                from e in db.AdverseEvents
                join d in db.Doses on e.DoseId equals d.Id
                join c in centres on d.CentreCode equals c.Code
                where e.SentIn == null
                select new { c.AslCode, e.Serious, e.ReportedAt }).ToListAsync(cancellationToken);
            var late = clock.GetUtcNow().UtcDateTime - Within;
            return new(
                [
                    .. (await centres.Select(c => c.AslCode).Distinct().OrderBy(a => a).ToListAsync(cancellationToken)).Select(asl => new WaitingReports(
                        asl, region.FindAsl(asl)?.Name ?? asl, waiting.Count(w => w.AslCode == asl), waiting.Count(w => w.AslCode == asl && w.Serious), waiting.Count(w => w.AslCode == asl && w.ReportedAt < late))),
                ],
                await db.ReportFiles.AsNoTracking().Within(ReportFile.Scope, user, VaccinationModule.MayReport).OrderByDescending(f => f.MadeAt).Take(FilesShown).ToListAsync(cancellationToken));
        }
    }
}

/// <param name="Late">That wait longer than they should.</param>
[Shows(FieldClass.Work)]
internal sealed record WaitingReports(string Asl, string Name, int Reports, int Serious, int Late);

internal sealed record ReportFilesAnswer(IReadOnlyList<WaitingReports> Waiting, IReadOnlyList<ReportFile> Files);
