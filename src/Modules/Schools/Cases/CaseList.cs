using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.Register;

namespace Platform.Schools.Cases;

/// <summary>Cases of the classes of one's territory, by class: nobody is named.</summary>
[Requires(SchoolsModule.MaySeeCases)]
internal sealed record CaseList : ListQuery<CaseRow>
{
    public SchoolCaseState? State { get; init; }
    public SchoolLevel? Level { get; init; }
    public string? School { get; init; }

    public override string StandingSort => "-opened";

    internal sealed class Handler(SchoolsDb db, ICurrentUser user) : IRequestHandler<CaseList, Listing<CaseRow>>
    {
        private static readonly Orders<SchoolCase> Orders = new Orders<SchoolCase>(c => c.Id)
            .By("opened", c => c.OpenedAt).By("class", c => c.ClassName).By("school", c => c.SchoolName).By("last", c => c.LastPositiveOn);

        public Task<Listing<CaseRow>> Handle(CaseList request, CancellationToken cancellationToken)
        {
            var found = db.Cases.AsNoTracking().Within(SchoolCase.Scope, user, SchoolsModule.MaySeeCases);
            if (request.State is { } state)
                found = found.Where(c => c.State == state);
            if (request.Level is { } level)
                found = found.Where(c => c.Level == level);
            if (request.School?.Trim().ToUpperInvariant() is { Length: > 0 } code)
                found = found.Where(c => c.SchoolCode == code || c.InstituteCode == code);
            return found.List(request, Orders, rows => rows.Select(c => new CaseRow(
                c.Id, c.ClassName, c.SchoolName, c.Level, c.State, c.OpenedAt, c.LastPositiveOn, c.Positives.Where(p => p.LostAt == null).Select(p => p.PatientId).Distinct().Count())), cancellationToken);
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record CaseRow(Guid Id, string ClassName, string SchoolName, SchoolLevel Level, SchoolCaseState State, DateTime OpenedAt, DateOnly LastPositiveOn, int Positives);
