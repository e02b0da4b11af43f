using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Collecting;

internal enum SlipStanding
{
    Unknown,
    Current,

    /// <summary>Something else was said of the test since.</summary>
    Superseded,
    Annulled,
}

/// <summary>Whether the slip in one's hands is of a point of the region, and still holds.</summary>
[OpenToAll("Who is handed a slip must be able to check it; the code cannot be guessed and the answer holds no result and no name.")]
internal sealed record VerifiedSlip(string Code) : IQuery<VerifiedSlipAnswer>
{
    internal sealed class Handler(QuickSwabsDb db) : IRequestHandler<VerifiedSlip, VerifiedSlipAnswer>
    {
        public async Task<VerifiedSlipAnswer> Handle(VerifiedSlip request, CancellationToken cancellationToken)
        {
            var version = request.Code.Length == QuickSwab.VerificationLength
                ? await db.Versions.AsNoTracking().SingleOrDefaultAsync(v => v.VerificationCode == request.Code, cancellationToken)
                : null;
            if (version is null)
                return new(SlipStanding.Unknown, null, null, null, null);
            var swab = await db.Swabs.AsNoTracking().SingleAsync(s => s.Id == version.SwabId, cancellationToken);
            var standing = swab.State == QuickSwabState.Annulled ? SlipStanding.Annulled : swab.Told == version.Number ? SlipStanding.Current : SlipStanding.Superseded;
            return new(standing, swab.PointCode, swab.CollectedAt, version.At, swab.BirthDate?.Year)
            {
                PatientsShown = swab.PatientId is { } patient ? [patient] : [],
                RecordsShown = swab.PatientId is null ? [swab.Id] : [],
            };
        }
    }
}

[Shows(FieldClass.Identity, "BirthYear")]
[Shows(FieldClass.Work)]
internal sealed record VerifiedSlipAnswer(SlipStanding Standing, string? PointCode, DateTime? CollectedAt, DateTime? IssuedAt, int? BirthYear) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown { get; init; } = [];
    public IEnumerable<Guid> RecordsShown { get; init; } = [];
}
