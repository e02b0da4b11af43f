using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;

namespace Platform.Schools.Cases;

/// <summary>A case with its positives, what the rules propose today, and what was decided.</summary>
/// <param name="Try">A rule set in place of the one of the day; nothing can be decided on it.</param>
[Requires(SchoolsModule.MaySeeCases)]
internal sealed record CaseDetails(Guid Id, string? Try = null) : IQuery<CaseDetailsAnswer>
{
    internal sealed class Handler(SchoolsDb db, CaseProposals proposals, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<CaseDetails, CaseDetailsAnswer>
    {
        public async Task<CaseDetailsAnswer> Handle(CaseDetails request, CancellationToken cancellationToken)
        {
            var of = await db.Cases.AsNoTracking().Include(c => c.Positives).Include(c => c.Contacts).Include(c => c.Decisions).ThenInclude(d => d.People).AsSplitQuery()
                .Within(SchoolCase.Scope, user, SchoolsModule.MaySeeCases).SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var proposal = of.State == SchoolCaseState.Ended && request.Try is null ? null : await proposals.For(of, region.DayOf(clock.GetUtcNow()), request.Try, cancellationToken);
            var people = await mediator.Send(new PatientsByIds([.. of.Positives.Select(p => p.PatientId).Concat(of.Contacts.Select(c => c.PatientId)).Distinct()]), cancellationToken);
            var names = people.ToDictionary(p => p.Key, p => new CasePerson(p.Key, p.Value.FamilyName, p.Value.GivenName, p.Value.BirthDate));
            var stands = of.Standing is { } decision && await db.Standings.AnyAsync(s => s.Id == decision.Id, cancellationToken);
            return new(of, proposal, names, stands);
        }
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName", "BirthDate")]
[Shows(FieldClass.Work, "PatientId")]
internal sealed record CasePerson(Guid PatientId, string FamilyName, string GivenName, DateOnly BirthDate)
{
    public string Name => $"{FamilyName} {GivenName}";
}

/// <param name="Stands">What was decided has reached its class: swabs can be asked for and letters written.</param>
[Shows(FieldClass.Work)]
internal sealed record CaseDetailsAnswer(SchoolCase Case, Proposal? Proposal, IReadOnlyDictionary<Guid, CasePerson> People, bool Stands) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => People.Keys;

    public string NameOf(Guid person) => People.GetValueOrDefault(person)?.Name ?? "–";
}
