using Microsoft.AspNetCore.Builder;

namespace Platform.BuildingBlocks.Web;

/// <summary>What goes in and comes out at an address of the API, as its description shows it: real objects, so that they cannot be of another shape.</summary>
/// <param name="Body">Null where nothing is sent.</param>
/// <param name="Path">Values of the address' own parameters.</param>
public sealed record ApiExample(object? Body, object Answer, params (string Name, string Value)[] Path);

public static class ApiExamples
{
    public static TBuilder WithExample<TBuilder>(this TBuilder builder, object? body, object answer, params (string Name, string Value)[] path)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ApiExample(body, answer, path));
}

/// <summary>Anonymous callers have a count of their own at such addresses, beside everybody's: a page that many look at, and scripts more.</summary>
/// <param name="Setting">Name of the setting that says how many an address may ask for in a window.</param>
/// <param name="Otherwise">Where nothing is set.</param>
public sealed record PublicQuota(string Setting, int Otherwise);
