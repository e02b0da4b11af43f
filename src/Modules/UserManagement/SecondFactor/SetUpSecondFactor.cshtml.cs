using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Sessions;

namespace Platform.UserManagement.SecondFactor;

[OpenToAll("Who has proved her password must set it up before she is inside; who is inside may.")]
internal sealed class SetUpSecondFactorPage(SecondFactorSecrets secrets, FreshProof proof, Region region) : PendingPage
{
    [BindProperty]
    public SetUpSecondFactor Form { get; set; } = new();

    /// <summary>For whom cannot scan: in fours.</summary>
    public string Key { get; private set; } = "";

    public string Address { get; private set; } = "";

    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        if (await EnterOrInside() is { } elsewhere)
            return elsewhere;
        proof.Demand();
        Form = new() { Offer = secrets.Offer(Pending!.AccountId, Totp.NewSecret()) };
        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (await EnterOrInside() is { } elsewhere)
            return elsewhere;
        proof.Demand();
        SecondFactorSet? set = null;
        var answer = await Order(Form with { Who = Pending }, done =>
        {
            set = done;
            return Page();
        });
        if (set is null)
            return answer;
        RecoveryCodes = set.RecoveryCodes;
        // The codes are shown here and now; the way on is the link beneath them.
        var next = (LocalRedirectResult)await new PendingSignIn(set.Who.AccountId, set.Who.Stamp, true).Go(HttpContext, set.Who.Next, Back);
        Next = next.Url;
        return Page();
    }

    public string Next { get; private set; } = "/";

    protected override async Task Load()
    {
        if (secrets.Offered(Pending!.AccountId, Form.Offer) is not { } secret)
        {
            secret = Totp.NewSecret();
            Form = Form with { Offer = secrets.Offer(Pending.AccountId, secret) };
            ModelState.Remove("Form.Offer");
        }

        Key = string.Join(' ', Totp.Base32(secret).Chunk(4).Select(four => new string(four)));
        var name = await Ask(new NameOfPending(Pending));
        Address = Totp.UriOf(region.Name, name, secret);
    }
}
