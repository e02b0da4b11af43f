using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Collection;

/// <summary>A citizen who has signed in sees her released reports that are still on line, or those of somebody whom she represents.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record MyReports : ICommand<MyReportsAnswer>
{
    internal sealed class Handler(RefertiDb db, Citizen citizen, Region region, TimeProvider clock) : IRequestHandler<MyReports, MyReportsAnswer>
    {
        public async Task<MyReportsAnswer> Handle(MyReports request, CancellationToken cancellationToken)
        {
            var sight = await citizen.Sight(cancellationToken);
            var since = CollectionCode.OnLineSince(clock.GetUtcNow(), region);
            var whose = sight.Whose?.Id ?? Guid.Empty;
            var reports = await db.Reports.AsNoTracking().Where(r => r.PatientId == whose && r.IssuedAt > since).OrderByDescending(r => r.IssuedAt)
                .Select(r => new MyReportRow(r.Id, r.TestType, r.CurrentKind, r.CollectedAt, r.IssuedAt, r.LabCode)).ToListAsync(cancellationToken);
            await citizen.Looked(db, "referti.MyReports", sight, cancellationToken);
            return new(reports, sight.Other?.GivenName, sight.Other?.Id, [.. sight.Others.Select(o => new MyPerson(o.Id, $"{o.GivenName} {o.FamilyName}"))]);
        }
    }
}

/// <param name="For">Given name of whom she acts for; null for herself.</param>
internal sealed record MyReportsAnswer(IReadOnlyList<MyReportRow> Reports, string? For, Guid? ForId, IReadOnlyList<MyPerson> Others);

internal sealed record MyReportRow(Guid Id, TestType TestType, ReportVersionKind Kind, DateTime? CollectedAt, DateTime IssuedAt, string LabCode);

internal sealed record MyPerson(Guid Id, string Name);

/// <summary>She opens one of them, in plain words and on paper.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record MyReport(Guid Id) : ICommand<MyReportAnswer>
{
    internal sealed class Handler(RefertiDb db, Citizen citizen, Region region, TimeProvider clock) : IRequestHandler<MyReport, MyReportAnswer>
    {
        public async Task<MyReportAnswer> Handle(MyReport request, CancellationToken cancellationToken)
        {
            var sight = await citizen.Sight(cancellationToken);
            var since = CollectionCode.OnLineSince(clock.GetUtcNow(), region);
            var whose = sight.Whose?.Id ?? Guid.Empty;
            var report = await db.Reports.AsNoTracking().Include(r => r.Versions)
                .SingleOrDefaultAsync(r => r.Id == request.Id && r.PatientId == whose && r.IssuedAt > since, cancellationToken) ?? throw Refusal.NotFound();
            await citizen.Looked(db, "referti.MyReport", sight, cancellationToken);
            return new(FetchedReport.Of(report, region), new(report, [.. report.Versions.OrderByDescending(v => v.Number)], false), sight.Other?.GivenName);
        }
    }
}

/// <param name="For">Given name of whom she acts for; null for herself.</param>
internal sealed record MyReportAnswer(FetchedReport Report, OneReportAnswer Whole, string? For);

/// <summary>From now on she looks at the reports of somebody whom she represents.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record ActFor(Guid? PatientId) : ICommand<Guid?>
{
    internal sealed class Handler(Citizen citizen) : IRequestHandler<ActFor, Guid?>
    {
        public async Task<Guid?> Handle(ActFor request, CancellationToken cancellationToken) =>
            request.PatientId is not { } other ? null
            : (await citizen.Sight(cancellationToken)).Others.Any(o => o.Id == other) ? other : throw Refusal.NotFound();
    }
}
