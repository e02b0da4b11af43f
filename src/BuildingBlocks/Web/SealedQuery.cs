using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Platform.BuildingBlocks.Web;

/// <summary>What one searches for is often a person's name or code, and addresses stay in histories and in the logs of
/// proxies. A search travels in the address sealed with the installation's own keys: pages, order and export keep it,
/// and nobody else can read it.</summary>
internal sealed class SealedQuery(IDataProtectionProvider protection)
{
    private const char Mark = '~';

    private readonly IDataProtector seal = protection.CreateProtector("search");

    public string Seal(string text) => Mark + seal.Protect(text);

    /// <returns>The text itself when it is not sealed, or not by us.</returns>
    public string Open(string text)
    {
        if (text.Length == 0 || text[0] != Mark)
            return text;
        try
        {
            return seal.Unprotect(text[1..]);
        }
        catch (CryptographicException)
        {
            return text;
        }
    }
}

/// <summary>Hands the query's values to pages with the seals opened; links, which repeat the query, keep them shut.</summary>
internal sealed class SealedQueryValues : IValueProviderFactory
{
    public Task CreateValueProviderAsync(ValueProviderFactoryContext context)
    {
        var http = context.ActionContext.HttpContext;
        var opener = http.RequestServices.GetRequiredService<SealedQuery>();
        var opened = http.Request.Query.ToDictionary(
            q => q.Key, q => new StringValues([.. q.Value.Select(v => v is null ? null : opener.Open(v))]), StringComparer.OrdinalIgnoreCase);
        context.ValueProviders.Add(new QueryStringValueProvider(
            BindingSource.Query, new QueryCollection(opened), System.Globalization.CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}
