using System.Globalization;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.Schools.Standings;
using Platform.Testing.Contracts;

namespace Platform.Schools.Letters;

/// <summary>The words of the letters to families. They say what to do and when; never who is ill, nor who else is concerned.</summary>
internal sealed class FamilyLetters(Region region, Texts texts)
{
    /// <summary>From this birthday on nobody else is written to for her (Civil Code, art. 2).</summary>
    private const int OfAge = 18;

    public byte[] Draw(IReadOnlyList<LetterToPrint> letters)
    {
        using var sheets = new Sheets(region, texts);
        foreach (var letter in letters)
            Add(sheets, letter);
        return sheets.Save(texts["Lettere alle famiglie"]);
    }

    private void Add(Sheets sheets, LetterToPrint print)
    {
        var letter = print.Letter;
        var day = region.DayOf(letter.WrittenAt);
        var (minor, name) = (print.BirthDate.AddYears(OfAge) > day, $"{print.GivenName} {print.FamilyName}");
        List<string> to = minor ? [texts["Ai genitori di"], name] : [name];
        to.AddRange(print.To);
        var subject = minor ? texts["{0}, classe {1}, {2}", name, letter.ClassName, letter.SchoolName] : texts["Per la classe {0}, {1}", letter.ClassName, letter.SchoolName];
        var (heading, words, facts, after) = letter.Kind switch
        {
            LetterKind.Start => (texts["Misure per la classe {0}", letter.ClassName].Value, Started(letter, subject), Facts(print), After(print)),
            LetterKind.End => (texts["Rientro a scuola"].Value, [subject, texts["Le condizioni per il rientro sono soddisfatte: dal {0} può tornare a scuola. Questa lettera si può mostrare alla scuola.", Day(day)]], [], new List<string>()),
            _ => (texts["Misura revocata"].Value, [subject, texts["La nostra lettera precedente su questa classe non vale più: la misura è revocata. I tamponi prenotati per questo sono annullati. Ci scusiamo per il disagio."]], [], []),
        };
        sheets.Add(letter.AslCode, to, day, heading, words, facts, after);
    }

    private List<string> Started(FamilyLetter letter, string subject) =>
    [
        subject,
        texts["il Servizio di igiene e sanità pubblica ha disposto per la classe una misura di sanità pubblica, che la riguarda così:"],
        texts[StandingWords.Of(letter.Measure)] + (letter.Until is { } until ? texts[", dal {0} al {1}.", Day(letter.From), Day(until)] : "."),
    ];

    private List<(string, string)> Facts(LetterToPrint print) =>
    [
        .. print.Places.Zip(print.Tests).Select(pair => (
            texts["Test {0}: {1}", pair.First.Test, texts[StandingWords.Of(pair.Second.TestType)]].Value,
            pair.First.StartsAt is { } at ? $"{region.LocalOf(at).ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.CurrentCulture)}, {pair.First.Place}"
                : pair.First.Why == WithoutPlace.NoneFree ? texts["giorno e luogo le saranno comunicati"].Value
                : texts["{0}, {1}: l’ora le sarà comunicata", region.LocalOf(pair.Second.From).ToString("dddd d MMMM", CultureInfo.CurrentCulture), pair.Second.Place].Value)),
    ];

    private List<string> After(LetterToPrint print)
    {
        var after = new List<string>();
        if (print.Places.Count > 0)
            after.Add(texts["Porti questa lettera e la tessera sanitaria. Chi è minorenne viene con un genitore o con chi ne fa le veci. Non mangi e non beva nella mezz'ora prima."]);
        after.Add(texts["Se compaiono febbre, tosse o altri sintomi resti a casa e chiami il medico o il pediatra."]);
        after.Add(texts["Riceverà un’altra lettera per il rientro."]);
        return after;
    }

    private static string Day(DateOnly day) => day.ToString("d", CultureInfo.CurrentCulture);
}
