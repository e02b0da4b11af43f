using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

[Requires(UserManagementModule.ReadAudit)]
internal sealed class SearchAuditPage(Region region) : ListPage<AuditRow>
{
    [BindProperty(SupportsGet = true)]
    public Guid? Subject { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Actor { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    protected override string FileName => "registro-accessi";

    protected override ListQuery<AuditRow> Query => new SearchAudit(Subject, Actor, Day);

    protected override IReadOnlyList<ListColumn<AuditRow>> Columns =>
    [
        new(T["Riga"], r => r.Sequence),
        new(T["Quando"], r => region.LocalOf(r.At), "at"),
        new(T["Chi"], r => r.Actor) { Link = r => r.ActorId is { } actor ? $"/audit?actor={actor}" : null },
        new(T["Indirizzo di rete"], r => r.Address),
        new(T["Atto"], r => T[AuditWords.Of(r.Action)].Value),
        new(T["Che cosa"], r => r.What),
        new(T["Campi"], r => r.Fields is { } fields ? string.Join(", ", fields.Split(' ').Select(f => T[AuditWords.OfFields(f)].Value)) : null),
        new(T["Motivo"], r => r.Why),
        new(T["Di chi"], r => T[r.Subject switch { AuditSubject.Person => "Persona", AuditSubject.Account => "Utente", _ => "Documento non ancora abbinato" }].Value),
        new(T["Codice interno"], r => r.SubjectId.ToString()) { Link = r => $"/audit?subject={r.SubjectId}" },
    ];
}
