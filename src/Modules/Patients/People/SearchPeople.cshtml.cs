using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.People;

[Requires(PatientsModule.Read)]
internal sealed class SearchPeoplePage(Region region) : ListPage<PersonFound>
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool WithoutDoctor { get; set; }

    public bool OwnList => CurrentUser.ScopesOf(PatientsModule.Register).Any(s => s.Kind == ScopeKind.GpList);

    public bool MayOpenOutside => CurrentUser.May(PatientsModule.OpenOutside);

    public string Lead => OwnList ? "Le persone della sua lista." : "I residenti della sua ASL.";

    protected override string FileName => "assistiti";

    protected override ListQuery<PersonFound> Query => new SearchPeople { Text = Q, WithoutDoctor = WithoutDoctor };

    protected override IReadOnlyList<ListColumn<PersonFound>> Columns =>
    [
        new(T["Persona"], r => $"{r.FamilyName} {r.GivenName}", "name") { Link = r => $"/patients/{r.Id}" },
        new(T["Codice fiscale"], r => r.FiscalCode, "code"),
        new(T["Data di nascita"], r => r.BirthDate, "birth"),
        new(T["Sesso"], r => r.Sex == Sex.Female ? "F" : "M"),
        new(T["Residenza"], r => region.FindMunicipality(r.ResidenceIstat)?.Name ?? r.ResidenceIstat),
        new(T["ASL"], r => region.FindAsl(r.AslCode)?.Name ?? r.AslCode),
        new(T["Medico"], r => r.Doctor),
    ];
}
