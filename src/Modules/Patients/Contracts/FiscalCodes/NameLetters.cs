using System.Collections.Frozen;
using System.Text;

namespace Platform.Patients.Contracts.FiscalCodes;

/// <summary>The three letters that stand for a family name and for a given name (D.M. 23 dicembre 1976).</summary>
internal static class NameLetters
{
    // Trap: string.Normalize leaves accents where they are, without a word, when the process runs in invariant
    // globalization mode, as slim containers do. Hence a table of our own.
    private static readonly FrozenDictionary<char, string> Folded = new (string To, string From)[]
    {
        ("A", "ÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦȺḀẠẢẤẦẨẪẬẮẰẲẴẶ"), ("AE", "ÆǢǼ"),
        ("B", "ḂḄḆƁɃ"), ("C", "ÇĆĈĊČƇȻḈ"),
        ("D", "ÐĎĐƉƊḊḌḎḐḒ"), ("DZ", "ǄǱ"),
        ("E", "ÈÉÊËĒĔĖĘĚƎƏƐȄȆȨɆḔḖḘḚḜẸẺẼẾỀỂỄỆ"), ("F", "ƑḞ"),
        ("G", "ĜĞĠĢƓǤǦǴḠ"), ("H", "ĤĦȞḢḤḦḨḪẖ"),
        ("I", "ÌÍÎÏĨĪĬĮİıƗǏȈȊḬḮỈỊ"), ("IJ", "Ĳ"),
        ("J", "ĴɈǰȷ"), ("K", "ĶĸƘǨḰḲḴ"),
        ("L", "ĹĻĽĿŁȽḶḸḺḼ"), ("LJ", "Ǉ"),
        ("M", "ḾṀṂ"), ("N", "ÑŃŅŇŉŊƝǸṄṆṈṊ"), ("NJ", "Ǌ"),
        ("O", "ÒÓÔÕÖØŌŎŐƆƟƠǑǪǬǾȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ"), ("OE", "Œ"),
        ("P", "ƤṔṖ"), ("R", "ŔŖŘȐȒɌṘṚṜṞ"),
        ("S", "ſŚŜŞŠȘṠṢṤṦṨ"), ("SS", "ßẞ"),
        ("T", "ŢŤŦƬƮȚȾṪṬṮṰẗ"), ("TH", "Þ"),
        ("U", "ÙÚÛÜŨŪŬŮŰŲƯƱǓǕǗǙǛȔȖɄṲṴṶṸṺỤỦỨỪỬỮỰ"), ("V", "ƲṼṾ"),
        ("W", "ŴẀẂẄẆẈẘ"), ("X", "ẊẌ"), ("Y", "ÝŶŸƳȲɎẎẙỲỴỶỸ"), ("Z", "ŹŻŽƵȤẐẒẔ"),
    }.SelectMany(fold => fold.From, (fold, from) => (from, fold.To)).ToFrozenDictionary(pair => pair.from, pair => pair.To);

    /// <returns>Three letters, or null when the name has no Latin letter.</returns>
    public static string? OfFamilyName(string name)
    {
        var (consonants, vowels) = Split(name);
        return Three(consonants, vowels);
    }

    /// <returns>Three letters, or null when the name has no Latin letter.</returns>
    public static string? OfGivenName(string name)
    {
        var (consonants, vowels) = Split(name);

        // With four consonants or more the second is left out.
        return Three(consonants.Length >= 4 ? consonants.Remove(1, 1) : consonants, vowels);
    }

    private static string? Three(string consonants, string vowels) =>
        consonants.Length + vowels.Length == 0 ? null : $"{consonants}{vowels}XX"[..3];

    private static (string Consonants, string Vowels) Split(string name)
    {
        var consonants = new StringBuilder(name.Length);
        var vowels = new StringBuilder(name.Length);

        foreach (var character in name)
        {
            var upper = char.ToUpperInvariant(character);
            if (char.IsAsciiLetterUpper(upper))
            {
                Put(upper);
            }
            else if (Folded.TryGetValue(upper, out var letters))
            {
                foreach (var letter in letters)
                {
                    Put(letter);
                }
            }
        }

        return (consonants.ToString(), vowels.ToString());

        void Put(char letter) => ("AEIOU".Contains(letter) ? vowels : consonants).Append(letter);
    }
}
