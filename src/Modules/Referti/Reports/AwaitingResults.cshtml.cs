using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The laboratory's worklist: samples it has received and has still to answer.</summary>
[Requires(RefertiModule.Enter)]
internal sealed class AwaitingResultsPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<SampleAwaitingResult> Samples { get; private set; } = null!;

    public async Task OnGetAsync() => Samples = (await Ask(new SamplesAwaitingResult(Text, Math.Max(1, P)))).Samples;
}
