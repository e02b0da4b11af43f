using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Schools.Cases;
using Platform.Schools.Letters;
using Platform.Testing.Contracts;

namespace Platform.Schools.Standings;

/// <summary>Italian, the keys of their translations.</summary>
internal static class StandingWords
{
    public static string Of(ClassMode mode) => mode == ClassMode.Distance ? "Lezioni a distanza" : "Lezioni in presenza";

    public static string StateOf(ClassStanding standing) => standing.End switch
    {
        null => "In corso",
        StandingEnd.Returned => "Finita: tutti in classe",
        StandingEnd.Replaced => "Sostituita da un’altra",
        _ => "Revocata",
    };

    public static StateKind BadgeOf(ClassStanding standing) =>
        standing.End is not null ? StateKind.Done : standing.Mode == ClassMode.Distance ? StateKind.Warning : StateKind.Waiting;

    public static string Of(LetterKind kind) => kind switch
    {
        LetterKind.Start => "Lettera d’inizio",
        LetterKind.End => "Lettera di rientro",
        _ => "Lettera di revoca",
    };

    public static string Of(WithoutPlace? why) => why switch
    {
        null => "dopo l’esito del test precedente",
        WithoutPlace.NoneFree => "senza posto",
        WithoutPlace.Underway => "un altro campione è già in laboratorio",
        _ => "persona deceduta",
    };

    public static string Of(TestType test) => test switch
    {
        TestType.Molecular => "Tampone molecolare",
        TestType.Antigen => "Tampone antigenico",
        _ => "Test salivare molecolare",
    };

    public static string OfMeasure(string measure) => Enum.TryParse<MeasureKind>(measure, out var kind) ? CaseWords.Of(kind) : measure;
}
