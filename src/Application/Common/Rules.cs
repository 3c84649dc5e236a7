using System.Text.Json;
using ChatPlatform.Domain.Common;
using FluentValidation;

namespace ChatPlatform.Application.Common;

internal static class Rules
{
    /// <summary>1 to <paramref name="max"/> UTF-16 code units that the database can store.</summary>
    public static IRuleBuilderOptions<T, string?> RequiredText<T>(this IRuleBuilder<T, string?> rule, int max) => rule
        .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("is required and must not be blank")
        .OptionalText(max);

    public static IRuleBuilderOptions<T, string?> OptionalText<T>(this IRuleBuilder<T, string?> rule, int max) => rule
        .Must(text => text is null || text.Length <= max).WithMessage($"must be at most {max} characters long")
        .Must(text => text is null || StorableText.IsStorable(text)).WithMessage("must not contain NUL or an unpaired surrogate");

    /// <summary>For properties that a merge patch made too long.</summary>
    public static readonly Error PropertiesTooLarge = new ValidationError(
        "request.properties_too_large", "properties", $"must be at most {TextLimits.Properties} characters long");

    /// <summary>A JSON object as text, or null.</summary>
    public static IRuleBuilderOptions<T, string?> PropertiesObject<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(json => json is null || json.Length <= TextLimits.Properties)
        .WithMessage($"must be at most {TextLimits.Properties} characters long")
        .Must(json => json is null || IsStorableObject(json))
        .WithMessage("must be a JSON object whose strings contain no NUL and no unpaired surrogate");

    private static bool IsStorableObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind is JsonValueKind.Object && IsStorable(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Reading an escaped unpaired surrogate throws InvalidOperationException.
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
