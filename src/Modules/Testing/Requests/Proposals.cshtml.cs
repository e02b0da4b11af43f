using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayAuthorise)]
internal sealed class ProposalsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<ToDoRow> Requests { get; private set; } = null!;

    public async Task OnGetAsync() => Requests = (await Ask(new ToDo { Proposals = true, Page = P })).Requests;
}
