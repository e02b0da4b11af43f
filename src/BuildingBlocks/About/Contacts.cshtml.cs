using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.About;

[OpenToAll("Public information about the service")]
internal sealed class ContactsPage : PageModel;
