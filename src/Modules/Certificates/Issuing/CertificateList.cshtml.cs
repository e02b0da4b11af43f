using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Certificates.Contracts;

namespace Platform.Certificates.Issuing;

[Requires(CertificatesModule.Read)]
internal sealed class CertificateListPage(Region region) : ListPage<CertificateRow>
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public CertificateKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool? Revoked { get; set; }

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<CertificateKind>().Select(k => new SelectListItem(T[Words.Of(k)], k.ToString()));

    public IEnumerable<SelectListItem> States => [new(T["Valide"], "false"), new(T["Revocate"], "true")];

    protected override string FileName => "certificazioni";

    protected override ListQuery<CertificateRow> Query => new CertificateList(Text, Kind, Revoked);

    protected override IReadOnlyList<ListColumn<CertificateRow>> Columns =>
    [
        new(T["Persona"], r => r.PersonName) { Link = r => $"/certificates/{r.Id}" },
        new(T["Codice fiscale"], r => r.FiscalCode),
        new(T["Tipo"], r => T[Words.Of(r.Kind)].Value),
        new(T["Emessa"], r => region.LocalOf(r.IssuedAt), "issued"),
        new(T["Stato"], r => T[r.RevokedAt is null ? "Valida" : "Revocata"].Value) { Badge = r => r.RevokedAt is null ? StateKind.Done : StateKind.Stopped },
    ];
}
