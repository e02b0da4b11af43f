using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.People;

namespace Platform.Patients.Grants;

/// <summary>What other ASLs ask of the asker's, or what it has asked of others; those without an answer first. Of the people it asked for,
/// an ASL reads the codice fiscale that it wrote itself.</summary>
[Requires(PatientsModule.Grant)]
internal sealed record GrantRequestList(bool Out, bool Past) : IQuery<GrantRequestsAnswer>
{
    private const int Most = 100;

    internal sealed class Handler(PatientsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<GrantRequestList, GrantRequestsAnswer>
    {
        public async Task<GrantRequestsAnswer> Handle(GrantRequestList request, CancellationToken cancellationToken)
        {
            var (rows, today) = (db.GrantRequests.AsNoTracking().Of(db, user, request.Out), region.DayOf(clock.GetUtcNow()));
            if (!request.Past)
                rows = rows.Waiting(today);
            var found = await rows.OrderBy(r => r.State != GrantRequestState.Asked).ThenByDescending(r => r.AskedAt).ThenBy(r => r.Id).Take(Most)
                .Select(r => new GrantRequestRow(r, request.Out ? db.Patients.Where(p => p.Id == r.PatientId).Select(p => p.FamilyName + " " + p.GivenName).FirstOrDefault() : null,
                    r.State == GrantRequestState.Asked && r.ValidTo < today))
                .ToListAsync(cancellationToken);
            return new(found);
        }
    }
}

/// <param name="Name">Of one's own; of somebody else's person null.</param>
/// <param name="Over">Nobody answered, and its days have passed.</param>
[Shows(FieldClass.Identity, "Name")]
[Shows(FieldClass.Work, "Over")]
internal sealed record GrantRequestRow(GrantRequest Request, string? Name, bool Over);

[Shows(FieldClass.Work)]
internal sealed record GrantRequestsAnswer(IReadOnlyList<GrantRequestRow> Rows) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Rows.Select(r => r.Request.PatientId);
}

internal static class GrantRequestsOfAsl
{
    /// <param name="outwards">Of the people in charge of the asker's ASL; else those that it has made.</param>
    public static IQueryable<GrantRequest> Of(this IQueryable<GrantRequest> rows, PatientsDb db, ICurrentUser user, bool outwards)
    {
        if (outwards)
        {
            var own = db.Patients.Within(Patient.InCharge, user, PatientsModule.Grant).Select(p => p.Id);
            return rows.Where(r => own.Contains(r.PatientId));
        }

        var asls = user.ScopesOf(PatientsModule.Grant).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code).ToList();
        return rows.Where(r => asls.Contains(r.AslCode));
    }

    public static IQueryable<GrantRequest> Waiting(this IQueryable<GrantRequest> rows, DateOnly today) =>
        rows.Where(r => r.State == GrantRequestState.Asked && r.ValidTo >= today);
}
