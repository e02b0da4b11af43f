using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>Samples taken at the asker's hotspot that have not left yet, by lab.</summary>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record SamplesToSend : IQuery<SamplesToSendAnswer>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<SamplesToSend, SamplesToSendAnswer>
    {
        public async Task<SamplesToSendAnswer> Handle(SamplesToSend request, CancellationToken cancellationToken) =>
            new(await db.Requests.Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .Where(r => r.State == SwabRequestState.Collected)
                .OrderBy(r => r.LabCode).ThenBy(r => r.AccessionNumber)
                .Take(500)
                .Select(r => new SampleToSend(
                    r.Id, r.PatientId, r.AccessionNumber!, r.FamilyName, r.GivenName, r.LabCode!,
                    db.Labs.Where(l => l.Code == r.LabCode).Select(l => l.Name).FirstOrDefault() ?? "", r.CollectedAt!.Value))
                .ToListAsync(cancellationToken));
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName")]
[Shows(FieldClass.Work, "AccessionNumber", "LabCode", "LabName", "CollectedAt")]
internal sealed record SampleToSend(
    Guid Id, Guid PatientId, string AccessionNumber, string FamilyName, string GivenName, string LabCode, string LabName, DateTime CollectedAt);

[Shows(FieldClass.Work)]
internal sealed record SamplesToSendAnswer(IReadOnlyList<SampleToSend> Samples) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Samples.Select(s => s.PatientId);
}
