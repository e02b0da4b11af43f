namespace Platform.Schools.Consents;

/// <summary>Italian, the keys of their translations.</summary>
internal static class ConsentWords
{
    public static string Of(ConsentFor what) => what == ConsentFor.Sentinel ? "Test di sorveglianza a scuola" : "Vaccinazione a scuola";

    public static string About(ConsentFor what) => what == ConsentFor.Sentinel
        ? "La classe {0} di {1} è stata estratta a sorte: chi vuole fa un tampone, anche se sta bene."
        : "Per la classe {0} di {1} viene a scuola un’équipe vaccinale.";

    public static string OfAnswer(bool? answer) => answer switch
    {
        null => "Non ha ancora risposto",
        true => "Ha acconsentito",
        _ => "Non ha acconsentito",
    };
}
