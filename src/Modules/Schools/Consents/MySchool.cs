using System.Diagnostics;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Contracts;
using Platform.Schools.Letters;

namespace Platform.Schools.Consents;

/// <summary>A citizen who has signed in sees what the public-health office has written and asks about school, of herself and of those whom
/// she represents today.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record MySchool(SignedInCitizen Citizen, string? Address) : ICommand<IReadOnlyList<MySchoolPerson>>
{
    internal sealed class Handler(SchoolsDb db, Region region, TimeProvider clock) : IRequestHandler<MySchool, IReadOnlyList<MySchoolPerson>>
    {
        public async Task<IReadOnlyList<MySchoolPerson>> Handle(MySchool request, CancellationToken cancellationToken)
        {
            if (request.Citizen.Self is not { } self)
                return [];
            var today = region.DayOf(clock.GetUtcNow());
            var people = request.Citizen.Others.Prepend(self).ToList();
            var ids = people.ConvertAll(p => p.Id);
            var letters = (await db.FamilyLetters.AsNoTracking().Where(l => ids.Contains(l.PatientId)).OrderByDescending(l => l.WrittenAt).ToListAsync(cancellationToken)).ToLookup(l => l.PatientId);
            var consents = (await db.Consents.AsNoTracking().Where(c => ids.Contains(c.PatientId) && c.Day >= today).OrderBy(c => c.Day).ToListAsync(cancellationToken)).ToLookup(c => c.PatientId);
            await db.LookedBy(request.Citizen, "schools.MySchool", ids, request.Address, cancellationToken);
            return [.. people.Where(p => letters[p.Id].Any() || consents[p.Id].Any())
                .Select(p => new MySchoolPerson(p.Id, p.Id == self.Id ? null : $"{p.GivenName} {p.FamilyName}", [.. letters[p.Id]], [.. consents[p.Id]]))];
        }
    }
}

/// <param name="Name">Null for herself.</param>
internal sealed record MySchoolPerson(Guid Id, string? Name, IReadOnlyList<FamilyLetter> Letters, IReadOnlyList<Consent> Consents);

/// <summary>She takes one of the letters.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record MyLetter(SignedInCitizen Citizen, Guid Id, string? Address) : ICommand<LetterToPrint>
{
    internal sealed class Handler(SchoolsDb db, LetterReader reader) : IRequestHandler<MyLetter, LetterToPrint>
    {
        public async Task<LetterToPrint> Handle(MyLetter request, CancellationToken cancellationToken)
        {
            var letter = await db.FamilyLetters.AsNoTracking().SingleOrDefaultAsync(l => l.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            request.Citizen.CheckActsFor(letter.PatientId);
            await db.LookedBy(request.Citizen, "schools.MyLetter", [letter.PatientId], request.Address, cancellationToken);
            return (await reader.Of([letter], cancellationToken)).Single();
        }
    }
}

/// <summary>She answers for herself, or for whom she represents: yes or no, to be changed until the last day.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record AnswerConsent(SignedInCitizen Citizen, Guid Id, bool Yes, string? Address) : ICommand<Consent>
{
    internal sealed class Handler(SchoolsDb db, Region region, TimeProvider clock) : IRequestHandler<AnswerConsent, Consent>
    {
        public async Task<Consent> Handle(AnswerConsent request, CancellationToken cancellationToken)
        {
            var consent = await db.Consents.SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            request.Citizen.CheckActsFor(consent.PatientId);
            var now = clock.GetUtcNow();
            consent.Say(request.Yes, $"citizen {request.Citizen.Self!.Id}", now.UtcDateTime, region.DayOf(now));
            await db.LookedBy(request.Citizen, "schools.AnswerConsent", [consent.PatientId], request.Address, cancellationToken);
            return consent;
        }
    }
}

internal static class OfCitizen
{
    /// <exception cref="Refusal">Not found: she does not represent that person today.</exception>
    public static void CheckActsFor(this SignedInCitizen citizen, Guid patient)
    {
        if (citizen.Self is not { } self || !citizen.Others.Prepend(self).Any(p => p.Id == patient))
            throw Refusal.NotFound();
    }

    /// <summary>A line in the audit with who looked: the id that she has in the registry, since she has no account. Saves.</summary>
    public static async Task LookedBy(this SchoolsDb db, SignedInCitizen citizen, string what, IReadOnlyCollection<Guid> whose, string? address, CancellationToken cancellation)
    {
        db.Tell(new PersonDataTouched("read", what, [.. whose], [], $"citizen {citizen.Self!.Id}", address, Activity.Current?.TraceId.ToString()));
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class MySchoolLink : ICitizenAction
{
    public string Title => "Lettere e consensi per la scuola";
    public string Words => "Misure per la classe, tamponi, rientro; domande a cui rispondere per i figli.";
    public string Path => MySchoolPage.Address;

    public Task<bool> IsOffered(CancellationToken cancellation) => Task.FromResult(true);
}
