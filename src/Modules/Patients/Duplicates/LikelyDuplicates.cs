using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.People;

namespace Platform.Patients.Duplicates;

/// <summary>Whom the person being written down may already be, as far as the form is filled in. Within the asker's scope
/// they are shown; of all others only that what was typed whole, code or names and birth date, is in the registry
/// already: likeness is not told, or one could fish for people by near misses.</summary>
[Requires(PatientsModule.Register)]
internal sealed record LikelyDuplicates : IQuery<LikelyDuplicatesAnswer>
{
    private const int Most = 8;

    public string? FiscalCode { get; init; }
    public string? FamilyName { get; init; }
    public string? GivenName { get; init; }
    public DateOnly? BirthDate { get; init; }

    internal sealed class Handler(PatientsDb db, Likely likely, ICurrentUser user, IBirthPlaces places, Region region, TimeProvider clock)
        : IRequestHandler<LikelyDuplicates, LikelyDuplicatesAnswer>
    {
        public async Task<LikelyDuplicatesAnswer> Handle(LikelyDuplicates request, CancellationToken cancellationToken)
        {
            var code = Contracts.PersonCode.Tidy(request.FiscalCode);
            var reading = Contracts.FiscalCodes.FiscalCode.Read(code, places, region.DayOf(clock.GetUtcNow()));
            if ((request.BirthDate ?? reading.BirthDate) is not { } born || (code.Length == 0 && (Empty(request.FamilyName) || Empty(request.GivenName))))
                return new([], false);
            var kind = Contracts.PersonCode.KindOf(code);
            var alike = await likely.Of(new(
                reading.Valid ? reading.Code : null, request.FamilyName ?? "", request.GivenName ?? "", reading.Sex ?? Sex.Female, born, null,
                !reading.Valid && kind is { } other ? new(other, code, born) : null), cancellationToken);
            var ids = alike.Select(a => a.Patient.Id).ToList();
            var seen = (await db.Patients.Within(Patient.Scope, user, PatientsModule.Register).Where(p => ids.Contains(p.Id))
                .Select(p => p.Id).ToListAsync(cancellationToken)).ToHashSet();
            return new(
                [.. alike.Where(a => seen.Contains(a.Patient.Id)).Take(Most).Select(a => new LikelyDuplicate(
                    a.Patient.Id, $"{a.Patient.FamilyName} {a.Patient.GivenName}", a.Patient.CodeShown,
                    a.Patient.BirthDate, region.FindMunicipality(a.Patient.ResidenceIstat)?.Name ?? "", a.Likeness))],
                alike.Any(a => !seen.Contains(a.Patient.Id) && a.Likeness is (Likeness.SameCode or Likeness.SameNames)));
        }

        private static bool Empty(string? text) => string.IsNullOrWhiteSpace(text);
    }
}

[Shows(FieldClass.Identity, "Name", "Code", "BirthDate")]
[Shows(FieldClass.Address, "Residence")]
[Shows(FieldClass.Work, "Likeness")]
internal sealed record LikelyDuplicate(Guid Id, string Name, string? Code, DateOnly BirthDate, string Residence, Likeness Likeness);

/// <param name="Elsewhere">What was typed whole is in the registry, out of the asker's scope.</param>
[Shows(FieldClass.Work)]
internal sealed record LikelyDuplicatesAnswer(IReadOnlyList<LikelyDuplicate> People, bool Elsewhere) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => People.Select(p => p.Id);
}
