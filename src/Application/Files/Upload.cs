using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using FluentValidation;

namespace ChatPlatform.Application.Files;

/// <summary>A file on its way here.</summary>
/// <param name="Content">Read once, to its end; never kept in memory.</param>
/// <param name="Name">As its sender called it; null when they did not.</param>
/// <param name="ContentType">A media type; null when the sender did not say.</param>
public sealed record Upload(Stream Content, string? Name, string? ContentType);

internal sealed class UploadValidator : AbstractValidator<Upload>
{
    public UploadValidator()
    {
        RuleFor(upload => upload.Name).OptionalText(TextLimits.Name).OverridePropertyName("name");
        RuleFor(upload => upload.ContentType).OptionalText(TextLimits.Name).OverridePropertyName("contentType");
    }
}
