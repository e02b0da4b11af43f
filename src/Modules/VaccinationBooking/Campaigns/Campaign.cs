using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Persistence;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Defence;

namespace Platform.VaccinationBooking.Campaigns;

internal enum CampaignState
{
    /// <summary>Being prepared: nobody books.</summary>
    Draft,
    Open,

    /// <summary>Stopped for a while: what is booked stays.</summary>
    Suspended,
    Closed,
}

/// <summary>A vaccination offered to groups of people from a day on: what is booked, in how many doses, under which limits.</summary>
internal sealed class Campaign : IVersioned
{
    public const int CodeLength = 20;
    public const int NameLength = 120;

    /// <summary>As in addresses: <c>covid-80</c>.</summary>
    public required string Code { get; init; }

    public string NameIt { get; set; } = "";
    public string NameEn { get; set; } = "";

    /// <summary>Code of <c>vaccines.csv</c>: every vaccine against it can be offered.</summary>
    public string Disease { get; set; } = "";

    public CampaignState State { get; set; }

    /// <summary>1, or 2 booked together at the same centre.</summary>
    public int Doses { get; set; } = 2;

    /// <summary>How long a place is kept while the citizen confirms.</summary>
    public int HoldMinutes { get; set; } = 10;

    /// <summary>How often one may move a booking by oneself.</summary>
    public int MovesAtMost { get; set; } = 3;

    /// <summary>Citizens come in by the waiting room.</summary>
    public bool WaitingRoom { get; set; }

    /// <summary>Against scripts, at the door; null for never.</summary>
    public BotDefence? Defence { get; set; }

    public int Version { get; set; }

    public string Name => Texts.Italian ? NameIt : NameEn;

    /// <exception cref="Refusal">From what it is, it cannot become that.</exception>
    public void Turn(CampaignState to, bool anyGroup)
    {
        var may = to switch
        {
            CampaignState.Open => State is CampaignState.Draft or CampaignState.Suspended,
            CampaignState.Suspended => State == CampaignState.Open,
            CampaignState.Closed => State is not CampaignState.Closed,
            _ => false,
        };
        if (!may)
            throw new Refusal("campaign-cannot", "La campagna non può passare a questo stato: ricarichi la pagina.");
        if (to == CampaignState.Open && !anyGroup)
            throw new Refusal("campaign-without-groups", "Prima indichi almeno un gruppo di persone che possono prenotare.");
        State = to;
    }
}

/// <summary>Which doses a group may book, of those that are due to each by the region's rules.</summary>
internal enum GroupDoses
{
    /// <summary>First, second, the only one of who had the infection.</summary>
    FirstCourse,
    Boosters,

    /// <summary>Whichever is due: a vaccination of every season.</summary>
    All,
}

/// <summary>Who may book in a campaign, and from which instant. The first by priority that fits is hers.</summary>
internal sealed class TargetGroup
{
    public required Guid Id { get; init; }
    public required string CampaignCode { get; init; }
    public string NameIt { get; set; } = "";
    public string NameEn { get; set; } = "";

    /// <summary>1 comes first.</summary>
    public int Priority { get; set; }

    /// <summary>Born from that day; null for no bound.</summary>
    public DateOnly? BornFrom { get; set; }

    public DateOnly? BornUntil { get; set; }

    /// <summary>Only who is listed in this category; null for everybody of that age.</summary>
    public string? Category { get; set; }

    /// <summary>For which doses they come.</summary>
    public GroupDoses Doses { get; set; }

    /// <summary>UTC. Before, she is told when.</summary>
    public DateTime OpensAt { get; set; }

    public DateTime? ClosesAt { get; set; }

    public string Name => Texts.Italian ? NameIt : NameEn;

    /// <param name="due">Null where no dose is due.</param>
    public bool Gives(DoseKind? due) => due is { } kind && (Doses == GroupDoses.All || kind >= DoseKind.Booster == (Doses == GroupDoses.Boosters));

    /// <param name="categories">Those she is listed in.</param>
    public bool Fits(DateOnly? born, IReadOnlyCollection<string> categories) =>
        born is { } day && (BornFrom is null || day >= BornFrom) && (BornUntil is null || day <= BornUntil)
        && (Category is null || categories.Contains(Category));
}
