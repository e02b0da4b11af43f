using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Grants;
using Platform.Patients.Registry;
using Platform.Patients.Ties;

namespace Platform.Patients.People;

[Requires(PatientsModule.Read)]
internal sealed class PersonDetailsPage(IRegionalRegistry registry, Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PersonDetailsAnswer Details { get; private set; } = null!;

    public bool MayEdit => Details.InCharge && CurrentUser.May(PatientsModule.Register);
    public bool MayAssign => Details.InCharge && Details.Patient.DiedOn is null && CurrentUser.May(PatientsModule.AssignDoctors);
    public bool MayCompare => MayEdit && registry.IsThere;
    public bool MayMerge => Details.InCharge && CurrentUser.May(PatientsModule.Merge);
    public bool MayGrant => Details.InCharge && CurrentUser.May(PatientsModule.Grant);

    public DateOnly Today => region.DayOf(clock.GetUtcNow());

    public async Task<IActionResult> OnGet()
    {
        Details = await Ask(new PersonDetails(Id));
        // A record that was merged: its links lead to the one that stands for it.
        return Details.Patient.Id == Id ? Page() : LocalRedirect($"/patients/{Details.Patient.Id}");
    }

    public async Task<IActionResult> OnPostEndTie(Guid tie) => await Act(new EndTie(Id, tie), "Il legame è finito.");

    public async Task<IActionResult> OnPostRevoke(Guid grant, string? reason) =>
        await Act(new RevokeGrant { PatientId = Id, Id = grant, Reason = reason }, "La visibilità è stata revocata.");

    private async Task<IActionResult> Act(ICommand<Unit> command, string said)
    {
        try
        {
            await Mediator.Send(command, Cancellation);
            TempData["Said"] = T[said].Value;
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            TempData["Refused"] = T[refusal.Message, refusal.Arguments!].Value;
        }
        catch (ValidationException invalid)
        {
            TempData["Refused"] = T[invalid.Errors.First().ErrorMessage].Value;
        }

        return LocalRedirect($"/patients/{Id}");
    }
}
