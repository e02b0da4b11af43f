using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.Collection;

[OpenToAll("It is of citizens who have signed in with their digital identity; anybody else is shown the way in.")]
internal sealed class MyLooksPage : CitizenPage
{
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public MyLooksAnswer Answer { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        Answer = await Mediator.Send(new MyLooks(P), Cancellation);
        return Page();
    }
}
