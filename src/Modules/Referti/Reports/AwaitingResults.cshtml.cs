using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The laboratory's worklist: samples it has received and has still to answer.</summary>
[Requires(RefertiModule.Enter)]
internal sealed class AwaitingResultsPage(Region region) : ListPage<SampleAwaitingResult>
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    protected override string FileName => "campioni-in-attesa";

    protected override ListQuery<SampleAwaitingResult> Query => new SamplesAwaitingResult(Text);

    protected override IReadOnlyList<ListColumn<SampleAwaitingResult>> Columns =>
    [
        new(T["Campione"], r => r.AccessionNumber, "number") { Link = r => $"/referti/enter/{r.RequestId}" },
        new(T["Persona"], r => $"{r.FamilyName} {r.GivenName}", "name"),
        new(T["Codice fiscale"], r => r.FiscalCode),
        new(T["Nata/o il"], r => r.BirthDate),
        new(T["Esame"], r => T[Words.Of(r.TestType)].Value),
        new(T["Prelievo"], r => region.LocalOf(r.CollectedAt), "collected"),
        new(T["Ricevuto dal laboratorio"], r => region.LocalOf(r.ReceivedAt), "received"),
    ];
}
