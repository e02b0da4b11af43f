using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Schools.ClassTests;
using Platform.Schools.Standings;

namespace Platform.Schools.Letters;

/// <summary>One letter, or all the latest of a class's decision, as they are printed.</summary>
/// <param name="Letter">Null for all.</param>
[Requires(SchoolsModule.MayAct)]
internal sealed record LettersToPrint(Guid? Standing, Guid? Letter) : IQuery<LettersAnswer>
{
    internal sealed class Handler(SchoolsDb db, LetterReader reader, ICurrentUser user) : IRequestHandler<LettersToPrint, LettersAnswer>
    {
        public async Task<LettersAnswer> Handle(LettersToPrint request, CancellationToken cancellationToken)
        {
            var letters = await db.FamilyLetters.AsNoTracking().Within(FamilyLetter.Scope, user, SchoolsModule.MayAct)
                .Where(l => request.Letter != null ? l.Id == request.Letter : l.StandingId == request.Standing).ToListAsync(cancellationToken);
            // Of each family what it was told last.
            var latest = letters.GroupBy(l => l.PatientId, (_, hers) => hers.MaxBy(l => l.WrittenAt)!).ToList();
            return latest.Count == 0 ? throw Refusal.NotFound() : new(await reader.Of(latest, cancellationToken));
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record LettersAnswer(IReadOnlyList<LetterToPrint> Letters) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Letters.Select(l => l.Letter.PatientId);
}

/// <param name="To">Lines of the address; none where the registry has none.</param>
[Shows(FieldClass.Identity, "GivenName", "FamilyName", "BirthDate")]
[Shows(FieldClass.Address, "To")]
[Shows(FieldClass.Work, "Letter", "Places", "Tests")]
internal sealed record LetterToPrint(
    FamilyLetter Letter, string GivenName, string FamilyName, DateOnly BirthDate, IReadOnlyList<string> To, IReadOnlyList<TestedPerson> Places, IReadOnlyList<ClassTest> Tests);

internal sealed class LetterReader(SchoolsDb db, IMediator mediator)
{
    public async Task<IReadOnlyList<LetterToPrint>> Of(IReadOnlyList<FamilyLetter> letters, CancellationToken cancellation)
    {
        var people = await mediator.Send(new PatientsByIds([.. letters.Select(l => l.PatientId)]), cancellation);
        var standings = letters.Select(l => l.StandingId).Distinct().ToList();
        var places = (await db.TestedPeople.AsNoTracking().Where(p => standings.Contains(p.StandingId)).ToListAsync(cancellation)).ToLookup(p => (p.StandingId, p.PatientId));
        var tests = await db.ClassTests.AsNoTracking().Where(t => standings.Contains(t.StandingId)).ToDictionaryAsync(t => t.Id, cancellation);
        var print = new List<LetterToPrint>();
        foreach (var letter in letters)
        {
            if (people.GetValueOrDefault(letter.PatientId) is not { } person)
                continue;
            var hers = places[(letter.StandingId, letter.PatientId)].OrderBy(p => p.Test, StringComparer.Ordinal).ToList();
            IReadOnlyList<string> to = await mediator.Send(new PostalAddressOf(person.Id), cancellation) is { } address
                ? [address.Street, $"{address.PostalCode} {address.Municipality} {address.Province}"] : [];
            print.Add(new(letter, person.GivenName, person.FamilyName, person.BirthDate, to, hers, [.. hers.Select(p => tests[p.TestId])]));
        }

        return [.. print.OrderBy(l => l.FamilyName, StringComparer.CurrentCulture).ThenBy(l => l.GivenName, StringComparer.CurrentCulture)];
    }
}
