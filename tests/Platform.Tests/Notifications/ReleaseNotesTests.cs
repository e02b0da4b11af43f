using System.Net;
using Platform.Notifications.ReleaseNotes;
using Platform.Tests.Harness;

namespace Platform.Tests.Notifications;

public sealed class ReleaseNotesTests
{
    [Theory, OnEachEngine]
    public async Task What_has_changed_is_new_on_the_home_page_until_it_has_been_opened(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var doctor = await app.SignedIn(As.Gp("990007"));
        Assert.Contains("Nuove: non le ha ancora lette.", (await doctor.Open("/")).Text, StringComparison.Ordinal);
        var notes = await doctor.Open("/release-notes");
        Assert.Equal(HttpStatusCode.OK, notes.Status);
        Assert.Contains(Changelog.Italian[0].Parts[0].Items[0], notes.Text, StringComparison.Ordinal);
        await doctor.Open("/release-notes");

        var home = await doctor.Open("/");
        Assert.DoesNotContain("Nuove: non le ha ancora lette.", home.Text, StringComparison.Ordinal);
        Assert.Equal("/release-notes", home.Link("Novità della piattaforma"));
        Assert.Contains("Nuove: non le ha ancora lette.", (await (await app.SignedIn(As.Gp("990014"))).Open("/")).Text, StringComparison.Ordinal);
        Assert.Contains("/sign-in", (await app.Visitor().Open("/release-notes")).Address, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Each_reads_them_in_her_own_language(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        Assert.Contains(Changelog.English[0].Parts[0].Items[0], (await (await app.SignedIn(As.Gp("990007"), "en")).Open("/release-notes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_have_the_same_releases_with_as_many_items_in_each_part()
    {
        Assert.NotEmpty(Changelog.English);
        // The name of what is not released yet is a word, the others are numbers with their day.
        Assert.Equal(Changelog.English.Select(r => r.Title).Where(t => char.IsDigit(t[0])), Changelog.Italian.Select(r => r.Title).Where(t => char.IsDigit(t[0])));
        Assert.Equal(
            Changelog.English.Select(r => string.Join(' ', r.Parts.Select(p => p.Items.Count))),
            Changelog.Italian.Select(r => string.Join(' ', r.Parts.Select(p => p.Items.Count))));
    }

    [Fact]
    public void Releases_their_parts_and_items_are_read_with_lines_that_go_on()
    {
        var releases = Changelog.Parse("# Changelog\n\nWords.\n\n## [1.1.0] - 2021-12-01\n\n### Added\n\n- One `thing`,\n  see [there](https://example.org).\n- Two\n\n### Fixed\n\n- Three\n\n## 1.0.0\n");
        Assert.Equal(["1.1.0 - 2021-12-01", "1.0.0"], releases.Select(r => r.Title));
        Assert.Equal(["One thing, see there.", "Two"], releases[0].Parts[0].Items);
        Assert.Equal("Fixed", releases[0].Parts[1].Heading);
    }
}
