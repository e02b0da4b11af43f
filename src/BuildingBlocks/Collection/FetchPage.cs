using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.Collection;

/// <summary>What a citizen without an account writes to fetch what is hers: a code, and something that only she and her people know.</summary>
public abstract record Fetch
{
    public string? Code { get; init; }

    /// <summary>Network address, set by the page.</summary>
    public string Address { get; set; } = "";
}

public abstract class FetchValidator<T> : AbstractValidator<T>
    where T : Fetch
{
    protected FetchValidator() =>
        RuleFor(f => f.Code).NotEmpty().WithMessage("Scriva il codice per il ritiro.").MaximumLength(80).WithMessage("Il codice è troppo lungo.");
}

public interface IFetched
{
    string GivenName { get; }
}

/// <param name="Needs">What she needs at hand.</param>
/// <param name="Show">On the button.</param>
/// <param name="Again">On the link that empties the page.</param>
/// <param name="Letters">How long the code is.</param>
public sealed record FetchWords(LocalizedString Title, LocalizedString Needs, LocalizedString Show, LocalizedString Again, int Letters);

/// <summary>What <c>/Collection/_FetchLayout.cshtml</c> shows around a page's own answer.</summary>
public interface IFetchPage
{
    Fetch Form { get; }

    /// <summary>Null until all was right.</summary>
    string? GivenName { get; }

    FetchWords Words { get; }
}

/// <summary>For citizens: two fields, one answer. By POST alone, so that neither stands in an address.</summary>
public abstract class FetchPage<TFetch, TAnswer> : PlatformPage, IFetchPage
    where TFetch : Fetch, ICommand<TAnswer>, new()
    where TAnswer : class, IFetched
{
    [BindProperty]
    public TFetch Form { get; set; } = new();

    /// <summary>Null until all was right.</summary>
    public TAnswer? Answer { get; private set; }

    public abstract FetchWords Words { get; }

    Fetch IFetchPage.Form => Form;
    string? IFetchPage.GivenName => Answer?.GivenName;

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync()
    {
        Form.Address = HttpContext.Address();
        return await Order(Form, answer =>
        {
            Answer = answer;
            return Page();
        });
    }
}
