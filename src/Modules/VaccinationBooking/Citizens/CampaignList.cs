using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>What citizens may book, and from when each group may.</summary>
[OpenToAll("Campaigns and their dates are public.")]
internal sealed record CampaignList : IQuery<IReadOnlyList<CampaignSheet>>
{
    internal sealed class Handler(CampaignBook campaigns, Region region, TimeProvider clock) : IRequestHandler<CampaignList, IReadOnlyList<CampaignSheet>>
    {
        public async Task<IReadOnlyList<CampaignSheet>> Handle(CampaignList request, CancellationToken cancellationToken) =>
            [.. (await campaigns.All()).Values.Where(p => p.Campaign.State is CampaignState.Open or CampaignState.Suspended)
                .Select(p => CampaignSheet.Of(p, region, clock.GetUtcNow().UtcDateTime)).OrderBy(s => s.Name, StringComparer.CurrentCulture)];
    }
}

/// <param name="Name">In the reader's language.</param>
internal sealed record CampaignSheet(string Code, string Name, CampaignState State, int Doses, bool WaitingRoom, IReadOnlyList<GroupSheet> Groups)
{
    public static CampaignSheet Of(CampaignPage page, Region region, DateTime now) => new(
        page.Campaign.Code, page.Campaign.Name, page.Campaign.State, page.Campaign.Doses, page.Campaign.WaitingRoom,
        [.. page.Groups.Where(g => g.ClosesAt is null || g.ClosesAt > now).Select(g => new GroupSheet(
            g.Name, g.OpensAt, g.OpensAt <= now, g.ClosesAt, g.Category is { } category ? region.Vaccination.NameOfCategory(category) : null))]);
}

/// <param name="OpensAt">UTC.</param>
/// <param name="ClosesAt">UTC.</param>
internal sealed record GroupSheet(string Name, DateTime OpensAt, bool Open, DateTime? ClosesAt, string? Category);
