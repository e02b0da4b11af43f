using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.Operations;

[Requires(PlatformPermissions.Operate)]
internal sealed class JobsPage(Region region) : PlatformPage
{
    public IReadOnlyList<JobWithRuns> Jobs { get; private set; } = [];

    public Region Region { get; } = region;

    public Task OnGet() => Load();

    public Task<IActionResult> OnPost(string name) =>
        Order(new RunJob { Name = name }, _ => Go("/operations/jobs", "L’attività è stata eseguita: l’esito è qui sotto."));

    protected override async Task Load() => Jobs = await Ask(new JobsAndRuns());
}
