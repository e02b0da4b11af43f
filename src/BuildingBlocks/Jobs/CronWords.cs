using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Jobs;

/// <summary>When a job runs, as people say it; the expression itself where nobody says it so.</summary>
public static class CronWords
{
    public static string Say(string cron, Texts texts) => cron.Split(' ') switch
    {
        [_, "*", "*", "*", "*", "?"] => texts["Ogni minuto"],
        [_, ['0', '/', .. var every], "*", "*", "*", "?"] => texts["Ogni {0} minuti", every],
        [_, var minute, "*", "*", "*", "?"] when Number(minute) is { } at => texts["Ogni ora, al minuto {0}", at],
        [_, var minute, var hour, "*", "*", "?"] when Number(minute) is { } m && Number(hour) is { } h => texts["Ogni giorno alle {0}", $"{h:00}:{m:00}"],
        [_, var minute, var hours, "*", "*", "?"] when Number(minute) is { } at && hours.Split('-') is [var from, var until] => texts["Ogni ora dalle {0} alle {1}, al minuto {2}", from, until, at],
        _ => cron,
    };

    private static int? Number(string text) => int.TryParse(text, out var number) ? number : null;
}
