using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Referti.LabMessages;
using Platform.Referti.Unmatched;

namespace Platform.Tests.Referti;

/// <summary>How alike a message and a person of the registry are.</summary>
public sealed class LikenessTests
{
    private static readonly PatientSummary Lucia = Known("Ferraris", "Lucia", new(1985, 8, 1));

    public static TheoryData<string, string?, string, string, string, int, int> Examples => new()
    {
        { "the same", Lucia.FiscalCode, "Ferraris", "Lucia", "1985-08-01", 100, 100 },
        { "omocodia", "FRRLCU85M41L21VX", "Ferraris", "Lucia", "1985-08-01", 95, 99 },
        { "no code", null, "Ferraris", "Lucia", "1985-08-01", 90, 90 },
        { "swapped names", null, "Lucia", "Ferraris", "1985-08-01", 85, 90 },
        { "a letter wrong", null, "Feraris", "Lucia", "1985-08-01", 85, 90 },
        { "second name", null, "Ferraris", "Lucia Maria", "1985-08-01", 85, 90 },
        { "day and month", null, "Ferraris", "Lucia", "1985-01-08", 85, 90 },
        { "accents and apostrophe", null, "FERRÀRIS", "lucia", "1985-08-01", 90, 90 },
        { "somebody else of that day", null, "Bianchi", "Carlo", "1985-08-01", 0, 44 },
        { "a namesake of another year", null, "Ferraris", "Lucia", "1961-03-02", 45, 60 },
    };

    [Theory, MemberData(nameof(Examples))]
    public void Each_likeness_has_its_score(string what, string? code, string family, string given, string born, int least, int most)
    {
        var likeness = Likeness.Of(Read(code, family, given, DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture)), Lucia, false);
        Assert.True(likeness.Score >= least && likeness.Score <= most, $"{what}: {likeness.Score} ({string.Join(", ", likeness.Reasons)})");
    }

    [Fact]
    public void A_number_of_hers_counts_and_one_near_it_counts_less()
    {
        var read = Read(null, "Ferrari", "Luciana", new(1985, 8, 30));
        var (none, near, exact) = (Likeness.Of(read, Lucia, false), Likeness.Of(read, Lucia, null), Likeness.Of(read, Lucia, true));
        Assert.True(none.Score < near.Score && near.Score < exact.Score);
        Assert.Contains("Il numero del campione è suo, con un carattere sbagliato", near.Reasons);
    }

    /// <summary>Measured on generated people: who was meant by a mistyped message comes first among all who share her birth date.</summary>
    [Fact]
    public void Of_a_thousand_mistyped_people_the_right_one_comes_first()
    {
        var region = RegionPack.Read(Path.Combine(Walls.Documents.Root, "regions", "piemonte"));
        var random = new Random(7);
        string Name(NameKind kind) => region.Names.Where(n => n.Kind == kind).ElementAt(random.Next(region.Names.Count(n => n.Kind == kind))).Name;
        var days = Enumerable.Range(0, 40).Select(i => new DateOnly(1950, 1, 1).AddDays(i * 613)).ToArray();
        // As many of a day as a region of five million has.
        var people = days.SelectMany(d => Enumerable.Range(0, 150).Select(_ => Known(Name(NameKind.Family), Name(NameKind.GivenFemale), d))).ToList();
        var ofDay = people.ToLookup(p => p.BirthDate);
        var (first, shown, strangers, of) = (0, 0, 0, 0);
        foreach (var meant in people.Where((_, i) => i % 6 == 0))
        {
            var read = Mistyped(meant, of++ % 5, random);
            var ranked = ofDay[meant.BirthDate].Select(p => (p.Id, Likeness: Likeness.Of(read, p, false))).Select(c => (c.Id, c.Likeness.Score, c.Likeness.Plausible)).OrderByDescending(c => c.Score).ToList();
            var best = ranked[0].Score;
            // Namesakes of one day cannot be told apart by name.
            first += ranked.TakeWhile(c => c.Score == best).Any(c => c.Id == meant.Id) ? 1 : 0;
            shown += ranked.Single(c => c.Id == meant.Id).Plausible ? 1 : 0;
            strangers += ranked.Count(c => c.Plausible && c.Id != meant.Id);
        }

        Assert.Equal(1000, of);
        Assert.True(first >= 990, $"first: {first} of {of}");
        Assert.True(shown >= 995, $"shown: {shown} of {of}");
        Assert.True(strangers <= of, $"beside her {(double)strangers / of:0.00} others are shown");
    }

    private static PersonReading Mistyped(PatientSummary p, int how, Random random)
    {
        var at = random.Next(1, p.FamilyName.Length - 1);
        return how switch
        {
            0 => Read(null, p.GivenName, p.FamilyName, p.BirthDate),
            1 => Read(null, p.FamilyName.Remove(at, 1), p.GivenName, p.BirthDate),
            2 => Read(null, p.FamilyName[..at] + "X" + p.FamilyName[(at + 1)..], p.GivenName, p.BirthDate),
            3 => Read(FiscalCode.Omocodie(p.FiscalCode!)[^1], p.FamilyName, p.GivenName, p.BirthDate),
            _ => Read(p.FiscalCode![..5] + "Q" + p.FiscalCode[6..], p.FamilyName, p.GivenName, p.BirthDate),
        };
    }

    private static PatientSummary Known(string family, string given, DateOnly born) =>
        new(Guid.CreateVersion7(), FiscalCode.Compute(family, given, Sex.Female, born, "L219"), family, given, Sex.Female, born, "010301", "001272", null, null, null);

    private static PersonReading Read(string? code, string family, string given, DateOnly born) => new(code, null, null, [], family, given, born, "F", null);
}
