using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.People;

/// <summary>The people within the asker's scope, by codice fiscale, name or birth date.</summary>
[Requires(PatientsModule.Read)]
internal sealed record SearchPeople : ListQuery<PersonFound>
{
    private static readonly Orders<Patient> Order = new Orders<Patient>(p => p.Id)
        .By("name", p => p.FamilySearch, p => p.GivenSearch).By("birth", p => p.BirthDate).By("code", p => p.FiscalCode);

    public override string StandingSort => "name";

    /// <summary>See <see cref="PeopleSearch"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Only those on no doctor's list.</summary>
    public bool WithoutDoctor { get; init; }

    internal sealed class Handler(PatientsDb db, PeopleSearch search) : IRequestHandler<SearchPeople, Listing<PersonFound>>
    {
        public async Task<Listing<PersonFound>> Handle(SearchPeople request, CancellationToken cancellationToken)
        {
            var people = search.Matching(request.Text);
            if (request.WithoutDoctor)
                people = people.Where(p => p.GpCode == null);
            return await people.List(request, Order, sorted => sorted.Select(p => new PersonFound(
                p.Id, p.FamilyName, p.GivenName, p.FiscalCode, p.Sex, p.BirthDate, p.ResidenceIstat, p.AslCode,
                db.Doctors.Where(d => d.Code == p.GpCode).Select(d => d.FamilyName + " " + d.GivenName).FirstOrDefault())), cancellationToken, search: !string.IsNullOrWhiteSpace(request.Text));
        }
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "Sex", "BirthDate")]
[Shows(FieldClass.Address, "ResidenceIstat")]
[Shows(FieldClass.Care, "Doctor")]
[Shows(FieldClass.Work, "AslCode")]
internal sealed record PersonFound(
    Guid Id, string FamilyName, string GivenName, string? FiscalCode, Sex Sex, DateOnly BirthDate, string ResidenceIstat, string AslCode, string? Doctor)
    : IOfPatient
{
    public Guid? PatientOfRow => Id;
}
