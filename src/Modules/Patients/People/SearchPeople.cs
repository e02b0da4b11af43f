using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.People;

/// <summary>The people within the asker's scope, by codice fiscale, name or birth date.</summary>
[Requires(PatientsModule.Read)]
internal sealed record SearchPeople : IQuery<PeopleFound>
{
    /// <summary>See <see cref="PeopleSearch"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Only those on no doctor's list.</summary>
    public bool WithoutDoctor { get; init; }

    /// <summary><c>name</c>, <c>birth</c>, <c>code</c>, with <c>-</c> before it for the other way.</summary>
    public string? Sort { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>All of them, for the export.</summary>
    public bool Whole { get; init; }

    internal sealed class Handler(PatientsDb db, PeopleSearch search, Region region) : IRequestHandler<SearchPeople, PeopleFound>
    {
        public async Task<PeopleFound> Handle(SearchPeople request, CancellationToken cancellationToken)
        {
            var people = search.Matching(request.Text);
            if (request.WithoutDoctor)
                people = people.Where(p => p.GpCode == null);
            // The key last: two pages of one list never show the same person.
            var sorted = (request.Sort switch
            {
                "birth" => people.OrderBy(p => p.BirthDate),
                "-birth" => people.OrderByDescending(p => p.BirthDate),
                "code" => people.OrderBy(p => p.FiscalCode),
                "-code" => people.OrderByDescending(p => p.FiscalCode),
                "-name" => people.OrderByDescending(p => p.FamilySearch).ThenByDescending(p => p.GivenSearch),
                _ => people.OrderBy(p => p.FamilySearch).ThenBy(p => p.GivenSearch),
            }).ThenBy(p => p.Id);
            var rows = sorted.Select(p => new PersonFound(
                p.Id, p.FamilyName, p.GivenName, p.FiscalCode, p.Sex, p.BirthDate, p.ResidenceIstat, p.AslCode, p.GpCode,
                db.Doctors.Where(d => d.Code == p.GpCode).Select(d => d.FamilyName + " " + d.GivenName).FirstOrDefault()));
            Listing<PersonFound> page;
            if (request.Whole)
            {
                var all = await rows.ToListAsync(cancellationToken);
                page = new(all, 1, all.Count, all.Count);
            }
            else
            {
                page = await rows.ToListing(request.Page, Listings.DefaultSize, cancellationToken);
            }

            foreach (var row in page.Rows)
                row.Name(region);
            return new(page);
        }
    }
}

internal sealed record PersonFound(
    Guid Id, string FamilyName, string GivenName, string? FiscalCode, Sex Sex, DateOnly BirthDate, string ResidenceIstat, string AslCode,
    string? GpCode, string? Doctor)
{
    public string Residence { get; private set; } = "";
    public string Asl { get; private set; } = "";

    internal void Name(Region region)
    {
        Residence = region.FindMunicipality(ResidenceIstat)?.Name ?? ResidenceIstat;
        Asl = region.FindAsl(AslCode)?.Name ?? AslCode;
    }
}

internal sealed record PeopleFound(Listing<PersonFound> People) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => People.Rows.Select(r => r.Id);
}
