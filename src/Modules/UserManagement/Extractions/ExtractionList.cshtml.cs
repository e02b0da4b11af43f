using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Extractions;

[Requires(UserManagementModule.SeeExtractions)]
internal sealed class ExtractionListPage(IEnumerable<IExtracted> extracted) : PlatformPage
{
    private const string Address = "/privacy/extractions";

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<Extraction> Found { get; private set; } = null!;

    public bool MayAsk => CurrentUser.May(UserManagementModule.AskExtractions);

    public bool MayDecide => CurrentUser.May(UserManagementModule.DecideExtractions);

    public string KindsOf(Extraction extraction) =>
        string.Join(", ", extraction.Kinds.Split(' ').Select(k => extracted.FirstOrDefault(e => e.Name == k) is { } kind ? T[kind.Title].Value : k));

    public Task OnGet() => Load();

    public Task<IActionResult> OnPostApprove(Guid id) => Order(new DecideExtraction(id, true), _ => Go(Address, "L'estrazione è approvata: si prepara tra poco."));

    public Task<IActionResult> OnPostRefuse(Guid id, string? why) => Order(new DecideExtraction(id, false, why), _ => Go(Address, "L'estrazione è rifiutata."));

    public Task<IActionResult> OnPostDownload(Guid id) => Order(new DownloadExtraction(id), file => File(file, "application/zip", $"estrazione-{id.ToString("N")[^8..]}.zip"));

    protected override async Task Load() => Found = await Ask(new ExtractionList(P));
}
