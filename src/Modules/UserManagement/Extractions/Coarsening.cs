using System.Globalization;
using Platform.BuildingBlocks.Privacy;

namespace Platform.UserManagement.Extractions;

/// <param name="Municipality">ISTAT; <see cref="Coarsening.NotSaid"/> where too few are alike, and so for the others.</param>
internal sealed record CoarsePerson(Guid Id, string AgeClass, string Sex, string Municipality, string Asl);

/// <summary>Who is alike with too few others is described less, step by step: without municipality, without ASL, without sex, not at all.</summary>
internal static class Coarsening
{
    public const string NotSaid = "*";

    private static readonly Func<CoarsePerson, CoarsePerson>[] Steps =
    [
        p => p,
        p => p with { Municipality = NotSaid },
        p => p with { Municipality = NotSaid, Asl = NotSaid },
        p => p with { Municipality = NotSaid, Asl = NotSaid, Sex = NotSaid },
    ];

    public static IEnumerable<CoarsePerson> Of(IEnumerable<CoarsePerson> people, int smallestGroup)
    {
        var left = people.ToList();
        foreach (var step in Steps)
        {
            List<CoarsePerson> few = [];
            foreach (var group in left.GroupBy(p => step(p) with { Id = Guid.Empty }))
            {
                var alike = group.ToList();
                if (alike.Count < smallestGroup)
                {
                    few.AddRange(alike);
                    continue;
                }

                foreach (var person in alike)
                    yield return step(person);
            }

            left = few;
        }

        foreach (var person in left)
            yield return new(person.Id, NotSaid, NotSaid, NotSaid, NotSaid);
    }

    public static CoarsePerson Of(PersonTraits traits, DateOnly on, int classYears, int oldestFrom)
    {
        var age = Math.Max(0, on.Year - traits.BirthDate.Year - (on < traits.BirthDate.AddYears(on.Year - traits.BirthDate.Year) ? 1 : 0));
        var from = age / classYears * classYears;
        var of = age >= oldestFrom ? $"{oldestFrom}+" : string.Create(CultureInfo.InvariantCulture, $"{from}-{Math.Min(from + classYears, oldestFrom) - 1}");
        return new(traits.Id, of, traits.Sex, traits.Municipality, traits.Asl);
    }
}
