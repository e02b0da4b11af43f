using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.AuditLog;

[Requires(UserManagementModule.ReadAudit)]
internal sealed class SearchAuditPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid? Subject { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Actor { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public AuditPageAnswer Found { get; private set; } = new([], 1, false);

    public async Task OnGet()
    {
        // What cannot be read is said beside its field; nothing is searched then.
        if (ModelState.IsValid)
            Found = await Ask(new SearchAudit(Subject, Actor, Day, P));
        else
            Response.StatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status422UnprocessableEntity;
    }
}
