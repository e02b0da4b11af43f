using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.FiscalCodes;
using Platform.Patients.People;

namespace Platform.Patients.Registry;

/// <summary>What the regional registry says of a person otherwise than we do.</summary>
[Requires(PatientsModule.Register)]
internal sealed record RegistryDifferences(Guid Id) : IQuery<RegistryDifferencesAnswer>
{
    internal sealed class Handler(PatientsDb db, IRegionalRegistry registry, Comparison comparison, ICurrentUser user)
        : IRequestHandler<RegistryDifferences, RegistryDifferencesAnswer>
    {
        public async Task<RegistryDifferencesAnswer> Handle(RegistryDifferences request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.AsNoTracking().Within(Patient.InCharge, user, PatientsModule.Register)
                .FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var name = $"{patient.FamilyName} {patient.GivenName}";
            if (patient.CodeShown is not { } code)
                return new(patient.Id, name, patient.Version, LookUp.Unknown, []);
            try
            {
                var person = await registry.Find(code, cancellationToken);
                return new(patient.Id, name, patient.Version, person is null ? LookUp.Unknown : LookUp.Found, person is null ? [] : comparison.Of(patient, person));
            }
            catch (RegistryAbsent)
            {
                return new(patient.Id, name, patient.Version, LookUp.Absent, []);
            }
        }
    }
}

/// <summary>What may be taken over from the registry, one by one. The doctor is shown: assigning one is another act.</summary>
internal enum RegistryField
{
    FamilyName,
    GivenName,
    FiscalCode,
    Sex,
    BirthDate,
    BirthPlace,
    Residence,
    Address,
    Domicile,
    Death,
    Doctor,
}

/// <param name="MayAccept">False where it cannot be kept here: a municipality of another region, the doctor.</param>
[Shows(FieldClass.Identity, "Here", "There")]
[Shows(FieldClass.Work, "Field", "MayAccept")]
internal sealed record RegistryDifference(RegistryField Field, string Here, string There, bool MayAccept);

[Shows(FieldClass.Identity, "Name")]
[Shows(FieldClass.Work, "Version", "Outcome")]
internal sealed record RegistryDifferencesAnswer(
    Guid PatientId, string Name, int Version, LookUp Outcome, IReadOnlyList<RegistryDifference> Differences) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [PatientId];
}

/// <summary>Lays the two records side by side. What the registry leaves empty is no difference.</summary>
internal sealed class Comparison(Region region, PlaceNames places, Texts texts)
{
    public IReadOnlyList<RegistryDifference> Of(Patient here, RegistryPerson there)
    {
        var found = new List<RegistryDifference>();
        Add(RegistryField.FamilyName, here.FamilyName, there.FamilyName);
        Add(RegistryField.GivenName, here.GivenName, there.GivenName);
        Add(RegistryField.FiscalCode, here.FiscalCode, there.FiscalCode?.ToUpperInvariant());
        Add(RegistryField.Sex, Letter(here.Sex), there.Sex);
        Add(RegistryField.BirthDate, Words.Day(here.BirthDate), there.BirthDate is { } born ? Words.Day(born) : null);
        Add(RegistryField.BirthPlace, places.Show(here.BirthPlaceCode), there.BirthPlace is null ? null : places.Show(there.BirthPlace));
        Add(RegistryField.Residence, Town(here.ResidenceIstat), Town(there.Residence), region.FindMunicipality(there.Residence ?? "") is not null);
        Add(RegistryField.Address, here.Address, Words.Tidy(there.Address));
        Add(RegistryField.Domicile, Town(here.DomicileIstat), Town(there.Domicile), region.FindMunicipality(there.Domicile ?? "") is not null);
        Add(RegistryField.Death, here.DiedOn is { } died ? Words.Day(died) : null, there.DiedOn is { } dead ? Words.Day(dead) : null, here.DiedOn is null);
        Add(RegistryField.Doctor, here.GpCode, there.GpCode, false);
        return found;

        void Add(RegistryField field, string? mine, string? theirs, bool mayAccept = true)
        {
            if (!string.IsNullOrWhiteSpace(theirs) && !string.Equals(mine ?? "", theirs, StringComparison.OrdinalIgnoreCase))
                found.Add(new(field, mine ?? "–", theirs, mayAccept));
        }
    }

    internal static string Letter(Sex sex) => sex == Sex.Female ? "F" : "M";

    private string? Town(string? istat) =>
        istat is null ? null : region.FindMunicipality(istat)?.Name ?? texts["fuori regione ({0})", istat].Value;
}
