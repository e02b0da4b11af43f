using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Patients.People;

/// <summary>How people are looked for: by codice fiscale or its beginning, by beginnings of names in any order, by birth
/// date, in one text; always within the asker's scope.</summary>
internal sealed class PeopleSearch(PatientsDb db, ICurrentUser user) : IRequestHandler<PeopleNamed, IReadOnlyList<Guid>?>
{
    private const int MostWords = 8;

    public IQueryable<Patient> Visible => db.Patients.Within(Patient.Scope, user, PatientsModule.Read);

    public IQueryable<Patient> Matching(string? text) => Matching(Visible, text);

    /// <summary>The same, for a list in an order: who was found first of all, when they are few. A database that reads the list in
    /// its order until it has met enough of them reads all of it for a family name at the alphabet's end.</summary>
    public async Task<IQueryable<Patient>> MatchingFirst(string? text, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Visible;
        var found = await Matching(text).Select(p => p.Id).Take(PeopleNamed.AtMost + 1).ToListAsync(cancellation);
        return found.Count > PeopleNamed.AtMost ? Matching(text) : Visible.Where(p => found.Contains(p.Id));
    }

    public async Task<IReadOnlyList<Guid>?> Handle(PeopleNamed request, CancellationToken cancellationToken)
    {
        var found = await Matching(db.Patients, request.Text).Select(p => p.Id).Take(PeopleNamed.AtMost + 1).ToListAsync(cancellationToken);
        return found.Count > PeopleNamed.AtMost ? null : found;
    }

    private IQueryable<Patient> Matching(IQueryable<Patient> people, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return people;
        // A code is often copied in groups: RSS MRA 80A01 L219 X. Former codes find her too.
        if (PersonCode.KindOf(text) is not null)
        {
            var code = PersonCode.Tidy(text);
            return people.Where(p => db.HavingCode(code).Contains(p.Id));
        }

        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            if (Words.DayIn(word) is { } day)
            {
                people = people.Where(p => p.BirthDate == day);
            }
            else if (LooksLikeCode(word))
            {
                people = people.Begins(p => p.FiscalCode, word.ToUpperInvariant());
            }
            else
            {
                var folded = SearchText.Of(word);
                if (folded.Length == 0)
                    return people.Where(_ => false);
                foreach (var part in folded.Split(' '))
                {
                    var words = db.Words.Begins(w => w.Word, Beginning.Plain(part));
                    people = people.Where(p => words.Any(w => w.PatientId == p.Id));
                }
            }
        }

        return people;
    }

    /// <summary>Upper case, without blanks.</summary>
    public static string Together(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    private static bool LooksLikeCode(string word) =>
        word.Length is > 6 and <= PersonCode.Length && word.All(char.IsAsciiLetterOrDigit)
        && word.AsSpan(0, 6).IndexOfAnyInRange('0', '9') < 0 && word.Any(char.IsAsciiDigit);
}
