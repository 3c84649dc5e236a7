using System.Text.Json.Serialization;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Functions;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>An event that a function failed to process.</summary>
/// <param name="State">DEAD, or WAITING after a replay.</param>
/// <param name="Args">The event; absent when it was not read.</param>
/// <param name="Error">Error of the last attempt.</param>
/// <param name="CreatedTime">Time of the event.</param>
/// <param name="EndedTime">Time of the last attempt.</param>
public sealed record DeadLetterResource(
    long Id,
    DeliveryState State,
    RawJson? Args,
    int Attempts,
    InvocationErrorResource? Error,
    DateTime CreatedTime,
    DateTime? EndedTime,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static DeadLetterResource From(DeadLetterView letter, Links links) => new(
        letter.Id,
        letter.State,
        letter.Args is null ? null : new RawJson(letter.Args),
        letter.Attempts,
        InvocationErrorResource.From(letter.Failure),
        letter.CreatedTime,
        letter.EndedTime,
        new Dictionary<string, Link>
        {
            ["replay"] = links.At($"/function-dead-letters/{letter.Id}/replay"),
            ["function"] = links.Function(letter.FunctionId),
            ["application"] = links.Application,
        });
}

/// <param name="Count">Number of replayed dead letters.</param>
public sealed record ReplayedResource(int Count);
