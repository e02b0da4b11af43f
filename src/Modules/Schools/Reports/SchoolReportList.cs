using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.Contracts;

namespace Platform.Schools.Reports;

/// <summary>What schools have reported: to the ASL those of its territory, to a referent her school's own. Nobody by name.</summary>
[Requires(SchoolsModule.MayReadReports)]
internal sealed record SchoolReportList : ListQuery<SchoolReportRow>
{
    private static readonly Orders<SchoolReport> Order = new Orders<SchoolReport>(r => r.Id).By("reported", r => r.ReportedAt).By("school", r => r.SchoolCode).By("day", r => r.LastDay);

    public override string StandingSort => "-reported";

    public SchoolReportState? State { get; init; }
    public SchoolReportKind? Kind { get; init; }
    public string? School { get; init; }

    internal sealed class Handler(SchoolsDb db, ICurrentUser user) : IRequestHandler<SchoolReportList, Listing<SchoolReportRow>>
    {
        public Task<Listing<SchoolReportRow>> Handle(SchoolReportList request, CancellationToken cancellationToken)
        {
            var found = db.Reports.AsNoTracking().Within(SchoolReport.Scope, user, SchoolsModule.MayReadReports);
            if (request.State is { } state)
                found = found.Where(r => r.State == state);
            if (request.Kind is { } kind)
                found = found.Where(r => r.Kind == kind);
            if (BuildingBlocks.Regions.SchoolCode.Tidy(request.School) is { Length: > 0 } school)
                found = found.Where(r => r.SchoolCode == school || r.InstituteCode == school);
            return found.List(request, Order, sorted => sorted.Select(r => new SchoolReportRow(
                r.Id, r.Kind, r.State, r.SchoolCode, db.Schools.Where(s => s.Code == r.SchoolCode).Select(s => s.Name).FirstOrDefault(),
                db.Classes.Where(c => c.Id == r.ClassId).Select(c => (int?)c.Grade).FirstOrDefault(), db.Classes.Where(c => c.Id == r.ClassId).Select(c => c.Section).FirstOrDefault(), r.LastDay, r.ReportedAt)), cancellationToken);
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record SchoolReportRow(Guid Id, SchoolReportKind Kind, SchoolReportState State, string SchoolCode, string? SchoolName, int? Grade, string? Section, DateOnly LastDay, DateTime ReportedAt)
{
    public string? ClassName => Grade is null ? null : $"{Grade}{Section}";
}
