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
    public static readonly Error PropertiesTooLarge =
        new ValidationError("request.properties_too_large", "properties", StorableJson.TooLong);

    /// <summary>A JSON object as text, or null.</summary>
    public static IRuleBuilderOptions<T, string?> PropertiesObject<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must((_, json, context) =>
        {
            var problem = json is null ? null : StorableJson.ProblemOfObject(json);
            context.MessageFormatter.AppendArgument("Problem", problem);
            return problem is null;
        })
        .WithMessage("{Problem}");

    /// <summary>Null if the result of a merge patch fits.</summary>
    public static Error? CheckMerged(string properties) =>
        StorableJson.ProblemOfObject(properties) is null ? null : PropertiesTooLarge;
}
