using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.BuildingBlocks.Web;

namespace Platform.UserManagement.Extractions;

[Requires(UserManagementModule.AskExtractions)]
internal sealed class AskExtractionPage(IEnumerable<IExtracted> extracted, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public AskExtraction Form { get; set; } = new();

    public IEnumerable<SelectListItem> Kinds => extracted.OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => new SelectListItem(T[e.Title], e.Name));

    public static IReadOnlyList<SelectListItem> Formats { get; } = [new("CSV", nameof(TableFormat.Csv)), new("Excel (xlsx)", nameof(TableFormat.Xlsx))];

    public void OnGet() => Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()) };

    public Task<IActionResult> OnPost() => Order(Form, _ => Go("/privacy/extractions", "La richiesta è inviata: decide il responsabile della privacy."));
}
