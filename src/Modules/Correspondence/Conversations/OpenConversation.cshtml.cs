using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;

namespace Platform.Correspondence.Conversations;

[Requires(CorrespondenceModule.Converse)]
internal sealed class OpenConversationPage(Region region, ScopeNames names, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public OpenConversation Form { get; set; } = new();

    public PatientSummary? Person { get; private set; }

    /// <summary>Empty where there is nothing to choose: about a person the office writes to her doctor.</summary>
    public IReadOnlyList<SelectListItem> Addressees { get; private set; } = [];

    /// <summary>In whose name a substitute writes, where she has a choice.</summary>
    public IReadOnlyList<SelectListItem> OwnLists { get; private set; } = [];

    public bool ToDoctor => CurrentUser.Offices().Count > 0;

    public Task OnGetAsync(Guid? person)
    {
        Form = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), PatientId = person };
        return Load();
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, id => Go($"/conversations/{id}", "Il messaggio è inviato."));

    protected override async Task Load()
    {
        Person = Form.PatientId is { } person ? (await Ask(new VisiblePatient(person))).Patient : null;
        OwnLists = ToDoctor || Person is not null || CurrentUser.Lists() is not { Count: > 1 } lists ? [] : [.. lists.Select(l => new SelectListItem(names.Of(new Scope(ScopeKind.GpList, l)), l))];
        Addressees = ToDoctor
            ? Person is not null ? [] : [.. (await Ask(new DoctorsToWriteTo()))
                .Select(d => new SelectListItem(d.Paediatrician ? T["{0} ({1}), pediatra", d.Name, d.Code].Value : $"{d.Name} ({d.Code})", d.Code))]
            : [.. (Person?.OtherAsls.Prepend(Person.AslCode).Distinct() ?? region.Asls.Select(a => a.Code)).Select(a => new SelectListItem(Words.Office(a, region, T), a))];
    }
}
