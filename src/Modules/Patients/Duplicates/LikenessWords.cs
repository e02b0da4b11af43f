using Platform.BuildingBlocks.Localisation;

namespace Platform.Patients.Duplicates;

internal static class LikenessWords
{
    public static string Say(this Likeness likeness, Texts texts) => texts[likeness switch
    {
        Likeness.SameCode => "stesso codice",
        Likeness.FormerCode => "codice usato in passato",
        Likeness.Omocodia => "stesso codice fiscale a meno di omocodia",
        Likeness.SameNames => "stessi nomi e stessa nascita",
        Likeness.Swapped => "cognome e nome scambiati, stessa nascita",
        Likeness.OneLetter => "una lettera di differenza, stessa nascita",
        _ => "uno dei nomi in comune, stessa nascita",
    }];
}
