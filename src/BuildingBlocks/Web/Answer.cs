using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Platform.BuildingBlocks.Web;

public static class Answer
{
    /// <summary>200 and the value as JSON in one piece, its length said before: in chunks it would leave in two packets, and where a crowd asks
    /// each costs as much as the work.</summary>
    public static IResult Json<T>(T value) => new Whole<T>(value);

    private sealed class Whole<T>(T value) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            var body = JsonSerializer.SerializeToUtf8Bytes(value, options);
            var response = httpContext.Response;
            (response.ContentType, response.ContentLength) = ("application/json; charset=utf-8", body.Length);
            await response.BodyWriter.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
