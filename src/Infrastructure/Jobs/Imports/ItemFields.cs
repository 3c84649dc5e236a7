using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Reads the fields of an item by their camel case or snake case names. Null counts as absent. Errors are collected, so that users see
/// all of them at once.
/// </summary>
internal sealed class ItemFields(JsonElement item, DateTime now)
{
    private List<string>? _problems;
    private string _path = "";

    /// <summary>The errors, for users; null if there are none.</summary>
    public string? Problem => _problems is not { Count: > 0 } ? null : string.Join("; ", _problems);

    public void AddError(string field, string reason) => (_problems ??= []).Add($"{_path}{field}: {reason}");

    /// <summary>A string of at most <paramref name="max"/> UTF-16 units.</summary>
    public string? Text(ItemField field, int max, bool required = false, bool allowBlank = false)
    {
        if (Find(field) is not { } value)
        {
            return required ? Reject<string>(field, "is required") : null;
        }

        return value.ValueKind is JsonValueKind.String ? Checked(field, value, max, allowBlank) : Reject<string>(field, "must be a string");
    }

    public bool? Flag(ItemField field) => Find(field) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => RejectValue<bool>(field, "must be true or false"),
    };

    public long? Number(ItemField field, bool required = false)
    {
        if (Find(field) is not { } value)
        {
            return required ? RejectValue<long>(field, "is required") : null;
        }

        return value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : RejectValue<long>(field, "must be an integer");
    }

    /// <summary>ISO 8601; UTC unless an offset is given.</summary>
    /// <returns>UTC, truncated to microseconds.</returns>
    public DateTime? Time(ItemField field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.String || !value.TryGetDateTime(out var time))
        {
            return RejectValue<DateTime>(field, "must be an ISO 8601 time such as 2026-06-15T12:00:00Z");
        }

        // Parsing converts a time with an offset to local time and leaves one without unspecified.
        var utc = time.Kind is DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();
        return ExternalTime.IsPlausible(utc, now)
            ? utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond))
            : RejectValue<DateTime>(field, ExternalTime.Rule);
    }

    public string? Object(ItemField field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        return StorableJson.ProblemOfObject(value) is { } problem ? Reject<string>(field, problem) : value.GetRawText();
    }

    /// <summary>Empty when absent.</summary>
    public IReadOnlyList<string> Texts(ItemField field, int max)
    {
        if (Find(field) is not { } value)
        {
            return [];
        }

        if (value.ValueKind is not JsonValueKind.Array || value.EnumerateArray().Any(text => text.ValueKind is not JsonValueKind.String))
        {
            AddError(field.Camel, "must be an array of strings");
            return [];
        }

        return [.. value.EnumerateArray().Select(text => Checked(field, text, max)).OfType<string>()];
    }

    /// <summary>Null when absent.</summary>
    public ItemFields? Nested(ItemField field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            return Child(value, $"{field.Camel}.");
        }

        AddError(field.Camel, "must be a JSON object");
        return null;
    }

    /// <summary>The objects of an array; none when absent.</summary>
    public IEnumerable<ItemFields> Each(ItemField field)
    {
        if (Find(field) is not { } value)
        {
            return [];
        }

        if (value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(each => each.ValueKind is JsonValueKind.Object))
        {
            return value.EnumerateArray().Select((each, i) => Child(each, $"{field.Camel}[{i}]."));
        }

        AddError(field.Camel, "must be an array of JSON objects");
        return [];
    }

    private ItemFields Child(JsonElement value, string path) => new(value, now) { _problems = _problems ??= [], _path = _path + path };

    private string? Checked(ItemField field, JsonElement value, int max, bool allowBlank = false)
    {
        if (StorableJson.TextOf(value) is not { } text)
        {
            return Reject<string>(field, "must not contain NUL or unpaired surrogates");
        }

        return text.Length > max ? Reject<string>(field, $"must be at most {max} characters long")
            : !allowBlank && string.IsNullOrWhiteSpace(text) ? Reject<string>(field, "must not be blank")
            : text;
    }

    private JsonElement? Find(ItemField field) =>
        (item.TryGetProperty(field.CamelUtf8, out var value) || field.HasSnakeForm && item.TryGetProperty(field.SnakeUtf8, out value))
        && value.ValueKind is not JsonValueKind.Null
            ? value
            : null;

    private T? Reject<T>(ItemField field, string reason)
        where T : class
    {
        AddError(field.Camel, reason);
        return null;
    }

    private T? RejectValue<T>(ItemField field, string reason)
        where T : struct
    {
        AddError(field.Camel, reason);
        return null;
    }
}
