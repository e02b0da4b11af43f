using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.Campaigns;

/// <summary>The questionnaire: what citizens may say of themselves, for the categories to which the region puts a question
/// (<c>vaccination_categories.csv</c>). A category without one is told by an official list alone.</summary>
internal sealed class Declarations(Region region, IServiceScopeFactory scopes, IDatabaseEngine engine, TimeProvider clock)
{
    private const string Source = "citizen";

    /// <summary>The questions of a campaign, today.</summary>
    public IEnumerable<VaccinationCategory> QuestionsOf(CampaignPage page) =>
        Asked.Where(c => page.Groups.Any(g => g.Category == c.Code)).DistinctBy(c => c.Code);

    /// <summary>What is said is believed only where it is asked.</summary>
    public IReadOnlyList<string> Among(IReadOnlyCollection<string> said) => said.Count == 0 ? [] : [.. Asked.Select(c => c.Code).Where(said.Contains)];

    private IEnumerable<VaccinationCategory> Asked => region.Vaccination.Categories.Where(c => c.AskIt is not null && c.Valid.On(region.DayOf(clock.GetUtcNow())));

    /// <summary>It has opened the booking to her, and is kept with who said it: the centre asks for its proof.</summary>
    public async Task Keep(Guid patient, string category, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VaccinationDb>();
        var now = clock.GetUtcNow();
        db.Add(new VaccineeCategory { Id = Guid.CreateVersion7(now), PatientId = patient, Category = category, Source = Source, NotedAt = now.UtcDateTime });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
        {
            // Said before, or twice at once.
        }
    }
}
