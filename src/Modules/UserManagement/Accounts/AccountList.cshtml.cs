using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web.TagHelpers;

namespace Platform.UserManagement.Accounts;

[Requires(UserManagementModule.ManageUsers)]
internal sealed class AccountListPage(Administration administration, ScopeNames names, Region region) : ListPage<AccountInList>
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public Role? Role { get; set; }

    [BindProperty(SupportsGet = true)]
    public AccountsShown Shown { get; set; }

    public IEnumerable<SelectListItem> Roles => administration.RoleItems;

    public IEnumerable<SelectListItem> Kinds =>
    [
        new(T["Attivi"], nameof(AccountsShown.Active)), new(T["Invitati, senza password"], nameof(AccountsShown.Invited)),
        new(T["Con un profilo che scade entro 30 giorni"], nameof(AccountsShown.Ending)), new(T["Disattivati"], nameof(AccountsShown.Off)),
    ];

    protected override string FileName => "utenti";

    protected override ListQuery<AccountInList> Query => new AccountList(Q, Role, Shown);

    protected override IReadOnlyList<ListColumn<AccountInList>> Columns =>
    [
        new(T["Nome e cognome"], r => r.DisplayName, "name") { Link = r => $"/users/{r.Id}" },
        new(T["Nome utente"], r => r.UserName),
        new(T["E-mail"], r => r.Email, "email"),
        new(T["Profili e ambiti"], r => string.Join("; ", r.Assignments.Where(a => administration.Holds(a.Assignment.Scope)).Select(a => $"{names.Of(a.Role)}, {names.Of(a.Assignment.Scope)}"))),
        new(T["Ultimo accesso"], r => region.LocalOf(r.LastSignInAt), "seen"),
        new(T["Stato"], r => T[r.DeactivatedAt is not null ? "Disattivato" : r.Invited ? "Invitato" : "Attivo"].Value)
        {
            Badge = r => r.DeactivatedAt is not null ? StateKind.Stopped : r.Invited ? StateKind.Waiting : StateKind.Done,
        },
    ];
}
