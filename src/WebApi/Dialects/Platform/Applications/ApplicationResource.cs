using System.Text.Json.Serialization;
using ChatPlatform.Application.Applications;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Applications;

public sealed record ApplicationResource(
    long Id,
    DateTime CreatedTime,
    string Key,
    RawJson Properties,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static ApplicationResource From(ApplicationView application, Links links) => new(
        application.Id,
        application.CreatedTime,
        application.Key,
        new RawJson(application.Properties),
        new Dictionary<string, Link> { ["self"] = links.Application });
}
