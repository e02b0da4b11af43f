using Platform.BuildingBlocks.Localisation;

namespace Platform.VaccinationBooking.Citizens;

internal static class QueueWords
{
    /// <param name="seconds">At the present pace; null while nobody is let in.</param>
    public static string Wait(Texts texts, int? seconds) => seconds switch
    {
        null => texts["non si può dire ora"],
        < 60 => texts["meno di un minuto"],
        { } more => texts["circa {0} minuti", (more + 59) / 60],
    };
}
