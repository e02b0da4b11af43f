using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.LabMessages;

[Requires(RefertiModule.WorkQueue)]
internal sealed class LabMessageListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? ControlId { get; set; }

    [BindProperty(SupportsGet = true)]
    public LabMessageState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<LabMessageRow> Messages { get; private set; } = new([], 1, Listings.DefaultSize, 0);

    public IEnumerable<SelectListItem> States =>
        Enum.GetValues<LabMessageState>().Select(s => new SelectListItem(T[MessageWords.Of(s)], s.ToString()));

    public async Task OnGetAsync()
    {
        // What cannot be read is said beside its field; nothing is searched then.
        if (ModelState.IsValid)
            Messages = await Ask(new LabMessageList(ControlId, State, Day, P));
        else
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}
