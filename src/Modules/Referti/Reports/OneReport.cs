using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Referti.Reports;

/// <summary>A report with its whole history.</summary>
[Requires(RefertiModule.Read)]
internal sealed record OneReport(Guid Id) : IQuery<OneReportAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<OneReport, OneReportAnswer>
    {
        public async Task<OneReportAnswer> Handle(OneReport request, CancellationToken cancellationToken)
        {
            var report = await db.Reports.AsNoTracking().Include(r => r.Versions).Within(Report.Scope, user, RefertiModule.Read)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var mayChange = user.ScopesOf(RefertiModule.Correct).Contains(new(ScopeKind.Lab, report.LabCode));
            return new(report, [.. report.Versions.OrderByDescending(v => v.Number)], mayChange);
        }
    }
}

/// <param name="Versions">Newest first; at least one.</param>
/// <param name="MayChange">The asker is of the laboratory that released it.</param>
[Shows(FieldClass.Work)]
internal sealed record OneReportAnswer(Report Report, IReadOnlyList<ReportVersion> Versions, bool MayChange) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Report.PatientId];
}
