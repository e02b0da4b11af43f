using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Referti.Positives;

/// <summary>Who of the asker's municipality or province is positive today. Who she is, where she lives, since when: nothing that a
/// laboratory found, no doctor, no telephone.</summary>
[Requires(RefertiModule.SeePositives)]
internal sealed record PositivePeople(string? Name, string? Municipality) : ListQuery<PositivePerson>
{
    private static readonly Orders<Positivity> Order = new Orders<Positivity>(p => p.Id)
        .By("name", p => p.SearchName).By("since", p => p.Since);

    public override string StandingSort => "name";

    internal sealed class Handler(RefertiDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<PositivePeople, Listing<PositivePerson>>
    {
        public Task<Listing<PositivePerson>> Handle(PositivePeople request, CancellationToken cancellationToken)
        {
            var people = db.Positivities.AsNoTracking().Within(Positivity.Scope, user, RefertiModule.SeePositives).Today(region, clock);
            if (SearchText.Of(request.Name) is { Length: > 0 } name)
                people = people.Begins(p => p.SearchName, name).Where(p => p.SearchName.StartsWith(name));
            if (request.Municipality is { Length: > 0 } place)
                people = people.Where(p => p.ResidenceIstat == place || p.DomicileIstat == place);
            return people.List(request, Order, sorted => sorted.Select(p => new PositivePerson(
                p.PatientId, p.FamilyName, p.GivenName, p.FiscalCode, p.BirthDate, p.Address, p.ResidenceIstat, p.DomicileIstat, p.Since)), cancellationToken);
        }
    }
}

/// <param name="Residence">ISTAT code of the municipality.</param>
/// <param name="Domicile">Null when she lives where she resides.</param>
/// <param name="Since">The day of the first positive report.</param>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Address, "Address", "Residence", "Domicile")]
[Shows(FieldClass.Status, "Since")]
internal sealed record PositivePerson(
    Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, DateOnly BirthDate, string? Address, string Residence, string? Domicile, DateOnly Since)
    : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
}

internal static class PositivesOfToday
{
    public static IQueryable<Positivity> Today(this IQueryable<Positivity> people, Region region, TimeProvider clock)
    {
        var today = region.DayOf(clock.GetUtcNow());
        people = people.Where(p => p.EndedOn == null);
        if (region.Cases.Of(CaseRules.PositiveDays, today) is not { } days)
            return people;
        var first = today.AddDays(-days);
        return people.Where(p => p.LastOn >= first);
    }
}
