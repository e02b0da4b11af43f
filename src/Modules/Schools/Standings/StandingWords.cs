using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Schools.Cases;
using Platform.Schools.Letters;
using Platform.Testing.Contracts;

namespace Platform.Schools.Standings;

/// <summary>Italian, the keys of their translations.</summary>
internal static class StandingWords
{
    public static string Of(ClassMode mode) => mode switch
    {
        ClassMode.Distance => "Lezioni a distanza",
        ClassMode.Suspended => "Attività sospese",
        _ => "Lezioni in presenza",
    };

    public static string StateOf(ClassStanding standing) => standing.End switch
    {
        null => "In corso",
        StandingEnd.Returned => "Finita: tutti in classe",
        StandingEnd.Replaced => "Sostituita da un’altra",
        _ => "Revocata",
    };

    public static StateKind BadgeOf(ClassStanding standing) =>
        standing.End is not null ? StateKind.Done : standing.Mode != ClassMode.Presence ? StateKind.Warning : StateKind.Waiting;

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

    /// <summary>What a family is told.</summary>
    public static string Of(MeasureKind measure) => measure switch
    {
        MeasureKind.Masks => "Va a scuola con la mascherina FFP2 e controlla la sua salute (autosorveglianza)",
        MeasureKind.Surveillance => "Va a scuola finché i test lo permettono (sorveglianza con test)",
        MeasureKind.Distance => "Segue le lezioni a distanza",
        MeasureKind.Quarantine => "Resta a casa in quarantena",
        _ => "Nessuna misura",
    };
}
