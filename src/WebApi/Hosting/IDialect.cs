using System.Globalization;
using System.Text.Json;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.RateLimits;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>
/// How one API speaks: its JSON rules, its media types, its way to be called and its errors. A dialect is a folder under Dialects;
/// its controllers carry <see cref="DialectAttribute{T}"/>, everything else about it is decided here. Made without arguments, once.
/// </summary>
public interface IDialect
{
    /// <summary>Lower case; also the name of its API description, <c>/openapi/{name}.json</c>.</summary>
    string Name { get; }

    /// <summary>The authentication scheme of its callers, one of <see cref="Authentication.Schemes"/>.</summary>
    string AuthenticationScheme { get; }

    /// <summary>Whether a path that has no endpoint is this dialect's to refuse. The longest claim wins.</summary>
    /// <returns>How many characters of the path it claims; 0 for none.</returns>
    int MatchLength(PathString path);

    /// <summary>The rules by which bodies are read.</summary>
    JsonSerializerOptions ReadOptions { get; }

    /// <summary>Whether a body of this media type (without parameters) is read as JSON.</summary>
    bool CanRead(string mediaType);

    /// <summary>The rules by which this answer is written, and its Content-Type.</summary>
    (JsonSerializerOptions Options, string ContentType) GetResponseFormat(HttpContext context);

    /// <summary>Answers with an error in the dialect's own shape. Sets the status; nothing has been written before.</summary>
    /// <param name="status">As decided by <see cref="Errors.ErrorStatus"/>; a dialect whose contract says otherwise may differ.</param>
    Task WriteErrorAsync(HttpContext context, Error error, int status);

    /// <summary>Adds what use cases want to have from this dialect.</summary>
    void AddServices(IServiceCollection services) { }

    /// <summary>How many calls a caller may make where the configuration does not say.</summary>
    RateLimitRule DefaultRateLimit() => new();

    /// <summary>Whether this caller's calls are not counted. The caller is known, what they may do is not checked yet.</summary>
    ValueTask<bool> IsExemptFromRateLimitAsync(HttpContext context) => ValueTask.FromResult(false);

    /// <summary>Tells the caller where they stand, in headers.</summary>
    void WriteRateLimit(HttpResponse response, RateLimitState state, DateTimeOffset now)
    {
        response.Headers["RateLimit-Limit"] = state.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Remaining"] = state.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Reset"] = Math.Ceiling((state.Reset - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Says which dialect a controller speaks.</summary>
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
