using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using FluentValidation;

namespace ChatPlatform.Application.Files;

/// <param name="Content">Read once, to its end; never held in memory.</param>
/// <param name="Name">Given by the sender; null if missing.</param>
/// <param name="ContentType">A media type; null if missing.</param>
public sealed record Upload(Stream Content, string? Name, string? ContentType);

internal sealed class UploadValidator : AbstractValidator<Upload>
{
    public UploadValidator()
    {
        RuleFor(upload => upload.Name).OptionalText(TextLimits.Name).OverridePropertyName("name");
        RuleFor(upload => upload.ContentType).OptionalText(TextLimits.Name).OverridePropertyName("contentType");
    }
}
