using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Patients.Openings;

/// <summary>First the code, then, if she is outside the scope, the reason. The code travels in the form, never in an address.</summary>
[Requires(PatientsModule.OpenOutside)]
internal sealed class OpenOutsidePage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public OpenOutside Form { get; set; } = new();

    public bool Outside { get; private set; }

    public int Minutes => (int)(region.Glass.TimeOf(CurrentUser.Assignments.Select(a => a.Role), Today)?.TotalMinutes ?? 0);

    public IReadOnlyList<SelectListItem> Reasons => [.. region.Glass.ReasonsOn(Today).Select(r => new SelectListItem(r.Name, r.Code))];

    private DateOnly Today => region.DayOf(clock.GetUtcNow());

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        try
        {
            var found = await Ask(new PersonByWholeCode(Form.FiscalCode));
            if (found is { PatientId: { } id, Seen: true })
                return LocalRedirect($"/patients/{id}");
            ModelState.Clear();
            if (found.PatientId is not null)
            {
                (Outside, Form) = (true, new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), FiscalCode = Form.FiscalCode });
                return Page();
            }

            ModelState.AddModelError("Form.FiscalCode", T["Nessuna persona dell'anagrafe ha questo codice fiscale."]);
        }
        catch (ValidationException invalid)
        {
            ModelState.AddModelError("Form.FiscalCode", T[invalid.Errors.First().ErrorMessage]);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Unprocessable)
        {
            ModelState.AddModelError("", T[refusal.Message]);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public Task<IActionResult> OnPostOpen()
    {
        Outside = true;
        return Order(Form, id => Go($"/patients/{id}", "La scheda è aperta."));
    }
}
