using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web.TagHelpers;

namespace Platform.Testing.Shipments;

[Requires(TestingModule.MayShip)]
internal sealed class ShipmentListPage(Region region) : ListPage<ShipmentRow>
{
    protected override string FileName => "spedizioni";

    protected override ListQuery<ShipmentRow> Query => new ShipmentList();

    protected override IReadOnlyList<ListColumn<ShipmentRow>> Columns =>
    [
        new(T["Numero"], r => r.Number, "number") { Link = r => $"/testing/shipments/{r.Id}" },
        new(T["Partenza"], r => r.From),
        new(T["Laboratorio"], r => r.Lab),
        new(T["Spedita"], r => region.LocalOf(r.SentAt), "sent"),
        new(T["Provette"], r => r.Tubes, "tubes"),
        new(T["Stato"], r => r.Missing > 0 ? T["Provette mancanti: {0}", r.Missing].Value : r.OnTheWay > 0 ? T["In viaggio"].Value : T["Completa"].Value)
        {
            Badge = r => r.Missing > 0 ? StateKind.Warning : r.OnTheWay > 0 ? StateKind.Waiting : StateKind.Done,
        },
    ];
}
