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
}

/// <summary>Whether a person may book in a campaign now, and if not, why and when.</summary>
/// <param name="OpensAt">UTC, where her turn comes later.</param>
internal sealed record Entitlement(EntitlementState State, TargetGroup? Group, DateTime? OpensAt)
{
    /// <summary>The first of her groups that is open, by priority; else the one that opens next.</summary>
    public static Entitlement Of(CampaignPage page, DateOnly? born, IReadOnlyCollection<string> categories, DateTime now)
    {
        if (page.Campaign.State is CampaignState.Draft or CampaignState.Closed)
            return new(EntitlementState.Over, null, null);
        var hers = page.Groups.Where(g => g.Fits(born, categories)).ToList();
        if (hers.Count == 0)
            return new(EntitlementState.NotInAGroup, null, null);
        if (page.Campaign.State == CampaignState.Suspended)
            return new(EntitlementState.Suspended, hers[0], null);
        if (hers.Find(g => g.OpensAt <= now && (g.ClosesAt is null || g.ClosesAt > now)) is { } open)
            return new(EntitlementState.Entitled, open, null);
        return hers.Where(g => g.OpensAt > now).MinBy(g => g.OpensAt) is { } next
            ? new(EntitlementState.NotYet, next, next.OpensAt)
            : new(EntitlementState.Over, hers[0], null);
    }
}
