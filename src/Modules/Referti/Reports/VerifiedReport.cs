using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

internal enum Authenticity
{
    Unknown,

    /// <summary>It is what the laboratory says today.</summary>
    Current,

    /// <summary>It was released so, and a later version took its place.</summary>
    Superseded,
    Annulled,
}

/// <summary>Whether the paper in one's hands is a report of a laboratory of the region, and still holds.</summary>
/// <param name="Code">From the address that the printed square holds.</param>
[OpenToAll("Who is handed a report must be able to check it; the code cannot be guessed and the answer holds no result.")]
internal sealed record VerifiedReport(string Code) : IQuery<VerifiedReportAnswer>
{
    internal sealed class Handler(RefertiDb db) : IRequestHandler<VerifiedReport, VerifiedReportAnswer>
    {
        public async Task<VerifiedReportAnswer> Handle(VerifiedReport request, CancellationToken cancellationToken)
        {
            if (request.Code.Length != ReportVersion.VerificationCodeLength)
                return VerifiedReportAnswer.Unknown;
            var version = await db.Versions.AsNoTracking().SingleOrDefaultAsync(v => v.VerificationCode == request.Code, cancellationToken);
            if (version is null)
                return VerifiedReportAnswer.Unknown;
            var report = await db.Reports.AsNoTracking().SingleAsync(r => r.Id == version.ReportId, cancellationToken);
            var authenticity = report.IsAnnulled ? Authenticity.Annulled
                : report.CurrentVersion == version.Number ? Authenticity.Current : Authenticity.Superseded;
            return new(authenticity, version.TestType, report.LabCode, Initials(version), version.BirthDate.Year, version.IssuedAt, version.CollectedAt,
                version.Number, report.CurrentVersion, report.IssuedAt)
            {
                PatientsShown = [report.PatientId],
            };
        }

        private static string Initials(ReportVersion version) =>
            string.Concat(SearchText.Of(version.GivenName)[..1], ". ", SearchText.Of(version.FamilyName)[..1], ".");
    }
}

/// <summary>Enough to compare with the paper, and no result.</summary>
/// <param name="ChangedAt">When the current version was released.</param>
[Shows(FieldClass.Identity, "Initials", "BirthYear")]
[Shows(FieldClass.Work, "Authenticity", "TestType", "LabCode", "IssuedAt", "CollectedAt", "Version", "CurrentVersion", "ChangedAt", "Unknown", "PatientsShown")]
internal sealed record VerifiedReportAnswer(
    Authenticity Authenticity, TestType? TestType, string? LabCode, string? Initials, int? BirthYear, DateTime? IssuedAt, DateTime? CollectedAt,
    int? Version, int? CurrentVersion, DateTime? ChangedAt) : IAboutPatients
{
    public static VerifiedReportAnswer Unknown { get; } = new(Authenticity.Unknown, null, null, null, null, null, null, null, null, null);

    public IEnumerable<Guid> PatientsShown { get; init; } = [];
}
