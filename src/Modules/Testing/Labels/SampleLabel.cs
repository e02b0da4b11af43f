using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Requests;

namespace Platform.Testing.Labels;

/// <summary>What stands on a tube's label.</summary>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record SampleLabel(Guid RequestId) : IQuery<SampleLabelAnswer>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<SampleLabel, SampleLabelAnswer>
    {
        public async Task<SampleLabelAnswer> Handle(SampleLabel request, CancellationToken cancellationToken) =>
            await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .Where(r => r.Id == request.RequestId && r.AccessionNumber != null)
                .Select(r => new SampleLabelAnswer(
                    r.PatientId, r.AccessionNumber!, r.FamilyName, r.GivenName, r.BirthDate,
                    db.Hotspots.Where(h => h.Code == r.HotspotCode).Select(h => h.Name).First(), r.CollectedAt!.Value, r.TestType))
                .SingleOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
    }
}

/// <param name="CollectedAt">UTC.</param>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "BirthDate")]
[Shows(FieldClass.Work, "AccessionNumber", "HotspotName", "CollectedAt", "TestType")]
internal sealed record SampleLabelAnswer(
    Guid PatientId, string AccessionNumber, string FamilyName, string GivenName, DateOnly BirthDate, string HotspotName, DateTime CollectedAt,
    Contracts.TestType TestType) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [PatientId];
}
