using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.Campaigns;

internal enum EntitlementState
{
    Entitled,

    /// <summary>Her group's turn comes later.</summary>
    NotYet,

    /// <summary>No group of this campaign is hers.</summary>
    NotInAGroup,

    /// <summary>Her group's time is over, or the campaign's.</summary>
    Over,

    /// <summary>The campaign is stopped for a while.</summary>
    Suspended,

    /// <summary>She has had what this campaign gives, and no more is due to her now.</summary>
    NothingDue,
}

/// <summary>Whether a person may book in a campaign now, and if not, why and when.</summary>
/// <param name="OpensAt">UTC, where her turn comes later.</param>
internal sealed record Entitlement(EntitlementState State, TargetGroup? Group, DateTime? OpensAt)
{
    /// <summary>The first of her groups that is open, by priority; else the one that opens next.</summary>
    /// <param name="due">The dose that comes next; null where none does.</param>
    public static Entitlement Of(CampaignPage page, DateOnly? born, IReadOnlyCollection<string> categories, DateTime now, DoseKind? due = DoseKind.First, bool begun = false)
    {
        if (page.Campaign.State is CampaignState.Draft or CampaignState.Closed)
            return new(EntitlementState.Over, null, null);
        var fits = page.Groups.Where(g => g.Fits(born, categories)).ToList();
        if (fits.Count == 0)
            return new(EntitlementState.NotInAGroup, null, null);
        var hers = fits.FindAll(g => g.Gives(due));
        if (hers.Count == 0)
            return begun ? new(EntitlementState.NothingDue, fits[0], null) : new(EntitlementState.NotInAGroup, null, null);
        if (page.Campaign.State == CampaignState.Suspended)
            return new(EntitlementState.Suspended, hers[0], null);
        if (hers.Find(g => g.OpensAt <= now && (g.ClosesAt is null || g.ClosesAt > now)) is { } open)
            return new(EntitlementState.Entitled, open, null);
        return hers.Where(g => g.OpensAt > now).MinBy(g => g.OpensAt) is { } next
            ? new(EntitlementState.NotYet, next, next.OpensAt)
            : new(EntitlementState.Over, hers[0], null);
    }
}
