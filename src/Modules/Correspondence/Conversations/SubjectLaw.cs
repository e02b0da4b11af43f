using System.Text.RegularExpressions;
using Platform.BuildingBlocks.Persistence;
using Platform.Patients.Contracts;

namespace Platform.Correspondence.Conversations;

/// <summary>A subject says what it is about and not of whom: it stands in lists and exports (Regolamento (UE) 2016/679, art. 5, 1, c).</summary>
internal static partial class SubjectLaw
{
    public const string Broken = "L’oggetto si vede negli elenchi: lo scriva senza nomi, codici, indirizzi e numeri di telefono.";

    /// <param name="person">Whom the conversation is about, if anybody.</param>
    public static bool Names(string subject, PatientSummary? person)
    {
        if (Tells().IsMatch(subject))
            return true;
        var words = SearchText.Of(subject).Split(' ');
        return person is not null && new[] { person.FamilyName, person.GivenName }.SelectMany(n => SearchText.Of(n).Split(' ')).Any(n => n.Length > 2 && words.Contains(n));
    }

    // A codice fiscale, a long number, an e-mail address.
    [GeneratedRegex(@"[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]|\d{6,}|\S@\S", RegexOptions.IgnoreCase)]
    private static partial Regex Tells();
}
