using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Platform.Tests.Harness;

/// <summary>Somebody before the pages, who finds things by what they are called.</summary>
public sealed class Visitor(HttpClient http)
{
    public HttpClient Http { get; } = http;

    public async Task<Screen> Open(string path) => await Read(await Http.GetAsync(path));

    public async Task SignIn(string userName, string password)
    {
        var screen = await Open("/sign-in");
        var form = screen.Page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Single(f => f.QuerySelector("input[type=password]") is not null);
        form.QuerySelectorAll("input").OfType<IHtmlInputElement>().First(i => i.Type is "text" or "email").Value = userName;
        ((IHtmlInputElement)form.QuerySelector("input[type=password]")!).Value = password;
        var inside = await Send(screen, form, null);
        Assert.True(inside.Page.QuerySelector("input[type=password]") is null, "The sign-in was refused: " + inside.Text);
    }

    /// <summary>Signs in with a password that somebody else made, and puts her own in its place.</summary>
    public async Task ChooseFirstPassword(string userName, string given, string own)
    {
        var choose = await Submit(await Open("/sign-in"), "Accedi", ("Nome utente", userName), ("Password", given));
        await Submit(choose, "Continua", ("Nuova password", own), ("Ripeta", own));
    }

    /// <summary>Fills in the fields by their labels and presses the button.</summary>
    public Task<Screen> Submit(Screen screen, string button, params (string Label, string Value)[] fields)
    {
        var pressed = screen.Button(button);
        var form = pressed.Closest("form") as IHtmlFormElement ?? throw new InvalidOperationException($"«{button}» is in no form.");
        foreach (var (label, value) in fields)
            screen.Fill(form, label, value);
        return Send(screen, form, pressed);
    }

    private async Task<Screen> Send(Screen screen, IHtmlFormElement form, IElement? pressed)
    {
        var values = form.Elements.OfType<IHtmlElement>().Where(e => !e.HasAttribute("disabled") && e.GetAttribute("name") is { Length: > 0 })
            .SelectMany(Values).ToList();
        if (pressed?.GetAttribute("name") is { Length: > 0 } name)
            values.Add(new(name, pressed.GetAttribute("value") ?? ""));
        var action = pressed?.GetAttribute("formaction") ?? form.GetAttribute("action");
        var address = string.IsNullOrEmpty(action) ? screen.Address : action;
        if (string.Equals(form.Method, "get", StringComparison.OrdinalIgnoreCase))
        {
            var query = string.Join('&', values.Select(v => $"{Uri.EscapeDataString(v.Key)}={Uri.EscapeDataString(v.Value)}"));
            return await Read(await Http.GetAsync($"{address.Split('?')[0]}?{query}"));
        }

        if (form.Enctype == "multipart/form-data")
        {
            using var parts = new MultipartFormDataContent();
            foreach (var (key, value) in values)
                parts.Add(new StringContent(value), key);
            foreach (var (key, fileName, bytes) in screen.Files)
                parts.Add(new ByteArrayContent(bytes), key, fileName);
            return await Read(await Http.PostAsync(address, parts));
        }

        using var content = new FormUrlEncodedContent(values);
        return await Read(await Http.PostAsync(address, content));
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(IHtmlElement element)
    {
        var name = element.GetAttribute("name")!;
        switch (element)
        {
            case IHtmlInputElement { Type: "submit" or "button" or "file" or "image" }:
            case IHtmlButtonElement:
                break;
            case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                if (box.IsChecked)
                    yield return new(name, box.GetAttribute("value") ?? "on");
                break;
            case IHtmlInputElement input:
                yield return new(name, input.Value);
                break;
            case IHtmlTextAreaElement area:
                yield return new(name, area.Value);
                break;
            case IHtmlSelectElement select:
                foreach (var option in select.Options.Where(o => o.IsSelected))
                    yield return new(name, option.Value);
                break;
        }
    }

    private static async Task<Screen> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, new HtmlParser().ParseDocument(text));
    }
}

/// <summary>A page as the visitor got it.</summary>
public sealed record Screen(HttpStatusCode Status, string Address, IHtmlDocument Page)
{
    internal List<(string Field, string FileName, byte[] Bytes)> Files { get; } = [];

    /// <summary>What can be read in the page's main part, white space folded.</summary>
    public string Text => Fold((Page.QuerySelector("main") ?? Page.Body!).TextContent);

    /// <summary>What is said beside the field with that label; empty if nothing.</summary>
    public string ErrorOf(string label)
    {
        var described = Field(Page.DocumentElement, label).GetAttribute("aria-describedby") ?? "";
        return Fold(string.Join(' ', described.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => Page.GetElementById(id)).Where(e => e?.ClassName?.Contains("field-error", StringComparison.Ordinal) == true)
            .Select(e => e!.TextContent)));
    }

    public string ValueOf(string label) => Field(Page.DocumentElement, label) switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlSelectElement select => select.Value ?? "",
        IHtmlTextAreaElement area => area.Value,
        var other => other.TextContent,
    };

    public bool HasButton(string text) => Buttons(text).Any();

    public IElement Button(string text) =>
        Buttons(text).FirstOrDefault() ?? throw new InvalidOperationException($"No button «{text}» at {Address}: {Text}");

    public string Link(string text) =>
        Page.QuerySelectorAll("a").FirstOrDefault(a => Fold(a.TextContent).Contains(text, StringComparison.Ordinal))?.GetAttribute("href")
        ?? throw new InvalidOperationException($"No link «{text}» at {Address}: {Text}");

    /// <summary>Attaches a file to the field with that name.</summary>
    public Screen Attach(string field, string fileName, byte[] bytes)
    {
        Files.Add((field, fileName, bytes));
        return this;
    }

    internal void Fill(IElement within, string label, string value)
    {
        switch (Field(within, label))
        {
            case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                box.IsChecked = value is "true" or "on";
                break;
            case IHtmlInputElement input:
                input.Value = value;
                break;
            case IHtmlTextAreaElement area:
                area.Value = value;
                break;
            case IHtmlSelectElement select:
                var option = select.Options.FirstOrDefault(o => o.Value == value || Fold(o.Text) == value)
                    ?? throw new InvalidOperationException($"«{label}» does not offer «{value}» at {Address}.");
                foreach (var each in select.Options)
                    each.IsSelected = each == option;
                break;
        }
    }

    private static IElement Field(IElement within, string label)
    {
        var owner = within.QuerySelectorAll("label").FirstOrDefault(l => Fold(l.TextContent).StartsWith(label, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"No field «{label}»: {string.Join(", ", within.QuerySelectorAll("label").Select(l => Fold(l.TextContent)))}");
        return owner.GetAttribute("for") is { } id
            ? within.Owner!.GetElementById(id) ?? throw new InvalidOperationException($"The label «{label}» names no field.")
            : owner.QuerySelector("input, select, textarea")!;
    }

    private IEnumerable<IElement> Buttons(string text) =>
        Page.QuerySelectorAll("button, input[type=submit]")
            .Where(b => Fold(b.TextContent) == text || b.GetAttribute("value") == text || b.GetAttribute("aria-label") == text);

    private static string Fold(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
