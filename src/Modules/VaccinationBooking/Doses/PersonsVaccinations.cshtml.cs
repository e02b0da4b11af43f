using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Doses;

[Requires(VaccinationModule.MayRead)]
internal sealed class PersonsVaccinationsPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid PatientId { get; set; }

    public PersonsVaccinationsAnswer Shown { get; private set; } = null!;

    public FactsForm Facts =>
        new(new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Person = PatientId }, new() { Person = PatientId }, $"/vaccination/people/{PatientId}", region, T);

    public async Task OnGetAsync() => Shown = await Ask(new PersonsVaccinations(PatientId));
}
