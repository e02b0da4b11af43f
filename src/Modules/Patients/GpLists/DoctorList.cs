using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Doctors;

namespace Platform.Patients.GpLists;

/// <summary>The doctors of the asker's ASL, how full their lists are, and who ceases when.</summary>
[Requires(PatientsModule.AssignDoctors)]
internal sealed record DoctorList(string? Text) : ListQuery<DoctorRow>
{
    private static readonly Orders<Doctor> Order = new Orders<Doctor>(d => d.Code).By("name", d => d.FamilyName, d => d.GivenName).By("limit", d => d.ListLimit);

    public override string StandingSort => "name";

    internal sealed class Handler(PatientsDb db, ICurrentUser user) : IRequestHandler<DoctorList, Listing<DoctorRow>>
    {
        public async Task<Listing<DoctorRow>> Handle(DoctorList request, CancellationToken cancellationToken)
        {
            var asls = user.ScopesOf(PatientsModule.AssignDoctors).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code).ToList();
            var doctors = db.Doctors.AsNoTracking().Where(d => asls.Contains(d.AslCode));
            if (Words.Tidy(request.Text) is { } text)
            {
                // A few hundred: folded here, as people's names are searched.
                var beginning = SearchText.Of(text);
                var called = (await doctors.Select(d => new { d.Code, d.FamilyName }).ToListAsync(cancellationToken))
                    .Where(d => d.Code == text || SearchText.Of(d.FamilyName).StartsWith(beginning, StringComparison.Ordinal)).Select(d => d.Code).ToList();
                doctors = doctors.Where(d => called.Contains(d.Code));
            }

            return await doctors.List(request, Order, sorted => sorted.Select(d => new DoctorRow(d.Code, d.FamilyName + " " + d.GivenName, d.Paediatrician,
                d.MunicipalityIstat, db.Patients.Count(p => p.GpCode == d.Code), d.ListLimit, d.EndsOn)), cancellationToken);
        }
    }
}

internal sealed record DoctorRow(string Code, string Name, bool Paediatrician, string MunicipalityIstat, int OnList, int Limit, DateOnly? EndsOn);
