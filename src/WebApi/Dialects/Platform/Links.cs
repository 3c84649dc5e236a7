using System.Globalization;
using System.Net;

namespace ChatPlatform.WebApi.Dialects.Platform;

public sealed record Link(string Href);

/// <summary>Absolute addresses of an application's resources (docs/contracts/platform.md#resource-links).</summary>
/// <param name="BaseUrl">Without a trailing slash.</param>
public sealed record Links(string BaseUrl, long ApplicationId)
{
    private readonly string _application = string.Create(CultureInfo.InvariantCulture, $"{BaseUrl}/v1/applications/{ApplicationId}");

    public Link Root => new($"{BaseUrl}/v1");

    public Link Application => new(_application);

    public Link User(long id, string below = "") => At($"/users/{id}{below}");

    public Link Channel(long id, string below = "") => At($"/channels/{id}{below}");

    public Link Message(long id, string below = "") => At($"/messages/{id}{below}");

    public Link Thread(long id, string below = "") => At($"/threads/{id}{below}");

    public Link Function(long id, string below = "") => At($"/functions/{id}{below}");

    public Link Runtime(string below = "") => At($"/runtimes/nodejs{below}");

    public Link Job(long id, string below = "") => At($"/jobs/{id}{below}");

    /// <param name="path">Begins with a slash.</param>
    public Link At(FormattableString path) => new(_application + path.ToString(CultureInfo.InvariantCulture));

    /// <summary>Makes an address absolute; one with a leading slash belongs to this server.</summary>
    public string Absolute(string url) => url.StartsWith('/') ? BaseUrl + url : url;

    /// <summary>The generated avatar of a user without a picture. A path segment of dots would lead to another folder.</summary>
    public string Avatar(string displayName) =>
        $"{BaseUrl}/v1/picture/{WebUtility.UrlEncode(displayName is "." or ".." ? "?" : displayName)}";
}
