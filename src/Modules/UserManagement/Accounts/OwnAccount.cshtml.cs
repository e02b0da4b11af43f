using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.UserManagement.AccessLinks;
using Platform.UserManagement.Passkeys;
using Platform.UserManagement.SecondFactor;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.Accounts;

[Requires(PlatformPermissions.SignedIn)]
internal sealed class OwnAccountPage : PlatformPage
{
    [BindProperty]
    public ChangePassword Form { get; set; } = new();

    [BindProperty]
    public ChangeOwnName Name { get; set; } = new();

    [BindProperty]
    public AskNewEmail NewEmail { get; set; } = new();

    [BindProperty]
    public string Language { get; set; } = "";

    [BindProperty]
    public RenewRecoveryCodes Codes { get; set; } = new();

    [BindProperty]
    public EndSession Closing { get; set; } = new();

    [BindProperty]
    public AddPasskey Key { get; set; } = new();

    public PasskeysShown Passkeys { get; private set; } = null!;

    /// <summary>Shown once.</summary>
    public IReadOnlyList<string>? NewCodes { get; private set; }

    public IReadOnlyList<OpenSession> Sessions { get; private set; } = [];

    public Guid? OwnSession => Session.IdOf(User);

    public OwnAccountAnswer Account { get; private set; } = null!;

    public async Task OnGet()
    {
        await Load();
        Name = new() { DisplayName = Account.DisplayName };
    }

    public async Task<IActionResult> OnPostPassword()
    {
        SignInAnswer? renewed = null;
        var answer = await Order(Form, account =>
        {
            renewed = account;
            return Go("/account", "La password è cambiata. Le altre sessioni aperte sono state chiuse.");
        });
        if (renewed is not null)
            await Session.Open(HttpContext, renewed.AccountId, renewed.Stamp);
        return answer;
    }

    public async Task<IActionResult> OnPostCodes()
    {
        ModelState.Clear();
        var answer = await Order(Codes, codes =>
        {
            NewCodes = codes;
            return Page();
        });
        if (NewCodes is not null)
        {
            Codes = new();
            ModelState.Clear();
            await Load();
        }

        return answer;
    }

    public async Task<IActionResult> OnPostAddPasskey()
    {
        ModelState.Clear();
        // Whatever was wrong, the password is typed again and the browser is asked again.
        return await Order(Key, _ => Go("/account", "La passkey è registrata: al prossimo accesso può usarla."));
    }

    public Task<IActionResult> OnPostRenamePasskey(Guid id, string? name) => Simply(new RenamePasskey(id, name ?? ""), "Il nome della passkey è cambiato.");

    public Task<IActionResult> OnPostRemovePasskey(Guid id) => Simply(new RemovePasskey(id), "La passkey non vale più.");

    public Task<IActionResult> OnPostEndSession(Guid id) => Simply(Closing with { Id = id }, "La sessione è chiusa.");

    public Task<IActionResult> OnPostEndOtherSessions() => Simply(Closing with { But = OwnSession }, "Le altre sessioni sono chiuse.");

    private Task<IActionResult> Simply(BuildingBlocks.Messaging.ICommand<MediatR.Unit> command, string said)
    {
        ModelState.Clear();
        return Order(command, _ => Go("/account", said));
    }

    public Task<IActionResult> OnPostName() => Simply(Name, "Il suo nome è cambiato.");

    public Task<IActionResult> OnPostEmail() => Simply(NewEmail, "Apra il collegamento che abbiamo inviato al nuovo indirizzo: vale un’ora.");

    public Task<IActionResult> OnPostLanguage()
    {
        ModelState.Clear();
        return Order(new ChangeLanguage { Language = Language }, _ => Go("/account", "La lingua dei messaggi è cambiata."));
    }

    protected override async Task Load()
    {
        Account = await Ask(new OwnAccount());
        Passkeys = await Ask(new OwnPasskeys());
        Sessions = await Ask(new OwnSessions());
        Language = Account.Language;
    }
}
