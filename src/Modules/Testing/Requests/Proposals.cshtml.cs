using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayAuthorise)]
internal sealed class ProposalsPage(Region region) : ListPage<ToDoRow>
{
    protected override string FileName => "da-autorizzare";

    protected override ListQuery<ToDoRow> Query => new ToDo { Proposals = true };

    protected override IReadOnlyList<ListColumn<ToDoRow>> Columns =>
    [
        new(T["Persona"], r => $"{r.FamilyName} {r.GivenName}", "name") { Link = r => $"/testing/requests/{r.Id}" },
        new(T["Codice fiscale"], r => r.FiscalCode),
        new(T["Test"], r => T[Words.Of(r.TestType)].Value),
        new(T["Motivo"], r => region.Swabs.NameOfReason(r.Reason)),
        new(T["Priorità"], r => r.Priority, "priority"),
        new(T["Richiesto"], r => region.LocalOf(r.RequestedAt), "asked"),
        new(T["Richiedente"], r => r.RequesterName),
        new(T["Appuntamento"], r => region.LocalOf(r.SlotAt), "slot"),
    ];
}
