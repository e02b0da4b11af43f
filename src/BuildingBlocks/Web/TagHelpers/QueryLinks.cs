using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Platform.BuildingBlocks.Web.TagHelpers;

internal static class QueryLinks
{
    /// <summary>This page's address with one parameter changed, the empty ones dropped, and the given ones left out.</summary>
    internal static string With(this HttpRequest request, string name, string? value, params ReadOnlySpan<string> without)
    {
        var query = new List<KeyValuePair<string, StringValues>>();
        foreach (var (key, values) in request.Query)
            if (!key.Equals(name, StringComparison.OrdinalIgnoreCase) && !StringValues.IsNullOrEmpty(values) && !without.Contains(key))
                query.Add(new(key, values));
        if (value is not null) query.Add(new(name, value));
        return request.PathBase + request.Path + new QueryBuilder(query).ToQueryString();
    }
}
