using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.Reports;

namespace Platform.Referti.Fhir;

/// <summary>A laboratory's system reads back what its laboratory has released, as it stands today.</summary>
[Requires(RefertiModule.Send)]
internal sealed record ReportAsBundle(Guid Id) : IQuery<ReportAsBundleAnswer>
{
    internal sealed class Handler(RefertiDb db, ICurrentUser user) : IRequestHandler<ReportAsBundle, ReportAsBundleAnswer>
    {
        public async Task<ReportAsBundleAnswer> Handle(ReportAsBundle request, CancellationToken cancellationToken)
        {
            var report = await db.Reports.AsNoTracking().Include(r => r.Versions).Within(Report.ScopeOfLab, user, RefertiModule.Send)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            return new(report.PatientId, ReportBundle.Of(report));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/referti/reports/{id:guid}", async (Guid id, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                    Results.Text((await mediator.Send(new ReportAsBundle(id), cancellation)).Content, OperationOutcome.ContentType))
                .WithName("getReport").WithTags("referti").WithSummary("A report of one's own laboratory as a FHIR R4 Bundle, as it stands today")
                .Produces<string>(StatusCodes.Status200OK, OperationOutcome.ContentType)
                .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }
}

[Shows(FieldClass.Result, "Content")]
internal sealed record ReportAsBundleAnswer(Guid PatientId, byte[] Content) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [PatientId];
}
