using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.People;

namespace Platform.Patients.Grants;

/// <summary>Whom an ASL has made visible to others, and who was made visible to it; who passed to it and who left it. Of
/// those who left it knows the name it had written itself, and nothing more.</summary>
[Requires(PatientsModule.Grant)]
internal sealed record GrantList : IQuery<GrantListAnswer>
{
    /// <summary>Towards the asker's ASL, or away from it.</summary>
    public bool Out { get; init; }

    /// <summary>Also those that are over or revoked.</summary>
    public bool Past { get; init; }

    public int Page { get; init; } = 1;

    internal sealed class Handler(PatientsDb db, ICurrentUser user, Region region) : IRequestHandler<GrantList, GrantListAnswer>
    {
        private const int MostPassages = 50;

        public async Task<GrantListAnswer> Handle(GrantList request, CancellationToken cancellationToken)
        {
            var asls = user.ScopesOf(PatientsModule.Grant).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code).ToList();
            var grants = db.Grants.AsNoTracking().Where(g => asls.Contains(request.Out ? g.FromAsl : g.AslCode));
            if (!request.Past)
                grants = grants.Where(g => g.InForce);
            var total = await grants.CountAsync(cancellationToken);
            var page = Math.Clamp(request.Page, 1, Math.Max(1, (total + Listings.DefaultSize - 1) / Listings.DefaultSize));
            var granted = await (
                from grant in grants
                join patient in db.Patients on grant.PatientId equals patient.Id
                orderby grant.GrantedAt descending, grant.Id
                select new GrantRow(grant.Id, patient.Id, patient.FamilyName + " " + patient.GivenName, grant.AslCode, grant.FromAsl, grant.ValidFrom,
                    grant.ValidTo, grant.Reason, grant.GrantedByName, grant.InForce, grant.RevokedAt))
                .Skip((page - 1) * Listings.DefaultSize).Take(Listings.DefaultSize).ToListAsync(cancellationToken);
            var visible = await db.Patients.Within(Patient.Scope, user, PatientsModule.Grant)
                .Where(p => granted.Select(r => r.PatientId).Contains(p.Id)).Select(p => p.Id).ToListAsync(cancellationToken);

            var passages = await (
                from fact in db.Facts.AsNoTracking().Where(f => f.FromAsl != null && asls.Contains(request.Out ? f.FromAsl! : f.ToAsl!))
                join patient in db.Patients on fact.PatientId equals patient.Id
                orderby fact.At descending, fact.Id
                select new PassageRow(patient.Id, patient.FamilyName + " " + patient.GivenName, fact.FromAsl!, fact.ToAsl!, fact.At))
                .Take(MostPassages).ToListAsync(cancellationToken);
            var here = await db.Patients.Within(Patient.Scope, user, PatientsModule.Grant)
                .Where(p => passages.Select(r => r.PatientId).Contains(p.Id)).Select(p => p.Id).ToListAsync(cancellationToken);
            return new(new(granted, page, Listings.DefaultSize, total), passages, [.. visible.Concat(here)], region.Asls.ToDictionary(a => a.Code, a => a.Name));
        }
    }
}

[Shows(FieldClass.Identity, "Name")]
[Shows(FieldClass.Health, "Reason")]
[Shows(FieldClass.Work, "ToAsl", "FromAsl", "From", "Until", "By", "InForce", "RevokedAt")]
internal sealed record GrantRow(
    Guid Id, Guid PatientId, string Name, string ToAsl, string FromAsl, DateOnly From, DateOnly Until, string Reason, string By, bool InForce, DateTime? RevokedAt);

[Shows(FieldClass.Identity, "Name")]
[Shows(FieldClass.Work, "FromAsl", "ToAsl", "At")]
internal sealed record PassageRow(Guid PatientId, string Name, string FromAsl, string ToAsl, DateTime At);

/// <param name="Visible">Those whose page the asker may open.</param>
[Shows(FieldClass.Work)]
internal sealed record GrantListAnswer(
    Listing<GrantRow> Grants, IReadOnlyList<PassageRow> Passages, HashSet<Guid> Visible, IReadOnlyDictionary<string, string> Asls) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Grants.Rows.Select(g => g.PatientId).Concat(Passages.Select(p => p.PatientId));

    public string Asl(string code) => Asls.TryGetValue(code, out var name) ? name : code;
}
