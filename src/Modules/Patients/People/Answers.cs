using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Patients.People;

/// <summary>What the other modules ask of the registry.</summary>
internal sealed class Answers(PatientsDb db, PeopleSearch search, ICurrentUser user) :
    IRequestHandler<VisiblePatient, VisiblePatientAnswer>,
    IRequestHandler<PatientById, PatientSummary?>,
    IRequestHandler<PatientsByIdentity, IReadOnlyList<PatientSummary>>,
    IRequestHandler<PatientsLike, PatientsLikeAnswer>
{
    private const int ForAPicker = 20;

    public async Task<VisiblePatientAnswer> Handle(VisiblePatient request, CancellationToken cancellationToken)
    {
        var seen = db.Patients.AsNoTracking().Within(Patient.Scope, user, PatientsModule.Read);
        var patient = await seen.FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken);
        if (patient is null && await db.SurvivorOf(request.Id, cancellationToken) is { } survivor)
            patient = await seen.FirstOrDefaultAsync(p => p.Id == survivor, cancellationToken);
        return new((patient ?? throw Refusal.NotFound()).Summary());
    }

    public async Task<PatientSummary?> Handle(PatientById request, CancellationToken cancellationToken)
    {
        var patient = await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken);
        if (patient is null && await db.SurvivorOf(request.Id, cancellationToken) is { } survivor)
            patient = await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == survivor, cancellationToken);
        return patient?.Summary();
    }

    public async Task<IReadOnlyList<PatientSummary>> Handle(PatientsByIdentity request, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(request.FiscalCode))
        {
            var code = PersonCode.Tidy(request.FiscalCode);
            return [.. (await db.Patients.AsNoTracking().Where(p => db.HavingCode(code).Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancellationToken)).Select(p => p.Summary())];
        }

        if (request.BirthDate is not { } born || request.FamilyName is null || request.GivenName is null)
            return [];
        var family = Joined(request.FamilyName);
        var given = Joined(request.GivenName);
        if (family.Length == 0 || given.Length == 0)
            return [];
        var bornThen = await db.Patients.AsNoTracking().Where(p => p.BirthDate == born
                && p.FamilySearch.Replace(" ", "") == family && p.GivenSearch.Replace(" ", "") == given)
            .OrderBy(p => p.Id).ToListAsync(cancellationToken);
        return [.. bornThen.Select(p => p.Summary())];
    }

    public async Task<PatientsLikeAnswer> Handle(PatientsLike request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Text))
            return new([]);
        var found = await search.Matching(request.Text).AsNoTracking().OrderBy(p => p.FamilySearch).ThenBy(p => p.GivenSearch).ThenBy(p => p.Id)
            .Take(ForAPicker).ToListAsync(cancellationToken);
        return new([.. found.Select(p => p.Summary())]);
    }

    // D'Angelo, D Angelo and DAngelo are one name.
    private static string Joined(string name) => SearchText.Of(name).Replace(" ", "", StringComparison.Ordinal);
}
