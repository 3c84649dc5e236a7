using System.Globalization;
using System.Text.Json;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.RateLimits;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>One API: its JSON options, media types, authentication and errors. Needs a constructor without parameters.</summary>
public interface IDialect
{
    /// <summary>Lower case; also the name of its OpenAPI document, <c>/openapi/{name}.json</c>.</summary>
    string Name { get; }

    /// <summary>One of <see cref="Authentication.Schemes"/>.</summary>
    string AuthenticationScheme { get; }

    /// <summary>How well a path without an endpoint matches this dialect; the longest match writes the error.</summary>
    /// <returns>The number of matching characters; 0 for none.</returns>
    int MatchLength(PathString path);

    JsonSerializerOptions ReadOptions { get; }

    /// <summary>Whether a body of this media type (without parameters) is JSON.</summary>
    bool CanRead(string mediaType);

    (JsonSerializerOptions Options, string ContentType) GetResponseFormat(HttpContext context);

    /// <summary>Sets the status and writes the error. Nothing has been written before.</summary>
    /// <param name="status">From <see cref="Errors.ErrorStatus"/>; a dialect may differ (docs/contracts/README.md).</param>
    Task WriteErrorAsync(HttpContext context, Error error, int status);

    void AddServices(IServiceCollection services) { }

    /// <summary>The limit if none is configured.</summary>
    RateLimitRule DefaultRateLimit() => new();

    /// <summary>Whether calls of this caller are not counted. Runs before authorization.</summary>
    ValueTask<bool> IsExemptFromRateLimitAsync(HttpContext context) => ValueTask.FromResult(false);

    void WriteRateLimit(HttpResponse response, RateLimitState state, DateTimeOffset now)
    {
        response.Headers["RateLimit-Limit"] = state.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Remaining"] = state.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Reset"] = Math.Ceiling((state.Reset - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}

public interface IDialectMetadata
{
    Type DialectType { get; }
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class DialectAttribute<T> : Attribute, IDialectMetadata
    where T : IDialect
{
    public Type DialectType => typeof(T);
}
