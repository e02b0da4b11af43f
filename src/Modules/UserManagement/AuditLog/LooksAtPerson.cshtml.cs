using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

[Requires(UserManagementModule.WhoSaw)]
internal sealed class LooksAtPersonPage(Region region, ScopeNames names) : ListPage<LookAtPerson>
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    protected override string FileName => "chi-ha-visto";

    protected override ListQuery<LookAtPerson> Query => new LooksAtPerson(Id);

    protected override IReadOnlyList<ListColumn<LookAtPerson>> Columns =>
    [
        new(T["Quando"], r => region.LocalOf(r.At), "at"),
        new(T["Chi"], r => r.Actor == "platform" ? T["La piattaforma, da sé"].Value : r.Actor),
        new(T["In quale veste"], r => r.Roles(names)),
        new(T["Atto"], r => T[AuditWords.Of(r.Action)].Value),
        new(T["Quali dati"], r => T[AuditWords.KindOf(r.What)].Value),
        new(T["Motivo"], r => r.Why),
    ];
}
