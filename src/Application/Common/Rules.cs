using System.Text.Json;
using ChatPlatform.Domain.Common;
using FluentValidation;

namespace ChatPlatform.Application.Common;

/// <summary>The checks of shape that many requests share.</summary>
internal static class Rules
{
    /// <summary>Required text of 1 to <paramref name="max"/> UTF-16 units that the database can hold.</summary>
    public static IRuleBuilderOptions<T, string?> RequiredText<T>(this IRuleBuilder<T, string?> rule, int max) => rule
        .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("is required and must not be blank")
        .OptionalText(max);

    public static IRuleBuilderOptions<T, string?> OptionalText<T>(this IRuleBuilder<T, string?> rule, int max) => rule
        .Must(text => text is null || text.Length <= max).WithMessage($"must be at most {max} characters long")
        .Must(text => text is null || StorableText.IsStorable(text)).WithMessage("must not hold NUL or half of a surrogate pair");

    /// <summary>What is wrong with properties that grew beyond their bound by a merge patch.</summary>
    public static readonly Error PropertiesTooLarge = new ValidationError(
        "request.properties_too_large", "properties", $"must be at most {TextLimits.Properties} characters long");

    /// <summary>A JSON object as text, or null; it holds only what the database can keep.</summary>
    public static IRuleBuilderOptions<T, string?> PropertiesObject<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(json => json is null || json.Length <= TextLimits.Properties)
        .WithMessage($"must be at most {TextLimits.Properties} characters long")
        .Must(json => json is null || IsStorableObject(json))
        .WithMessage("must be a JSON object, without NUL or half of a surrogate pair in its texts");

    private static bool IsStorableObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object && IsStorable(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair written as an escape is an InvalidOperationException when read.
            return false;
        }
    }

    private static bool IsStorable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => StorableText.IsStorable(member.Name) && IsStorable(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsStorable),
        JsonValueKind.String => StorableText.IsStorable(value.GetString()!),
        _ => true,
    };
}
