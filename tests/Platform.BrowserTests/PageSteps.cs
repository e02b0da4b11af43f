using Microsoft.Playwright;

namespace Platform.BrowserTests;

/// <summary>How a person goes through a page.</summary>
internal static class PageSteps
{
    /// <summary>Accessible, and no wider than the window.</summary>
    public static async Task Fits(this IPage page, string? picture = null)
    {
        await page.MustBeAccessible();
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), page.Url + " is too wide.");
        if (picture is not null)
            await page.Picture(picture);
    }

    public static Task Press(this IPage page, string button) => page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>By the tabulator, to what is called, labelled or named so; what has the focus must be seen to have it.</summary>
    public static async Task TabTo(this IPage page, string name)
    {
        const string Called = """
            () => { const e = document.activeElement, fold = text => (text || '').replace(/\s+/g, ' ').trim(); return [e.name, fold(e.innerText), ...[...(e.labels || [])].map(l => fold(l.innerText))]; }
            """;
        for (var presses = 0; presses < 80; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (!(await page.EvaluateAsync<string[]>(Called)).Contains(name))
                continue;
            Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.matches(':focus-visible')"), $"The focus on «{name}» is not seen.");
            return;
        }

        Assert.Fail($"The keyboard does not come to «{name}» at {page.Url}.");
    }

    /// <summary>To a button or a link, and Enter.</summary>
    public static async Task Enter(this IPage page, string name)
    {
        await page.TabTo(name);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>To a field, and typed.</summary>
    public static async Task Type(this IPage page, string name, string text)
    {
        await page.TabTo(name);
        await page.Keyboard.TypeAsync(text);
    }
}
