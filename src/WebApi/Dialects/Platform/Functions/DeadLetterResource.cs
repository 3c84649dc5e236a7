using System.Text.Json.Serialization;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Functions;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>An event that a function failed over.</summary>
/// <param name="State">DEAD, or WAITING once it is tried again.</param>
/// <param name="Args">The event as the function gets it; absent when it never came that far.</param>
/// <param name="Error">How the last try failed.</param>
/// <param name="CreatedTime">When it happened.</param>
/// <param name="EndedTime">When it was given up.</param>
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

/// <param name="Count">How many are tried again.</param>
public sealed record ReplayedResource(int Count);
