using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRequest)]
internal sealed class ToDoPage(Region region) : ListPage<ToDoRow>
{
    protected override string FileName => "tamponi-da-fare";

    protected override ListQuery<ToDoRow> Query => new ToDo();

    protected override IReadOnlyList<ListColumn<ToDoRow>> Columns =>
    [
        new(T["Persona"], r => $"{r.FamilyName} {r.GivenName}", "name") { Link = r => $"/testing/requests/{r.Id}" },
        new(T["Codice fiscale"], r => r.FiscalCode),
        new(T["Test"], r => T[Words.Of(r.TestType)].Value),
        new(T["Motivo"], r => region.Swabs.NameOfReason(r.Reason), "priority"),
        new(T["Richiesto"], r => region.LocalOf(r.RequestedAt), "asked"),
        new(T["Stato"], r => T[Words.Of(r.State)].Value) { Badge = r => Marks.Of(r.State) },
        new(T["Perché"], r => r.Failure is { } failure ? $"{T[Words.Of(failure)]} {r.Said}".Trim() : r.Said),
    ];

    public Task<IActionResult> OnPostRepeatAsync(Guid request) =>
        Order(new RepeatSwab(request), id => Go($"/testing/requests/{id}", "È stato richiesto un nuovo campione: comunichi alla persona il luogo e l'ora."));
}
