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

    public async Task<IReadOnlyList<Guid>?> Handle(PeopleNamed request, CancellationToken cancellationToken)
    {
        var found = await (Named(request.Text) ?? Matching(db.Patients, request.Text).Select(p => p.Id)).Take(PeopleNamed.AtMost + 1).ToListAsync(cancellationToken);
        return found.Count > PeopleNamed.AtMost ? null : found;
    }

    /// <summary>By the words alone, where the text is names and nothing else: the people need not be read for it.</summary>
    private IQueryable<Guid>? Named(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords).ToList();
        if (PersonCode.KindOf(text) is not null || words.Exists(w => Words.DayIn(w) is not null || LooksLikeCode(w)))
            return null;
        var parts = words.SelectMany(w => SearchText.Of(w).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(Beginning.Plain).ToList();
        if (parts.Count == 0)
            return null;
        var first = db.Words.Begins(w => w.Word, parts[0]);
        foreach (var part in parts.Skip(1))
        {
            var others = db.Words.Begins(w => w.Word, part);
            first = first.Where(w => others.Any(o => o.PatientId == w.PatientId));
        }

        return first.Select(w => w.PatientId).Distinct();
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
                    // The ASL, though it says nothing new of the person, lets the index find the words of hers alone.
                    people = people.Where(p => words.Any(w => w.AslCode == p.AslCode && w.PatientId == p.Id));
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
