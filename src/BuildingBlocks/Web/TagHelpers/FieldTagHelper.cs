using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary>
/// One field of a form: label, hint, control and error, tied together for screen readers.
/// <c>&lt;field for="Form.FiscalCode" label="Codice fiscale" hint="16 caratteri" required="true" /&gt;</c>.
/// The control follows the property's type (text, number, date, time, yes or no, enum, file) unless <c>type</c>, <c>items</c>
/// or <c>rows</c> say otherwise. Further attributes (autocomplete, maxlength, data-autofocus, ...) go to the control, class to the group.
/// </summary>
[HtmlTargetElement("field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(IHtmlGenerator html, Texts texts) : TagHelper
{
    public ModelExpression For { get; set; } = null!;

    /// <summary>Localised already.</summary>
    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    /// <summary>An input type, or "textarea", "select", "radio", "checkboxes".</summary>
    public string? Type { get; set; }

    /// <summary>The choices: a select, or radios and checkboxes by <see cref="Type"/>.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>The first, empty choice of a select; none when null and the property cannot be empty.</summary>
    public string? Empty { get; set; }

    /// <summary>More than zero makes a text area of so many rows.</summary>
    public int Rows { get; set; }

    public bool Required { get; set; }

    /// <summary>Keeps the label for screen readers only, e.g. in a one-field search.</summary>
    public bool LabelHidden { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    private string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);

    private string Id => TagBuilder.CreateSanitizedId(Name, html.IdAttributeDotReplacement);

    private Type ClrType => Nullable.GetUnderlyingType(For.ModelExplorer.ModelType) ?? For.ModelExplorer.ModelType;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var kind = KindOfControl();
        var error = Error();
        var attributes = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in output.Attributes.Where(a => a.Name != "class").ToList())
        {
            attributes[attribute.Name] = attribute.ValueStyle == HtmlAttributeValueStyle.Minimized ? "" : attribute.Value?.ToString();
            output.Attributes.Remove(attribute);
        }

        Labels(ViewContext)[Name] = (Id, Label);
        var described = string.Join(' ', new[] { Hint is null ? null : Id + "-hint", error is null ? null : Id + "-error" }.OfType<string>());
        if (described.Length > 0) attributes["aria-describedby"] = described;
        if (error is not null) attributes["aria-invalid"] = "true";
        if (Required && kind is not ("radio" or "checkboxes")) attributes["required"] = "required";

        output.TagName = kind is "radio" or "checkboxes" ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", string.Join(' ',
            new[] { "form-group field", error is null ? null : "field-invalid", output.Attributes["class"]?.Value?.ToString() }.OfType<string>()));

        if (kind == "checkbox")
        {
            output.Content.AppendHtml(Checkbox(attributes, error));
            AppendHint(output);
        }
        else if (kind is "radio" or "checkboxes")
        {
            // The group carries the id that the summary links to, and what describes it.
            output.Attributes.SetAttribute("id", Id);
            output.Attributes.SetAttribute("tabindex", "-1");
            if (described.Length > 0) output.Attributes.SetAttribute("aria-describedby", described);
            output.Content.AppendHtml(LabelTag("legend"));
            AppendHint(output);
            output.Content.AppendHtml(Choices(kind == "radio" ? "radio" : "checkbox", attributes));
        }
        else
        {
            output.Content.AppendHtml(LabelTag("label"));
            AppendHint(output);
            output.Content.AppendHtml(Control(kind, attributes, error));
        }

        if (error is not null)
        {
            var tag = new TagBuilder("div");
            tag.Attributes["id"] = Id + "-error";
            tag.AddCssClass("field-error");
            tag.InnerHtml.AppendHtml(IconTagHelper.Draw(ViewContext.HttpContext, "it-warning-circle", "icon-sm"));
            var text = new TagBuilder("span");
            text.InnerHtml.Append(error);
            tag.InnerHtml.AppendHtml(text);
            output.Content.AppendHtml(tag);
        }
    }

    private string KindOfControl()
    {
        if (Type is not null) return Type;
        if (Rows > 0) return "textarea";
        if (Items is not null) return "select";
        return For.Metadata.DataTypeName switch
        {
            "Password" => "password",
            "EmailAddress" => "email",
            "PhoneNumber" => "tel",
            "MultilineText" => "textarea",
            "Upload" => "file",
            _ => ClrType switch
            {
                var t when t == typeof(bool) => For.Metadata.IsNullableValueType ? "select" : "checkbox",
                var t when t.IsEnum => "select",
                var t when t == typeof(DateOnly) => "date",
                var t when t == typeof(TimeOnly) => "time",
                var t when t == typeof(DateTime) || t == typeof(DateTimeOffset) => "datetime-local",
                var t when t == typeof(int) || t == typeof(long) || t == typeof(short) || t == typeof(byte)
                    || t == typeof(decimal) || t == typeof(double) || t == typeof(float) => "number",
                var t when typeof(IFormFile).IsAssignableFrom(t) || typeof(IEnumerable<IFormFile>).IsAssignableFrom(t) => "file",
                _ => "text",
            },
        };
    }

    private IHtmlContent Control(string kind, Dictionary<string, object?> attributes, string? error)
    {
        attributes["class"] = "form-control" + (error is null ? "" : " is-invalid");
        switch (kind)
        {
            case "textarea":
                return html.GenerateTextArea(ViewContext, For.ModelExplorer, For.Name, Math.Max(Rows, 2), 0, attributes);

            case "select":
                attributes["class"] = "form-select" + (error is null ? "" : " is-invalid");
                var many = ClrType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(ClrType);
                var empty = Empty ?? (many || (!For.Metadata.IsReferenceOrNullableType && For.Model is not null) ? null : "");
                return html.GenerateSelect(ViewContext, For.ModelExplorer, empty, For.Name, Choices(),
                    Current(many), many, attributes);

            case "password":
                attributes["type"] = kind;
                return Password(html.GeneratePassword(ViewContext, For.ModelExplorer, For.Name, null, attributes), attributes.TryGetValue("autocomplete", out var fill) && fill is "new-password");

            case "file":
                attributes["type"] = kind;
                attributes["id"] = Id;
                attributes["name"] = Name;
                if (typeof(IEnumerable<IFormFile>).IsAssignableFrom(ClrType)) attributes["multiple"] = "multiple";
                var file = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
                file.MergeAttributes(attributes);
                return file;

            default:
                attributes["type"] = kind;
                var fraction = ClrType == typeof(decimal) || ClrType == typeof(double) || ClrType == typeof(float);
                if (kind == "number" && fraction) attributes.TryAdd("step", "any");
                var input = html.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, Value(kind), null, attributes);
                if (kind != "number" || !fraction) return input;
                // Browsers send numbers with a point, whatever the language: this tells the form's reader so.
                var invariant = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
                invariant.Attributes["type"] = "hidden";
                invariant.Attributes["name"] = "__Invariant";
                invariant.Attributes["value"] = Name;
                return new HtmlContentBuilder().AppendHtml(input).AppendHtml(invariant);
        }
    }

    /// <summary>With script one can look at what one types, and of a new password how well it would hold; without, neither is there.</summary>
    private IHtmlContentBuilder Password(IHtmlContent input, bool chosen)
    {
        var group = new TagBuilder("div");
        group.AddCssClass("password");
        group.InnerHtml.AppendHtml(input);
        var look = new TagBuilder("button");
        look.AddCssClass("btn btn-outline-primary btn-xs");
        (look.Attributes["type"], look.Attributes["data-look"], look.Attributes["aria-pressed"], look.Attributes["aria-controls"], look.Attributes["hidden"]) = ("button", "", "false", Id, "hidden");
        look.InnerHtml.Append(texts["Mostra"].Value);
        var what = new TagBuilder("span");
        what.AddCssClass("visually-hidden");
        what.InnerHtml.Append($" {Label}");
        look.InnerHtml.AppendHtml(what);
        group.InnerHtml.AppendHtml(look);
        var content = new HtmlContentBuilder().AppendHtml(group);
        if (!chosen || Name.EndsWith("Again", StringComparison.Ordinal))
            return content;
        var strength = new TagBuilder("p");
        strength.AddCssClass("strength");
        (strength.Attributes["data-strength"], strength.Attributes["hidden"]) = (Id, "hidden");
        strength.Attributes["data-words"] = string.Join('|', texts["Troppo corta"].Value, texts["Debole"].Value, texts["Discreta"].Value, texts["Buona"].Value);
        var meter = new TagBuilder("meter");
        (meter.Attributes["min"], meter.Attributes["max"], meter.Attributes["low"], meter.Attributes["high"], meter.Attributes["optimum"], meter.Attributes["value"], meter.Attributes["aria-hidden"]) =
            ("0", "4", "2", "3", "4", "0", "true");
        var output = new TagBuilder("output");
        output.Attributes["for"] = Id;
        strength.InnerHtml.AppendHtml(meter).AppendHtml(output);
        return content.AppendHtml(strength);
    }

    /// <summary>As the browser's own control wants it, whatever the language of the page.</summary>
    private object? Value(string kind) => (kind, For.Model) switch
    {
        (_, null) => null,
        ("date", IFormattable day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ("month", IFormattable day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        ("time", IFormattable time) => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        ("datetime-local", IFormattable instant) => instant.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        ("number", IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture),
        (_, var other) => other,
    };

    private HtmlContentBuilder Checkbox(Dictionary<string, object?> attributes, string? error)
    {
        if (error is not null) attributes["class"] = "is-invalid";
        // The framework fails on what is neither yes nor no; the error beside the box stays.
        var state = ViewContext.ViewData.ModelState;
        if (state.TryGetValue(Name, out var sent) && sent.AttemptedValue is { } said && !bool.TryParse(said.Split(',')[0], out _))
            state.SetModelValue(Name, false, bool.FalseString);
        var check = new TagBuilder("div");
        check.AddCssClass("form-check");
        check.InnerHtml.AppendHtml(html.GenerateCheckBox(ViewContext, For.ModelExplorer, For.Name, null, attributes));
        check.InnerHtml.AppendHtml(LabelTag("label"));
        var content = new HtmlContentBuilder();
        content.AppendHtml(check);
        // An unticked box sends nothing: the hidden twin after it says "false".
        if (html.GenerateHiddenForCheckbox(ViewContext, For.ModelExplorer, For.Name) is { } twin) content.AppendHtml(twin);
        return content;
    }

    private HtmlContentBuilder Choices(string type, Dictionary<string, object?> attributes)
    {
        attributes.Remove("aria-describedby");
        attributes.Remove("aria-invalid");
        var several = type == "checkbox";
        var current = Current(several);
        var content = new HtmlContentBuilder();
        var at = 0;
        foreach (var item in Choices())
        {
            var value = item.Value ?? item.Text;
            var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
            input.MergeAttributes(attributes);
            input.MergeAttribute("type", type, true);
            input.MergeAttribute("id", $"{Id}-{at}", true);
            input.MergeAttribute("name", Name, true);
            input.MergeAttribute("value", value, true);
            if (Required && !several) input.MergeAttribute("required", "required", true);
            if (item.Disabled) input.MergeAttribute("disabled", "disabled", true);
            if (current.Contains(value) || (current.Count == 0 && item.Selected)) input.MergeAttribute("checked", "checked", true);
            var label = new TagBuilder("label");
            label.Attributes["for"] = $"{Id}-{at++}";
            label.InnerHtml.Append(item.Text);
            var check = new TagBuilder("div");
            check.AddCssClass("form-check");
            check.InnerHtml.AppendHtml(input).AppendHtml(label);
            content.AppendHtml(check);
        }

        return content;
    }

    /// <summary>What is chosen; a day is known by its ISO form, whatever the language of the page.</summary>
    private HashSet<string> Current(bool several)
    {
        HashSet<string> current = [.. html.GetCurrentValues(ViewContext, For.ModelExplorer, For.Name, several) ?? []];
        if (For.Model is DateOnly day)
            current.Add(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return current;
    }

    private IEnumerable<SelectListItem> Choices() => Items ?? (ClrType == typeof(bool)
        ? [new SelectListItem(texts["Sì"], "True"), new SelectListItem(texts["No"], "False")]
        : For.Metadata.EnumGroupedDisplayNamesAndValues?.Select(e => new SelectListItem(e.Key.Name, Enum.Parse(ClrType, e.Value).ToString())) ?? []);

    private TagBuilder LabelTag(string tag)
    {
        var label = new TagBuilder(tag);
        if (tag == "label") label.Attributes["for"] = Id;
        if (LabelHidden) label.AddCssClass("visually-hidden");
        label.InnerHtml.Append(Label);
        if (Required) label.InnerHtml.AppendHtml("<span class=\"required-mark\" aria-hidden=\"true\"> *</span>");
        return label;
    }

    private void AppendHint(TagHelperOutput output)
    {
        if (Hint is null) return;
        var tag = new TagBuilder("div");
        tag.Attributes["id"] = Id + "-hint";
        tag.AddCssClass("field-hint");
        tag.InnerHtml.Append(Hint);
        output.Content.AppendHtml(tag);
    }

    private string? Error() =>
        ViewContext.ModelState.TryGetValue(Name, out var entry) && entry.Errors.Count > 0 ? Spoken(entry.Errors[0]) : null;

    /// <summary>A value that could not even be read has an exception in place of words.</summary>
    private string Spoken(ModelError error) => error.ErrorMessage is { Length: > 0 } said ? said : texts["Il valore non è valido."];

    private static Dictionary<string, (string Id, string Label)> Labels(ViewContext view)
    {
        if (view.HttpContext.Items[typeof(FieldTagHelper)] is Dictionary<string, (string, string)> known) return known;
        var labels = new Dictionary<string, (string Id, string Label)>(StringComparer.OrdinalIgnoreCase);
        view.HttpContext.Items[typeof(FieldTagHelper)] = labels;
        return labels;
    }

    /// <summary>In the order of the page, what belongs to no field first; for the summary above it, which the layout writes after the page's fields are known.</summary>
    internal static IReadOnlyList<FieldError> ErrorsOf(ViewContext view)
    {
        var labels = Labels(view);
        var order = labels.Keys.ToList();
        var unreadable = view.HttpContext.RequestServices.GetRequiredService<Texts>()["Il valore non è valido."];
        return [.. view.ModelState
            .Where(entry => entry.Value!.Errors.Count > 0)
            .OrderBy(entry => order.FindIndex(name => name.Equals(entry.Key, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(entry =>
            {
                var (id, label) = labels.GetValueOrDefault(entry.Key);
                // A field says one thing at a time, as beside it; what belongs to the whole is said in full.
                return entry.Value!.Errors.Take(id is null ? int.MaxValue : 1)
                    .Select(error => new FieldError(id, label, error.ErrorMessage is { Length: > 0 } said ? said : unreadable));
            })];
    }
}

/// <param name="FieldId">Null when the error belongs to no field of the page.</param>
internal sealed record FieldError(string? FieldId, string? Label, string Message);
