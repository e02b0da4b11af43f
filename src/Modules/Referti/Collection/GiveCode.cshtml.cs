using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Collection;

/// <summary>The sheets that may be printed for a person: one for each open request and each report.</summary>
[Requires(RefertiModule.Collect)]
internal sealed class GiveCodePage(Region region, IConfiguration configuration, TimeProvider clock) : PlatformPage
{
    [BindProperty]
    public GiveCode Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid PatientId { get; set; }

    public SheetsOfAnswer Answer { get; private set; } = null!;

    public Task OnGetAsync() => Load();

    public Task<IActionResult> OnPostAsync() => Order(Form, given =>
    {
        using var paper = new CollectionPaper(region, T, PlatformAddress.Of(configuration, Request));
        paper.Add(given.Person, given.Code, null, region.DayOf(clock.GetUtcNow()));
        return File(paper.Save(), "application/pdf", "ritiro-referto.pdf");
    });

    protected override async Task Load() => Answer = await Ask(new SheetsOf(PatientId));
}

/// <summary>What a person may fetch, or will.</summary>
[Requires(RefertiModule.Collect)]
internal sealed record SheetsOf(Guid PatientId) : IQuery<SheetsOfAnswer>
{
    internal sealed class Handler(RefertiDb db, IMediator mediator, ICurrentUser user) : IRequestHandler<SheetsOf, SheetsOfAnswer>
    {
        public async Task<SheetsOfAnswer> Handle(SheetsOf request, CancellationToken cancellationToken)
        {
            var patient = (await mediator.Send(new VisiblePatient(request.PatientId), cancellationToken)).Patient;
            var open = await mediator.Send(new OpenSwabRequestsOf(patient.Id), cancellationToken);
            var reports = await db.Reports.AsNoTracking().Within(Report.Scope, user, RefertiModule.Collect)
                .Where(r => r.PatientId == patient.Id).OrderByDescending(r => r.IssuedAt).Take(20)
                .Select(r => new SheetReport(r.Id, r.TestType, r.CurrentKind, r.IssuedAt)).ToListAsync(cancellationToken);
            return new(patient, open, reports);
        }
    }
}

[Shows(FieldClass.Work, "TestType", "Kind", "IssuedAt")]
internal sealed record SheetReport(Guid Id, TestType TestType, ReportVersionKind Kind, DateTime IssuedAt);

[Shows(FieldClass.Work)]
internal sealed record SheetsOfAnswer(PatientSummary Patient, IReadOnlyList<SwabRequestSummary> Open, IReadOnlyList<SheetReport> Reports) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [Patient.Id];
}

/// <summary>On the person's page.</summary>
internal sealed class CollectionAction : IPatientAction
{
    public string Permission => RefertiModule.Collect;
    public string Title => "Foglio per il ritiro del referto";

    public string UrlFor(Guid patientId) => $"/referti/collection/{patientId}";
}
