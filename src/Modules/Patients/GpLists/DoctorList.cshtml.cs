using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.GpLists;

[Requires(PatientsModule.AssignDoctors)]
internal sealed class DoctorListPage(Region region) : ListPage<DoctorRow>
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    protected override string FileName => "medici";

    protected override ListQuery<DoctorRow> Query => new DoctorList(Q);

    protected override IReadOnlyList<ListColumn<DoctorRow>> Columns =>
    [
        new(T["Medico"], r => r.Name, "name") { Link = r => $"/doctors/{r.Code}/close" },
        new(T["Codice regionale"], r => r.Code),
        new(T["Profilo"], r => r.Paediatrician ? T["pediatra di libera scelta"].Value : T["medico di medicina generale"].Value),
        new(T["Comune"], r => region.FindMunicipality(r.MunicipalityIstat)?.Name ?? r.MunicipalityIstat),
        new(T["In lista"], r => r.OnList),
        new(T["Massimale"], r => r.Limit, "limit"),
        new(T["Cessa il"], r => r.EndsOn),
    ];
}
