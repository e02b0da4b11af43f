using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.Contracts;

namespace Platform.UserManagement.ApiClients;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class ApiClientDetailPage(TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public RotateApiKey Rotate { get; set; } = new();

    [BindProperty]
    public AddSigningKey Form { get; set; } = new();

    [BindProperty]
    public ChangeClientScopes Scopes { get; set; } = new();

    public ApiClient Client { get; private set; } = null!;

    /// <summary>Shown once.</summary>
    public ApiClientCreated? Made { get; private set; }

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    private string Here => $"/users/api-clients/{Id}";

    public async Task OnGet()
    {
        await Load();
        Scopes = new() { Codes = string.Join('\n', Client.Scopes.Select(s => s.Code).Order(StringComparer.Ordinal)) };
    }

    public Task<IActionResult> OnPostScopes()
    {
        ModelState.Clear();
        return Order(Scopes with { ClientId = Id }, _ => Go(Here, "Le strutture del client sono cambiate."));
    }

    public async Task<IActionResult> OnPostRotate()
    {
        ModelState.Remove("Form.Pem");
        ModelState.Remove("Scopes.Codes");
        var answer = await Order(Rotate with { ClientId = Id }, made =>
        {
            Made = made;
            return Page();
        });
        if (Made is not null)
            await Load();
        return answer;
    }

    public Task<IActionResult> OnPostSigningKey()
    {
        ModelState.Remove("Scopes.Codes");
        return Order(Form with { ClientId = Id }, _ => Go(Here, "La chiave pubblica è registrata."));
    }

    public Task<IActionResult> OnPostRevokeSigningKey(Guid key) => Simply(new RevokeSigningKey(Id, key), "La chiave pubblica non vale più.");

    public Task<IActionResult> OnPostRevoke() => Simply(new RevokeApiClient(Id), "Il client è revocato.");

    protected override async Task Load() => Client = await Ask(new ApiClientDetail(Id));

    private Task<IActionResult> Simply(BuildingBlocks.Messaging.ICommand<MediatR.Unit> command, string said)
    {
        ModelState.Clear();
        return Order(command, _ => Go(Here, said));
    }
}
